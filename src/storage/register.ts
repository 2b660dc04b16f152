// The storage contract: what the HA modules rely on. A VM's namespace object keeps the protection state as an atomic
// quorum register. A storage module of messages has to refine this; until then it is an assumption (spec/storage.md).

import type {Generation, HostId} from '../cluster/ids.js';
import {hostsOf, type ObjectLayout} from '../cluster/layout.js';
import {ignored, type Outcomes} from '../kernel/outcome.js';
import {intersection, setOf, union} from '../kernel/sorted.js';
import type {Repairs} from '../profile/repairs.js';
import {isAccessible} from './accessibility.js';
import type {Protection} from './protection.js';
import {reachableFrom, type View} from './view.js';

/** The protection state of one VM, as its namespace object keeps it. */
export type Register = {
  readonly value: Protection;
  /** Of the last SET that was committed. Without the repair `generations` it is written and never looked at. */
  readonly generation: Generation;
  /** The hosts whose components hold what was committed last, sorted. The others are stale and do not vote. */
  readonly current: readonly HostId[];
};

/** What SET is to write. */
export type SetRequest = {readonly value: Protection; readonly generation: Generation};

/**
 * `ok`: committed. `failed`: the object is not accessible from here. `stale`: refused by the compare-and-set. The last
 * two are definite: nothing was written, and nothing will be.
 */
export type SetResult = 'ok' | 'failed' | 'stale';

/** The answer to the caller. An outcome without one is a reply that got lost. */
export type RegisterEffect = {readonly type: 'Reply'; readonly result: SetResult};

/** Fixed for the life of the object. */
export type RegisterConfig = {readonly layout: ObjectLayout; readonly repairs: Repairs};

/** The object as it is created: unprotected, every component current. */
export const created = (layout: ObjectLayout, generation: Generation): Register => ({
  value: 'unprotected',
  generation,
  current: hostsOf(layout),
});

/** SET, called on a host whose storage module reaches these hosts. */
export const setOutcomes = (
  {layout, repairs}: RegisterConfig,
  register: Register,
  reachable: readonly HostId[],
  {value, generation}: SetRequest,
): Outcomes<Register, RegisterEffect> => {
  if (!isAccessible(layout, register.current, reachable)) return answered(register, 'failed', 'ST-01');
  if (repairs.generations && generation === register.generation && value === register.value) {
    return answered(register, 'ok', 'ST-04');
  }
  if (repairs.generations && generation <= register.generation) return answered(register, 'stale', 'ST-03');
  return answered({value, generation, current: intersection(register.current, reachable)}, 'ok', 'ST-02');
};

/** Any answer may get lost on its way to the caller, who then knows nothing. */
const answered = (
  register: Register,
  result: SetResult,
  rule: 'ST-01' | 'ST-02' | 'ST-03' | 'ST-04',
): Outcomes<Register, RegisterEffect> => [
  {state: register, effects: [{type: 'Reply', result}], rules: [rule]},
  {state: register, effects: [], rules: [rule, 'ST-05']},
];

/** The storage network has changed: what is reached from where the object can be used is made current. */
export const resyncOutcomes = (layout: ObjectLayout, register: Register, view: View): Outcomes<Register, never> => {
  const reached = setOf(view.flat())
    .map(host => reachableFrom(view, host))
    .filter(reachable => isAccessible(layout, register.current, reachable));
  if (reached.length === 0) return ignored(register, 'ST-07');
  const current = union(register.current, intersection(hostsOf(layout), reached.flat()));
  return [{state: {...register, current}, effects: [], rules: ['ST-06']}];
};
