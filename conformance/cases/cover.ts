// Covers every pair of a situation and a stimulus that a bound allows, under the choices that this subject makes.

import type {Repairs, RuleId} from '../../src/index.js';
import {type Bench, type Ending, type OnRejected, put, type Told} from './bench.js';
import {beyond, ruleOf, type Slip} from './beyond.js';
import {
  beginningOf,
  type Choice,
  choicesAt,
  numberOf,
  type Position,
  repeated,
  sentFor,
  situationKey,
  stopped,
} from './position.js';

/** What becomes of each step that nothing allows: where to go on from, null where nowhere, or why the search ends. */
type OnSlip<State, Stimulus, Effect> = (
  slip: Slip<State, Stimulus, Effect>,
) => Promise<Position<State, Stimulus, Effect> | Ending<Stimulus> | null>;

/**
 * Breadth first, so that the first rejection has a shortest trace. Each pair is reached by repeating from a `reset`
 * what led to the situation: a subject needs no snapshots. So cases do not depend on each other, and as many are under
 * way as the subject takes; they are judged in one order all the same. What can only be reached through a rejection is
 * looked at in the end. Null when everything was covered.
 */
export const covered = async <Config extends {readonly repairs: Repairs}, State, Stimulus, Effect>(
  bench: Bench<Config, State, Stimulus, Effect>,
  mostSteps: number,
  onRejected: OnRejected<Stimulus>,
): Promise<Ending<Stimulus> | null> => {
  const slips: Slip<State, Stimulus, Effect>[] = [];
  const known = new Set<RuleId | null>();
  const met = new Set<number>();
  const ending = await searched(bench, mostSteps, [beginningOf(bench)], met, async slip => {
    slips.push(slip);
    known.add(ruleOf(bench, slip));
    return (await onRejected(slip.trail)) ? null : {type: 'Stopped', reason: 'enough is wrong'};
  });
  if (ending !== null || slips.length === 0) return ending;
  const isNew = ({explanation}: Position<State, Stimulus, Effect>): boolean =>
    !met.has(numberOf(explanation, bench.tally));
  const starts = slips.map(slip => beyond(bench, slip)).filter(start => start !== null);
  return searched({...bench, recall: 0}, mostSteps, starts.filter(isNew), new Set(), slip => {
    const rule = ruleOf(bench, slip);
    const next = known.has(rule) ? beyond(bench, slip) : null;
    if (rule !== null && !known.has(rule)) bench.tally.suspected.add(rule);
    return Promise.resolve(next !== null && isNew(next) ? next : null);
  });
};

const searched = async <Config, State, Stimulus, Effect>(
  bench: Bench<Config, State, Stimulus, Effect>,
  mostSteps: number,
  starts: readonly Position<State, Stimulus, Effect>[],
  met: Set<number>,
  onSlip: OnSlip<State, Stimulus, Effect>,
): Promise<Ending<Stimulus> | null> => {
  const seen = new Situations();
  const isOpen = (position: Position<State, Stimulus, Effect>): boolean =>
    position.trail.length < mostSteps && seen.isNew(situationKey(bench, position), position.world.left);
  let level: readonly Position<State, Stimulus, Effect>[] = starts.filter(isOpen);
  while (level.length > 0) {
    for (const {explanation} of level) met.add(numberOf(explanation, bench.tally));
    const next: Position<State, Stimulus, Effect>[] = [];
    for await (const {position, choice, told} of tried(bench, level)) {
      const halt = stopped(bench, position.trail.length + 1);
      if (halt !== null) return halt;
      const outcome = repeated(bench, position, choice, told);
      if (outcome.type === 'Broken' || outcome.type === 'Stopped') return outcome;
      const reached = outcome.type === 'Moved' ? outcome.position : await onSlip({position, trail: outcome.trail});
      if (reached === null) continue;
      if ('type' in reached) return reached;
      if (isOpen(reached)) next.push(reached);
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

/** Takes each step that a level offers, in order, as many ahead as the subject's window allows, over all its crew. */
async function* tried<Config, State, Stimulus, Effect>(
  bench: Bench<Config, State, Stimulus, Effect>,
  level: readonly Position<State, Stimulus, Effect>[],
): AsyncGenerator<Tried<State, Stimulus, Effect>> {
  const {driver: alone} = bench;
  const crew = (alone.crew ?? [alone]).map(driver => ({driver, load: 0}));
  const idlest = () => crew.reduce((found, member) => (member.load < found.load ? member : found));
  const underWay: Promise<Tried<State, Stimulus, Effect>>[] = [];
  try {
    for (const position of level) {
      for (const choice of choicesAt(position)) {
        const sent = sentFor(position, choice);
        if (idlest().load >= alone.window) {
          // Half of it is waited for, so that much is written at a time.
          while (idlest().load > alone.window / 2) {
            const first = underWay.shift();
            if (first !== undefined) yield await first;
          }
        }
        const member = idlest();
        const size = sent.length + 1;
        member.load += size;
        const told = put({...bench, driver: member.driver}, sent);
        underWay.push(
          told.then(answered => {
            member.load -= size;
            return {position, choice, told: answered};
          }),
        );
      }
    }
    for (const done of underWay) yield await done;
  } finally {
    await Promise.all(underWay);
  }
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
