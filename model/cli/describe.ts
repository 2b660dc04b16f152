import type {Model} from '../define/model.js';
import type {Option} from '../define/options.js';
import type {Description, Texts} from './exchange.js';
import {flagOf} from './flag.js';
import {hint} from './nearest.js';
import {Refusal} from './refusal.js';

/** What the command line must know of a model. */
export const describe = ({name, summary, options}: Model): Description => ({
  name,
  summary,
  options: Object.entries(options).map(([key, option]) => ({
    key,
    kind: option.kind,
    about: option.about,
    default: option.default,
    values: option.values ?? [],
    min: option.min ?? null,
    max: option.max ?? null,
  })),
});

/** What was said, as it was said, where the option's own words do not repeat it. */
const quoted = ({kind}: Option<unknown>, text: string): string => (kind === 'list' ? '' : `, not "${text}"`);

/** The value of every option: what was said, or the default. Refuses a text that an option does not take. */
export const valuesOf = ({options}: Model, texts: Texts): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(options).map(([key, option]) => {
      const text = texts[key];
      if (text === undefined) return [key, option.default];
      const parsed = option.parse(text);
      if (parsed.type === 'Ok') return [key, parsed.value];
      const values = option.values ?? [];
      const stranger = text.split(',').find(word => !values.includes(word)) ?? text;
      throw new Refusal(`${flagOf(key)} ${parsed.why}${quoted(option, text)}${hint(stranger, values)}`);
    }),
  );
