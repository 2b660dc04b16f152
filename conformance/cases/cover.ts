// Covers every pair of a situation and a stimulus that a bound allows, under the choices that this subject makes.

import {type Bench, type Ending, type OnRejected, put, type Told} from './bench.js';
import {
  beginningOf,
  type Choice,
  choicesAt,
  type Position,
  repeated,
  sentFor,
  situationKey,
  stopped,
} from './position.js';

/**
 * Breadth first, so that the first rejection has a shortest trace; what lies behind a rejection is not looked at. Each
 * pair is reached by repeating from a `reset` what led to the situation: a subject needs no snapshots. So cases do not
 * depend on each other, and as many are under way as the subject takes; they are judged in one order all the same.
 * Null when everything was covered.
 */
export const covered = async <Config, State, Stimulus, Effect>(
  bench: Bench<Config, State, Stimulus, Effect>,
  mostSteps: number,
  onRejected: OnRejected<Stimulus>,
): Promise<Ending<Stimulus> | null> => {
  const seen = new Situations();
  let level: readonly Position<State, Stimulus, Effect>[] = [beginningOf(bench)];
  while (level.length > 0) {
    const next: Position<State, Stimulus, Effect>[] = [];
    for await (const {position, choice, told} of tried(bench, level)) {
      const halt = stopped(bench, position.trail.length + 1);
      if (halt !== null) return halt;
      const outcome = repeated(bench, position, choice, told);
      if (outcome.type === 'Rejected') {
        if (await onRejected(outcome.trail)) continue;
        return {type: 'Stopped', reason: 'enough is wrong'};
      }
      if (outcome.type !== 'Moved') return outcome;
      const {position: reached} = outcome;
      if (reached.trail.length < mostSteps && seen.isNew(situationKey(bench, reached), reached.world.left)) {
        next.push(reached);
      }
    }
    bench.tally.situations += next.length;
    level = next;
  }
  return null;
};

type Tried<State, Stimulus, Effect> = {
  readonly position: Position<State, Stimulus, Effect>;
  readonly choice: Choice<Stimulus>;
  readonly told: Told;
};

/** Takes each step that a level offers, in order, as many ahead as the subject's window allows. */
async function* tried<Config, State, Stimulus, Effect>(
  bench: Bench<Config, State, Stimulus, Effect>,
  level: readonly Position<State, Stimulus, Effect>[],
): AsyncGenerator<Tried<State, Stimulus, Effect>> {
  const underWay: {readonly size: number; readonly done: Promise<Tried<State, Stimulus, Effect>>}[] = [];
  let size = 0;
  for (const position of level) {
    for (const choice of choicesAt(position)) {
      const sent = sentFor(position, choice);
      const done = put(bench, sent).then(told => ({position, choice, told}));
      underWay.push({size: sent.length + 1, done});
      size += sent.length + 1;
      while (size >= bench.driver.window) {
        const first = underWay.shift();
        if (first === undefined) break;
        size -= first.size;
        yield await first.done;
      }
    }
  }
  for (const {done} of underWay) yield await done;
}

type Left = Readonly<Record<string, number>>;

/** Situations come to before, each with what was left of the bound: with no more left, nothing new can happen. */
class Situations {
  readonly #known = new Map<string, Left[]>();

  isNew(key: string, left: Left): boolean {
    const known = this.#known.get(key) ?? [];
    if (known.some(earlier => isWithin(left, earlier))) return false;
    this.#known.set(key, [...known.filter(earlier => !isWithin(earlier, left)), left]);
    return true;
  }
}

const isWithin = (left: Left, other: Left): boolean =>
  Object.entries(left).every(([kind, count]) => count <= (other[kind] ?? 0));
