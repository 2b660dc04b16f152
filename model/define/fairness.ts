import type {Given} from './each.js';
import {shown} from './flaw.js';
import type {Parameters} from './outcome.js';
import {checkWord} from './settings.js';
import type {ActionDefinition} from './system.js';

/**
 * How an action is treated fairly, as TLA+'s WF and SF. Weak: it does not stay enabled for ever without being taken.
 * Strong: it is not enabled again and again without being taken. Only steps that change the state count, and every
 * instance has a condition of its own, unless `fairAs` gives several the same name: these are treated fairly as one,
 * like WF(A \/ B).
 */
export type Fair<P extends readonly unknown[]> = {
  readonly fair?: 'weak' | 'strong';
  readonly fairAs?: string | ((...parameters: Given<P>) => string);
};

/**
 * The part of an action's definition that says how it is treated fairly; `perMessage`: messages are parameters as
 * well.
 */
export const fairnessOf = <P extends readonly unknown[]>(
  name: string,
  {fair = undefined, fairAs}: Fair<P>,
  perMessage = false,
): Pick<ActionDefinition, 'fair' | 'fairAs'> => {
  checkWord(`fair of action ${name}`, fair, ['weak', 'strong']);
  if (fairAs !== undefined && typeof fairAs !== 'string' && typeof fairAs !== 'function')
    throw new RangeError(`fairAs of action ${name} is a name, or a function that says one, not ${shown(fairAs)}`);
  const own = (parameters: Parameters, message: unknown): string =>
    JSON.stringify([name, parameters, perMessage ? message : null]);
  const together = typeof fairAs === 'string' ? () => fairAs : fairAs;
  return {
    fair: fair ?? null,
    fairAs:
      together === undefined ? own : parameters => `= ${together(...(parameters as readonly unknown[] as Given<P>))}`,
  };
};
