// Options of a model as flags of the command line: `camelCase` is said `--camel-case`.

import {textOf} from '../report/value.js';
import type {Description, OptionDescription} from './exchange.js';

/** `rejoinDelay` as `--rejoin-delay`. */
export const flagOf = (key: string): string => `--${key.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`;

/** What stands behind the flag in a listing. */
export const placeholderOf = ({kind}: OptionDescription): string =>
  ({integer: ' <n>', choice: ' <word>', list: ' <words>', flag: ''})[kind];

/** What may be said, and what holds when nothing is said. */
export const rangeOf = ({kind, values, min, max, default: value}: OptionDescription): string => {
  switch (kind) {
    case 'integer':
      return `${min} to ${max}, default ${textOf(value)}`;
    case 'choice':
      return `${values.join(', ')}; default ${textOf(value)}`;
    case 'list':
      return `any of ${values.join(', ')}; joined by commas or said again`;
    case 'flag':
      return 'default off';
  }
};

/** The model and every option that is not at its default, as one would say them: `protect --profile claimed`. */
export const titleOf = ({name, options}: Description, chosen: Readonly<Record<string, unknown>>): string => {
  const said = options
    .filter(({key, default: value}) => key in chosen && JSON.stringify(chosen[key]) !== JSON.stringify(value))
    .map(({key, kind}) => {
      const value = chosen[key];
      return kind === 'flag' ? flagOf(key) : `${flagOf(key)} ${Array.isArray(value) ? value.join(',') : value}`;
    });
  return [name, ...said].join(' ');
};
