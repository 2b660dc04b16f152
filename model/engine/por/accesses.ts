import type {SlotDescription} from '../../define/slots.js';
import {commute, mayTakeAway} from '../commute.js';
import type {Abstraction} from './abstraction.js';
import type {Operation} from './operations.js';

/**
 * One way in which an instance meets a slot. `Seek`: it asks whether these elements are in the set. `Receive`: it
 * happens only while this message can be taken from the inbox. Both say nothing of what else is in there.
 */
export type Access =
  | {readonly type: 'Read'; readonly slot: number}
  | {readonly type: 'Seek'; readonly slot: number; readonly elements: ReadonlySet<string>}
  | {readonly type: 'Receive'; readonly slot: number; readonly message: string}
  | Operation;

/** Equal for equal accesses of a slot. */
export const keyOf = (access: Access): string => {
  switch (access.type) {
    case 'Read':
      return 'read';
    case 'Seek':
      return `seek ${[...access.elements].sort()}`;
    case 'Receive':
      return `receive ${access.message}`;
    case 'Set':
      return `set ${access.id}`;
    case 'Update':
      return `update ${access.key}`;
  }
};

/** Updates of an author's own are compared on so many values, or taken not to commute. */
const MAX_COMPARED = 512;

type Holds = SlotDescription['holds'];

/**
 * Does it matter which of two accesses of one slot, by two instances, comes first? Not where in both orders both find
 * what they look for, and leave the same behind. Takes for granted that whoever takes a message from a bag or a
 * sequence receives it: it does so only where the message is there, and in a sequence first.
 */
export const conflict = (abstraction: Abstraction, holds: Holds, a: Access, b: Access): boolean => {
  const isWrite = ({type}: Access): boolean => type === 'Set' || type === 'Update';
  if (!isWrite(a) && !isWrite(b)) return false;
  if (a.type === 'Read' || b.type === 'Read') return true;
  if (a.type === 'Seek') return isTouched(a.elements, b);
  if (b.type === 'Seek') return isTouched(b.elements, a);
  if (a.type === 'Receive') return isTakenAway(holds, a.message, b);
  if (b.type === 'Receive') return isTakenAway(holds, b.message, a);
  if (a.type === 'Set' || b.type === 'Set') return !(a.type === 'Set' && b.type === 'Set' && a.id === b.id);
  if (a.steps !== null && b.steps !== null) return !commute(holds, a.steps, b.steps);
  const values = abstraction.values[a.slot]!;
  if (values.length > MAX_COMPARED) return true;
  return values.some(id => {
    const [first, second] = [a.operate(id), b.operate(id)];
    if (first === null || second === null) return true;
    const [one, other] = [b.operate(first), a.operate(second)];
    return one === null || one !== other;
  });
};

/** May the message cease to be the one that can be received? */
const isTakenAway = (holds: Holds, message: string, by: Access): boolean =>
  by.type !== 'Update' || by.steps === null || mayTakeAway(holds, message, by.steps);

/** May one of these elements be put in or taken out? */
const isTouched = (elements: ReadonlySet<string>, by: Access): boolean =>
  by.type !== 'Update' || by.steps === null || by.steps.some(({element}) => elements.has(element));
