// A step of a host in the making: what is still to be handed to a module, and what has come of it so far.

import type {RecoveryEvent} from '../ha/recovery/events.js';
import type {RuleId} from '../rules.js';
import type {RuntimeEvent} from '../runtime/events.js';
import type {StorageEvent} from '../storage/directory/events.js';
import type {HostEffect} from './events.js';
import type {ComposedState} from './state.js';

/** An event for one module. What it has to know of the others is looked up when its turn comes. */
export type Input =
  | {readonly to: 'ha'; readonly event: (state: ComposedState) => RecoveryEvent}
  | {readonly to: 'storage'; readonly event: StorageEvent}
  | {readonly to: 'runtime'; readonly event: (state: ComposedState) => RuntimeEvent};

export type Progress = {
  readonly state: ComposedState;
  readonly inputs: readonly Input[];
  readonly effects: readonly HostEffect[];
  readonly rules: readonly RuleId[];
};

export const cite = (at: Progress, ...rules: readonly RuleId[]): Progress => ({
  ...at,
  rules: [...at.rules, ...rules.filter(rule => !at.rules.includes(rule))],
});

export const become = (at: Progress, change: Partial<ComposedState>): Progress => ({
  ...at,
  state: {...at.state, ...change},
});

/** What one module calls on another: to be handed over after what is to be handed over already. */
export const push = (at: Progress, ...inputs: readonly Input[]): Progress => ({
  ...cite(at, 'HO-10'),
  inputs: [...at.inputs, ...inputs],
});

export const order = (at: Progress, ...effects: readonly HostEffect[]): Progress => ({
  ...at,
  effects: [...at.effects, ...effects],
});
