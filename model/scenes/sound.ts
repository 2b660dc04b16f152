import type {Validation} from '../../src/index.js';

/** The configuration, if it is valid. Throws a RangeError that names each field that is wrong. */
export const sound = <Config>(validation: Validation<Config>): Config => {
  if (validation.type === 'Valid') return validation.config;
  throw new RangeError(validation.problems.map(({field, reason}) => `${field} ${reason}`).join('; '));
};
