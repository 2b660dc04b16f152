// A step in the making. Every step has one outcome: the storage module leaves nothing open.

import type {HostId, ObjectId} from '../../cluster/ids.js';
import type {RuleId} from '../../rules.js';
import type {DirectoryEntry} from './entry.js';
import type {StorageEffect} from './events.js';
import type {StorageMessage} from './messages.js';
import type {Charge, Up} from './state.js';

export type Step = {
  readonly state: Up;
  readonly effects: readonly StorageEffect[];
  readonly rules: readonly RuleId[];
};

export const begin = (state: Up): Step => ({state, effects: [], rules: []});

export const cite = (step: Step, rule: RuleId): Step =>
  step.rules.includes(rule) ? step : {...step, rules: [...step.rules, rule]};

export const become = (step: Step, change: Partial<Omit<Up, 'role'>>): Step => ({
  ...step,
  state: {...step.state, ...change},
});

export const effect = (step: Step, ...effects: readonly StorageEffect[]): Step => ({
  ...step,
  effects: [...step.effects, ...effects],
});

export const send = (step: Step, to: readonly HostId[], message: StorageMessage): Step =>
  effect(step, ...to.map((to): StorageEffect => ({type: 'Send', to, message})));

/** What stands in `values` for the object is replaced; the list stays sorted by object. */
export const placed = <T extends {readonly object: ObjectId}>(values: readonly T[], value: T): readonly T[] =>
  [...values.filter(({object}) => object !== value.object), value].sort((a, b) => (a.object < b.object ? -1 : 1));

/** The owner's view of the object is this from now on. */
export const charge = (step: Step, value: Charge): Step => {
  const {reign} = step.state;
  return reign === null ? step : become(step, {reign: {...reign, charges: placed(reign.charges, value)}});
};

/** The own component of the object holds this from now on. */
export const store = (step: Step, entry: DirectoryEntry): Step => {
  const {durable} = step.state;
  return become(step, {durable: {...durable, components: placed(durable.components, entry)}});
};
