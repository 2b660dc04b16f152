import type {ExecutionContext} from 'ava';
import {type Builder, check, type Outcome, type Slot} from '../../../model/index.js';
import {sample} from './sample.js';

/** Checking the model is refused, and the error says all this. */
export const refused = async (
  t: ExecutionContext,
  build: (m: Builder) => void,
  ...said: readonly RegExp[]
): Promise<void> => {
  const error = await t.throwsAsync(check(sample(build)), {name: 'ModelError'});
  for (const each of said) t.regex(error?.message ?? '', each);
};

/** What an author writes who does not listen to the compiler. */
export const untyped = <T>(value: unknown): T => value as T;

/** An action with a parameter, of a slot whose value stands out. */
export const acting =
  (outcomes: (slot: Slot<readonly number[]>, values: readonly number[]) => unknown) => (m: Builder) => {
    const slot = m.slot<readonly number[]>('slot', [4, 2]);
    m.action('Act', {each: ['p']}, read => untyped<Outcome[]>(outcomes(slot, read(slot))));
  };

/** What the error says of it. */
export const ACTED = [/in Act\(p\)/, /slot = \[4,2\]/];
