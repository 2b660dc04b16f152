import {ModelError} from './errors.js';
import type {Expander} from './expand.js';
import type {Effect} from './transitions.js';

/**
 * One thing that may happen in a state: who does it, what it does, and the state after it (ids of slots, normalised).
 */
export type Successor = {readonly instance: number; readonly effect: Effect; readonly state: Int32Array};

/** Everything that may happen in a state, in the order of the model. Slow: it asks the model anew. */
export const successorsOf = function* (expander: Expander, from: Int32Array): Generator<Successor> {
  const {vector, transitions} = expander;
  vector.ids.set(from);
  vector.forget(0);
  const offered = transitions.instances.flatMap(({delivery}, id) => (delivery === null ? [id] : []));
  const delivered = [...transitions.inboxActions.keys()].flatMap(slot => transitions.deliveriesOf(slot, from[slot]!));
  const instances = [...offered, ...delivered].sort(
    (a, b) => transitions.instances[a]!.action - transitions.instances[b]!.action || a - b,
  );
  for (const instance of instances) {
    for (const outcome of transitions.outcomesOf(instance)) {
      const effect = transitions.effectOf(instance, outcome);
      yield {instance, effect, state: after(expander, from, effect)};
      vector.ids.set(from);
      vector.forget(0);
    }
  }
};

const after = ({vector, transitions, normalisers}: Expander, from: Int32Array, {operations}: Effect): Int32Array => {
  const {ids, width, slotCount} = vector;
  ids.set(from, width);
  vector.forget(width);
  for (const {slot, operation} of operations) ids[width + slot] = transitions.operate(operation, from[slot]!);
  normalisers.runAll(); // a renamed state may be one about which no normaliser was ever asked
  return ids.slice(width, width + slotCount);
};

/** The state that stands for a state's orbit; the state itself where no symmetry is declared. */
export const canonicalOf = ({symmetry}: Expander, state: Int32Array): Int32Array =>
  symmetry.isDeclared ? symmetry.canonical(state).slice() : state;

/**
 * The first step from a state to one that stands for the same orbit as `to`. With `wanted`, to one that it accepts as
 * well, asked while the step lies in the vector.
 */
export const explain = (
  expander: Expander,
  from: Int32Array,
  to: Int32Array,
  wanted = (): boolean => true,
): Successor => {
  const {vector} = expander;
  const target = canonicalOf(expander, to);
  for (const successor of successorsOf(expander, from)) {
    if (canonicalOf(expander, successor.state).some((id, slot) => id !== target[slot])) continue;
    vector.ids.set(from);
    vector.forget(0);
    vector.ids.set(successor.state, vector.width);
    vector.forget(vector.width);
    if (wanted()) return successor;
  }
  throw new ModelError(
    'a step of the counterexample cannot be repeated: the model is not deterministic, or not symmetric',
  );
};
