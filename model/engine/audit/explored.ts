import type {System} from '../../define/system.js';
import {coverageOf} from '../coverage.js';
import {bare, graphOf} from '../graph/graph.js';
import {Numbering} from '../graph/numbering.js';
import {paceFor} from '../graph/pace.js';
import {pack} from '../layout.js';
import type {CheckLimits} from '../limits.js';
import {type Searched, search, stateAt} from '../search.js';
import type {Searcher} from '../searcher.js';
import {fairness} from '../temporal/fairness.js';
import {lassoIn} from '../temporal/lasso.js';
import {instancesOf} from '../temporal/region.js';
import {blamesOf} from './blames.js';

/** Every reachable state of a system, whatever it claims of them, and what fails where. */
export type Explored = {
  readonly searcher: Searcher;
  readonly states: number;
  /** What fails in a state or on a step from it: texts in order, none where all is well. */
  readonly blameOf: (state: number) => string;
  /** Everything that fails anywhere, temporal properties included. */
  readonly failing: readonly string[];
  /** The actions and rules that fired. */
  readonly fired: readonly string[];
  /** The number of a state, given by the ids of its slots, or -1. */
  readonly numberOf: (ids: Int32Array) => number;
  /** The ids of the slots of a state. */
  readonly idsOf: (state: number) => Int32Array;
  /** Every slot of a state by name. */
  readonly told: (ids: Int32Array) => Readonly<Record<string, unknown>>;
};

/** Explores all of a system; where the limits end it before, answers why. */
export const explored = async (system: System, limits: CheckLimits): Promise<Explored | string> => {
  const searched = await search({...bare(system), symmetries: system.symmetries}, limits, {keeping: true});
  if (searched.cut !== null) return searched.cut;
  const {expander: searcher} = searched;
  const {queue} = searcher.store;
  const {layout} = searcher.successors;
  const blames = await blamesOf(system, searcher, limits.signal);
  const numbering = new Numbering(queue);
  const packed = new Int32Array(layout.words);
  return {
    searcher,
    states: queue.count,
    blameOf: blames.of,
    failing: [...blames.all, ...(await broken(system, searched))],
    fired: firedIn(system, searched),
    numberOf: ids => {
      // An id that is too large for its place is one that the search did not meet.
      if (ids.some((id, slot) => (id & ~layout.mask[slot]!) !== 0)) return -1;
      pack(layout, ids, packed, 0);
      return numbering.of(packed, 0);
    },
    idsOf: state => stateAt(searcher, state),
    told: ids =>
      Object.fromEntries(system.slots.map(({name}, slot) => [name, searcher.vector.sortOf[slot]!.values[ids[slot]!]])),
  };
};

/** The actions and rules that fired in a search, by name and id. */
export const firedIn = (system: System, {tallies}: Searched): readonly string[] => {
  const {actions, rules} = coverageOf(system, tallies);
  return [
    ...actions.flatMap(({name, generated}) => (generated > 0 ? [`action ${name}`] : [])),
    ...rules.flatMap(({id, generated}) => (generated > 0 ? [`rule ${id}`] : [])),
  ];
};

/** The temporal properties that some fair behaviour breaks. A search under symmetry knows nothing of behaviours. */
const broken = async (system: System, searched: Searched): Promise<readonly string[]> => {
  if (system.temporal.length === 0 || system.symmetries.length > 0) return [];
  const pace = paceFor({});
  const fair = fairness();
  const graph = await graphOf(system, searched, fair, pace);
  const names: string[] = [];
  for (const property of system.temporal) {
    for await (const {region} of instancesOf(graph, property, pace)) {
      if ((await lassoIn(graph, fair, region, pace)) === null) continue;
      names.push(`temporal ${property.name}`);
      break;
    }
  }
  return names;
};
