import {flaw} from '../../define/flaw.js';
import type {Change, Outcome} from '../../define/outcome.js';
import {removal, verbOf} from '../../define/slots.js';
import type {Delivery, System} from '../../define/system.js';
import {type Step, stepsOf} from '../commute.js';
import type {Abstraction, Operate} from './abstraction.js';
import {type Reading, readAt} from './decision-tree.js';

/** What one outcome does to one slot. */
export type Operation =
  | {readonly type: 'Set'; readonly slot: number; readonly id: number}
  | {
      readonly type: 'Update';
      readonly slot: number;
      /** Tells updates of the slot apart. */
      readonly key: string;
      /** In order; null where an author's own update is among them. */
      readonly steps: readonly Step[] | null;
      readonly operate: Operate;
    };

/** By outcome: what it does to each slot that it changes. Null where the function throws. */
export type Operations = readonly (readonly Operation[])[] | null;

/** Everything that an instance may do to the slots, as the abstraction needs it. Reads on the way are in `path`. */
export const operationsOf = (
  {slots}: System,
  abstraction: Abstraction,
  {delivery, message}: {readonly delivery: Delivery | null; readonly message: unknown},
  ask: () => readonly Outcome[],
  path: readonly Reading[],
): Operations => {
  try {
    const outcomes = ask().map(({changes}) => {
      const all = delivery?.removes === true ? [removal(delivery.inbox, message), ...changes] : changes;
      const changed = [...new Set(all.map(({slot}) => slot))];
      return changed.map(slot => {
        if (slots[slot] === undefined) throw new RangeError('it changed something that is no slot');
        return operation(
          abstraction,
          slot,
          all.filter(each => each.slot === slot),
        );
      });
    });
    // Of a slot that was read, what it becomes is known; where it stays what it is, nothing is done to it.
    return outcomes.map(operations => operations.filter(each => becomes(each, path) !== 'same'));
  } catch {
    return null;
  }
};

/** What a slot whose value was read becomes: another id, or the same; null for a slot that was not read as a whole. */
export const becomes = (operation: Operation, path: readonly Reading[]): number | 'same' | null => {
  const reading = readAt(path, operation.slot);
  if (reading === undefined) return null;
  const to = operation.type === 'Set' ? operation.id : operation.operate(reading.id);
  if (to === null) throw new RangeError('an update throws');
  return to === reading.id ? 'same' : to;
};

const operation = (abstraction: Abstraction, slot: number, changes: readonly Change[]): Operation => {
  const [only] = changes;
  if (only?.type === 'Set' && changes.length === 1) return {type: 'Set', slot, id: abstraction.idOf(slot, only.value)};
  const name = abstraction.nameOf(slot);
  const updates = changes.map(change => {
    if (change.type !== 'Update') throw new RangeError('it set a slot twice, or set and updated it');
    return change;
  });
  for (const {update, argument} of updates) {
    const found = verbOf(update) === 'put' ? flaw(argument) : null;
    if (found !== null) abstraction.giveUp(`${name} may be given ${found}`);
  }
  return {
    type: 'Update',
    slot,
    key: JSON.stringify(updates.map(({update, argument}) => [String(update.apply), argument])),
    steps: stepsOf(updates),
    operate: id => {
      try {
        const value = abstraction.valueOf(slot, id);
        const to = updates.reduce((now, {update, argument}) => update.apply(now as never, argument as never), value);
        return abstraction.idOf(slot, to);
      } catch {
        return null;
      }
    },
  };
};
