// Explores a system with nothing but a Map of texts, to compare two ways to declare a system state by state.

import {builder} from '../../../model/define/builder.js';
import {chosen} from '../../../model/define/options.js';
import type {Change, Outcome} from '../../../model/define/outcome.js';
import {same, without} from '../../../model/define/plain.js';
import type {Read, System} from '../../../model/define/system.js';
import {protect} from '../../../model/scenes/protect/protect.js';

type State = readonly unknown[];

export const systemOf = (choices: Readonly<Record<string, unknown>>): System => {
  const {m, system} = builder();
  protect.build(m, chosen(protect.options, choices));
  return system();
};

const reading = ({derived}: System, state: State): Read => {
  const read: Read = <T>({index}: {readonly index: number}): T =>
    (index >= 0 ? state[index] : derived[-index - 1]?.value(read)) as T;
  return read;
};

const applied = (state: State, changes: readonly Change[]): State =>
  changes.reduce<State>(
    (values, change) =>
      values.with(
        change.slot,
        change.type === 'Set'
          ? change.value
          : change.update.apply(values[change.slot] as never, change.argument as never),
      ),
    state,
  );

const successors = (system: System, state: State): readonly State[] => {
  const read = reading(system, state);
  return system.actions.flatMap(({instances, outcomes}) => {
    const after = outcomes as (read: Read, ...given: readonly unknown[]) => readonly Outcome[];
    return instances.flatMap(({parameters, delivery}) => {
      if (delivery === null) return after(read, ...parameters).map(({changes}) => applied(state, changes));
      const inbox = state[delivery.inbox] as readonly unknown[];
      return (delivery.headOnly ? inbox.slice(0, 1) : inbox).flatMap(message => {
        const delivered = delivery.removes ? state.with(delivery.inbox, without(inbox, message)) : state;
        return after(read, ...parameters, message).map(({changes}) => applied(delivered, changes));
      });
    });
  });
};

/** The state after the normalisers have nothing more to do. */
export const normalised = (system: System, state: State): State => {
  const once = system.normalisers.reduce<State>(
    (values, {slot, value}) =>
      values.with(slot, (value as (value: unknown, read: Read) => unknown)(values[slot], reading(system, values))),
    state,
  );
  return same(once, state) ? state : normalised(system, once);
};

/** Every reachable state, as text, in normal form where the system has one. */
export const reachable = (system: System): ReadonlyMap<string, State> => {
  const start = normalised(
    system,
    system.slots.map(({initial}) => initial[0]),
  );
  const found = new Map([[JSON.stringify(start), start]]);
  for (const state of found.values()) {
    for (const after of successors(system, state)) {
      const form = normalised(system, after);
      const text = JSON.stringify(form);
      if (!found.has(text)) found.set(text, form);
    }
  }
  return found;
};
