import type {System} from '../../define/system.js';
import type {Flaw} from '../../report/audit.js';
import type {CheckLimits} from '../limits.js';
import {type Plan, planFor} from '../por/plan.js';
import {type Searched, search, stateAt} from '../search.js';
import type {Comparison} from './compared.js';
import {type Explored, firedIn} from './explored.js';
import {translation} from './translation.js';

/**
 * What tells a search with partial-order reduction from the full one: of all that does not fail, and of each claim that
 * fails by itself. Null where the system cannot be searched with it.
 */
export const ordersOf = (
  system: System,
  limits: CheckLimits,
  planned: typeof planFor = planFor,
): Comparison<null, Sound> | null => {
  if (typeof planned(system, limits) === 'string') return null;
  const reducedSearch = (claimed: System): Promise<Searched> =>
    search(claimed, limits, {keeping: true, plan: planned(claimed, limits) as Plan});
  return {
    look: async full => {
      for (const text of full.failing) {
        const {failures, cut} = await reducedSearch(claiming(system, each => each === text));
        if (failures.length === 0) {
          return cut ?? ofSearches(`in the full search ${text} fails, in the reduced one it does not`);
        }
      }
      return null;
    },
    search: async full => {
      const sound = claiming(system, text => !full.failing.includes(text));
      const found = await reducedSearch(sound);
      return found.cut ?? {found, states: found.distinct};
    },
    compare: async (full, {found}) => difference(system, full, found),
  };
};

/** A reduced search of all that does not fail. */
type Sound = {readonly found: Searched; readonly states: number};

/** Of a system, only the claims that are wanted; each is told as where it fails. */
const claiming = (system: System, isWanted: (text: string) => boolean): System => {
  const wanted = <T extends {readonly name: string}>(kind: string, all: readonly T[]): readonly T[] =>
    all.filter(({name}) => isWanted(`${kind} ${name}`));
  return {
    ...system,
    invariants: wanted('invariant', system.invariants),
    steps: wanted('step', system.steps),
    quiescent: wanted('quiescent', system.quiescent),
    deadlockAllowed: system.deadlockAllowed || !isWanted('deadlock'),
  };
};

const ofSearches = (claim: string): Flaw => ({claim, states: []});

/** What tells two searches apart of which neither ought to fail; null where nothing does. */
const difference = (system: System, full: Explored, found: Searched): Flaw | null => {
  const [failure] = found.failures;
  if (failure !== undefined) {
    return ofSearches(`in the reduced search ${failure.kind} ${failure.property} fails, in the full one it does not`);
  }
  const {vector} = found.expander;
  const translate = translation(vector, full.searcher.vector);
  for (let number = 0; number < found.distinct; number++) {
    const ids = stateAt(found.expander, number);
    if (full.numberOf(translate(ids)) >= 0) continue;
    const values = system.slots.map(({name}, slot) => [name, vector.sortOf[slot]!.values[ids[slot]!]] as const);
    return {
      claim: 'a state of the reduced search cannot be reached',
      states: [{what: 'found', state: Object.fromEntries(values)}],
    };
  }
  const fired = firedIn(system, found);
  const [idle] = full.fired.filter(name => !fired.includes(name));
  return idle === undefined ? null : ofSearches(`${idle} fires in the full search, in the reduced one it does not`);
};
