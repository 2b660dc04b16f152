import {shown} from '../define/flaw.js';

/**
 * The model itself is broken: it threw, answered nonsense, or broke a rule of modelling. Exit code 2 at the command
 * line.
 */
export class ModelError extends Error {
  override readonly name = 'ModelError';
}

/** Is it an error of the model that says where already? To ask what somebody else has thrown may throw in its turn. */
export const isBlamed = (thrown: unknown): thrown is ModelError => {
  try {
    return thrown instanceof ModelError && thrown.message.startsWith('in ');
  } catch {
    return false;
  }
};

/** Could an array not be had? Then what was found so far still stands, though it can neither go on nor be saved. */
export const isOutOfMemory = (error: unknown): boolean =>
  (error instanceof RangeError &&
    /allocation failed|Invalid typed array length|Invalid array buffer length/i.test(error.message)) ||
  (error as NodeJS.ErrnoException | null)?.code === 'ERR_WORKER_OUT_OF_MEMORY';

/** What something that was thrown says, even where to ask it throws. */
export const saidBy = (thrown: unknown): string => {
  try {
    return thrown instanceof Error ? String(thrown.message) : `it threw ${shown(thrown)}`;
  } catch {
    return 'it threw something that cannot be looked at';
  }
};

/** An action, or what else has parameters, as errors and traces name it: `Vote(p, 3)`. */
export const called = (name: string, parameters: readonly unknown[]): string => {
  const said = parameters.map(each => (typeof each === 'string' ? each : shown(each)));
  return said.length === 0 ? name : `${name}(${said.join(', ')})`;
};

/** What to say of something that was read and is no slot: a whole family, as often as not. */
export const unreadable = (what: unknown): ModelError => {
  const members: unknown = typeof what === 'function' && 'members' in what ? what.members : null;
  if (!Array.isArray(members)) return new ModelError(`it read ${shown(what)}, which is no slot`);
  const names = members.slice(0, 3).map(({name}: {readonly name: string}) => name);
  return new ModelError(`it read a whole family, which is no slot; its members are ${names.join(', ')}`);
};

export {shown};
