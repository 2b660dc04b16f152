import type {Builder} from './builder.js';
import type {Chosen, Options} from './options.js';

/** A family of state machines: options, and what they build. */
export type Model<O extends Options = Options> = {
  readonly name: string;
  /** One line for listings. */
  readonly summary: string;
  readonly options: O;
  build(m: Builder, options: Chosen<O>): void;
};

/** Declares a model. The default export of a model file is one of these. */
export const model = <const O extends Options>(
  definition: Omit<Model<O>, 'options'> & {readonly options?: O},
): Model<O> => ({
  ...definition,
  options: definition.options ?? ({} as O),
});
