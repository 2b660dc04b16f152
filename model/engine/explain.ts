import {ModelError} from './errors.js';
import type {Expander} from './expand.js';
import type {Effect} from './transitions.js';

/** The first action instance and outcome, in the order of the model, that leads from one state to another (ids of slots). */
export const explain = (
  expander: Expander,
  from: Int32Array,
  to: Int32Array,
): {readonly instance: number; readonly effect: Effect} => {
  const {vector, transitions} = expander;
  vector.ids.set(from);
  vector.forget(0);
  const offered = transitions.instances.flatMap(({delivery}, id) => (delivery === null ? [id] : []));
  const delivered = [...transitions.inboxActions.keys()].flatMap(slot => transitions.deliveriesOf(slot, from[slot]!));
  const candidates = [...offered, ...delivered].sort(
    (a, b) => transitions.instances[a]!.action - transitions.instances[b]!.action || a - b,
  );
  for (const instance of candidates) {
    for (const outcome of transitions.outcomesOf(instance)) {
      const effect = transitions.effectOf(instance, outcome);
      if (leadsTo(expander, from, effect, to)) return {instance, effect};
    }
  }
  throw new ModelError('a step of the counterexample cannot be repeated: the model is not deterministic');
};

const leadsTo = (
  {vector, transitions, normalisers}: Expander,
  from: Int32Array,
  {operations}: Effect,
  to: Int32Array,
): boolean => {
  vector.ids.set(from, vector.width);
  vector.forget(vector.width);
  for (const {slot, operation} of operations)
    vector.ids[vector.width + slot] = transitions.operate(operation, from[slot]!);
  normalisers.run(operations.map(({slot}) => slot));
  return to.every((id, slot) => vector.ids[vector.width + slot] === id);
};
