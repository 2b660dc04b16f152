import type {System} from '../define/system.js';
import type {SlotChange, TraceStep} from '../report/result.js';
import {ModelError} from './errors.js';
import {explain} from './explain.js';
import {unpack} from './layout.js';
import type {Mishap} from './parallel/messages.js';
import type {Failure} from './properties.js';
import {BLOCK} from './queue.js';
import {type Searcher, search} from './search.js';

/**
 * The shortest way to a failure. A search keeps no predecessors, which saves their memory: only when a counterexample is
 * wanted, the same search runs once more with them, up to the failing state.
 */
export const retrace = async (system: System, failure: Mishap): Promise<readonly TraceStep[]> => {
  const isIt = (each: Failure) => each.property === failure.property && each.kind === failure.kind;
  const {expander} = await search(
    system,
    {},
    {recording: true, isEnough: ({properties}) => properties.failures.some(isIt)},
  );
  const again = expander.properties.failures.find(isIt);
  if (again === undefined)
    throw new ModelError(
      `${failure.property} did not fail when the search was repeated: the model is not deterministic`,
    );
  return told(system, expander, again);
};

const told = (system: System, expander: Searcher, {source, successor}: Failure): readonly TraceStep[] => {
  const states: Int32Array[] = successor === null ? [] : [successor];
  const {parents} = expander.store;
  for (let number = source; number >= 0; number = parents![number]!) states.unshift(stateAt(expander, number));
  return states.map((state, step) =>
    step === 0 ? first(system, expander, state) : stepTo(system, expander, states[step - 1]!, state, step),
  );
};

const stateAt = ({store, vector}: Searcher, number: number): Int32Array => {
  const ids = new Int32Array(vector.slotCount);
  unpack(store.layout, store.queue.blockOf(number), (number % BLOCK) * store.layout.words, ids);
  return ids;
};

const valuesOf = (system: System, {vector}: Searcher, state: Int32Array): Record<string, unknown> =>
  Object.fromEntries(system.slots.map(({name}, slot) => [name, vector.sortOf[slot]!.values[state[slot]!]]));

const first = (system: System, expander: Searcher, state: Int32Array): TraceStep => ({
  step: 0,
  action: null,
  parameters: [],
  message: null,
  rules: [],
  note: null,
  changes: [],
  state: valuesOf(system, expander, state),
});

const stepTo = (system: System, expander: Searcher, from: Int32Array, to: Int32Array, step: number): TraceStep => {
  const {instance, effect} = explain(expander, from, to);
  const {definition, parameters, message} = expander.transitions.instances[instance]!;
  const [before, after] = [valuesOf(system, expander, from), valuesOf(system, expander, to)];
  const changes: SlotChange[] = system.slots
    .filter((_, slot) => from[slot] !== to[slot])
    .map(({name}) => ({slot: name, before: before[name], after: after[name]}));
  return {
    step,
    action: definition.name,
    parameters,
    message,
    rules: effect.rules,
    note: effect.note,
    changes,
    state: after,
  };
};
