import type {Builder} from './builder.js';
import {shown} from './flaw.js';
import type {Chosen, Options} from './options.js';
import {checkFunction, checkName, checkSettings} from './settings.js';

/** A family of state machines: options, and what they build. */
export type Model<O extends Options = Options> = {
  readonly name: string;
  /** One line for listings. */
  readonly summary: string;
  readonly options: O;
  /** Declares the slots, actions and properties for these values of the options. */
  build(m: Builder, options: Chosen<O>): void;
};

/** Declares a model. The default export of a model file is one of these. Throws a RangeError where it is none. */
export const model = <const O extends Options>(
  definition: Omit<Model<O>, 'options'> & {readonly options?: O},
): Model<O> => {
  checkSettings('model', definition, ['name', 'summary', 'options', 'build']);
  const {name, summary, options = {} as O, build} = definition;
  checkName('model', name);
  if (typeof summary !== 'string')
    throw new RangeError(`the summary of model ${name} is a text, not ${shown(summary)}`);
  checkFunction(`build of model ${name}`, build, 2);
  checkSettings(`options of model ${name}`, options, Object.keys(options));
  for (const [key, option] of Object.entries(options)) {
    if (typeof (option as Partial<Options[string]> | null)?.parse !== 'function')
      throw new RangeError(
        `option ${key} of model ${name} is integer, choice, flag or list(...), not ${shown(option)}`,
      );
  }
  return {...definition, options};
};
