import type {Delivery, System} from '../define/system.js';
import type {SlotChange, TraceStep} from '../report/result.js';
import {ModelError} from './errors.js';
import type {Expander} from './expand.js';
import {explain, type Successor} from './explain.js';
import type {Mishap} from './parallel/messages.js';
import type {Plan} from './por/plan.js';
import type {Failure} from './properties.js';
import {search, stateAt} from './search.js';
import type {Searcher} from './searcher.js';

/**
 * A way to a failure, the shortest where the search is not reduced. A search keeps no predecessors, which saves their
 * memory: only when a counterexample is wanted, the same search runs once more with them, up to the failing state.
 */
export const retrace = async (system: System, failure: Mishap, plan: Plan | null): Promise<readonly TraceStep[]> => {
  const isIt = (each: Failure) => each.property === failure.property && each.kind === failure.kind;
  const {expander} = await search(
    system,
    {},
    {plan, recording: true, isEnough: ({properties}) => properties.failures.some(isIt)},
  );
  const again = expander.properties.failures.find(isIt);
  if (again === undefined)
    throw new ModelError(
      `${failure.property} did not fail when the search was repeated: the model is not deterministic`,
    );
  return told(system, expander, again);
};

const told = (system: System, expander: Searcher, failure: Failure): readonly TraceStep[] => {
  const {parents} = expander.store;
  const way: Int32Array[] = failure.successor === null ? [] : [failure.successor];
  for (let number = failure.source; number >= 0; number = parents![number]!) way.unshift(stateAt(expander, number));
  // States of the search stand for their orbits; the trace goes through real states of the same orbits.
  let state = way[0]!;
  return way.map((target, step) => {
    if (step === 0) return first(system, expander, state);
    const isLast = step === way.length - 1 && failure.kind === 'step';
    const wanted = () => !isLast || expander.properties.failsOnStep(failure.property);
    const successor = explain(expander, state, target, wanted);
    const told = stepTo(system, expander, state, successor, step);
    state = successor.state;
    return told;
  });
};

/** The ids of the slots of the state with this number. */
export const valuesOf = (system: System, {vector}: Expander, state: Int32Array): Record<string, unknown> =>
  Object.fromEntries(system.slots.map(({name}, slot) => [name, vector.sortOf[slot]!.values[state[slot]!]]));

/** The initial state as a trace tells it. */
export const first = (system: System, expander: Expander, state: Int32Array): TraceStep => ({
  step: 0,
  action: null,
  parameters: [],
  message: null,
  delivery: null,
  rules: [],
  note: null,
  changes: [],
  state: valuesOf(system, expander, state),
});

/** Step number `step`, from a state (ids of slots) to a successor of it, as a trace tells it. */
export const stepTo = (
  system: System,
  expander: Expander,
  from: Int32Array,
  {instance, effect, state}: Successor,
  step: number,
): TraceStep => {
  const {definition, parameters, message, delivery} = expander.transitions.instances[instance]!;
  const [before, after] = [valuesOf(system, expander, from), valuesOf(system, expander, state)];
  const changes: SlotChange[] = system.slots
    .filter((_, slot) => from[slot] !== state[slot])
    .map(({name}) => ({slot: name, before: before[name], after: after[name]}));
  return {
    step,
    action: definition.name,
    parameters,
    message,
    delivery: delivery === null ? null : deliveryOf(system, delivery),
    rules: effect.rules,
    note: effect.note,
    changes,
    state: after,
  };
};

const deliveryOf = ({slots}: System, {inbox, loses, removes}: Delivery): TraceStep['delivery'] => ({
  inbox: slots[inbox]!.name,
  fate: loses ? 'lost' : 'received',
  isRemoved: removes,
});
