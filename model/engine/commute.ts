import type {Change} from '../define/outcome.js';
import {type SlotDescription, verbOf} from '../define/slots.js';

/** An element that is put into a slot, or taken out of it, by its text. */
export type Step = {readonly verb: 'put' | 'take'; readonly element: string};

type Holds = SlotDescription['holds'];

/** What updates of a slot do to it, in order; null where an author's own is among them. */
export const stepsOf = (updates: readonly (Change & {readonly type: 'Update'})[]): readonly Step[] | null => {
  const steps = updates.flatMap(({update, argument}) => {
    const verb = verbOf(update);
    return verb === null ? [] : [{verb, element: JSON.stringify(argument) ?? ''}];
  });
  return steps.length === updates.length ? steps : null;
};

/** Is what a slot holds after both the same, whichever comes first? */
export const commute = (holds: Holds, some: readonly Step[], others: readonly Step[]): boolean =>
  some.every(one => others.every(other => commuteSingly(holds, one, other)));

const commuteSingly = (holds: Holds, one: Step, other: Step): boolean => {
  const isSame = one.element === other.element;
  if (one.verb === other.verb) return isSame || holds !== 'sequence';
  // A set forgets how often an element was put into it; a bag does not, and a sequence is put to and taken from at
  // two ends.
  return !isSame || holds !== 'set';
};

/** May the message cease to be one that can be received? */
export const mayTakeAway = (holds: Holds, message: string, steps: readonly Step[]): boolean =>
  steps.some(({verb, element}) => verb === 'take' && (holds === 'sequence' || element === message));
