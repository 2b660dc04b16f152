// Covers every pair of a situation and a stimulus that a bound allows, under the choices that this subject makes.

import {type Bench, beginningOf, brought, type Ending, moved, type Position, situationKey} from './bench.js';

/**
 * Breadth first, so that the first rejection has a shortest trace. Each pair is reached by repeating from a `reset`
 * what led to the situation: a subject needs no snapshots. Null when everything was covered and allowed.
 */
export const covered = async <Config, State, Stimulus, Effect>(
  bench: Bench<Config, State, Stimulus, Effect>,
  mostSteps: number,
): Promise<Ending<Stimulus> | null> => {
  const seen = new Situations();
  let level: readonly Position<State, Stimulus, Effect>[] = [beginningOf(bench)];
  while (level.length > 0) {
    const next: Position<State, Stimulus, Effect>[] = [];
    for (const position of level) {
      for (const offer of position.world.offers()) {
        const halt = await brought(bench, position.trail);
        if (halt !== null) return halt;
        const outcome = await moved(bench, position, offer);
        if (outcome.type !== 'Moved') return outcome;
        const {position: reached} = outcome;
        if (reached.trail.length < mostSteps && seen.isNew(situationKey(bench, reached), reached.world.left)) {
          next.push(reached);
        }
      }
    }
    bench.tally.situations += next.length;
    level = next;
  }
  return null;
};

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
