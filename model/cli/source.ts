import {CATALOGUE} from '../catalogue.js';
import type {Source} from './exchange.js';
import {hint} from './nearest.js';
import {Refusal} from './refusal.js';

const isPath = (text: string): boolean => /[/\\]|\.[cm]?[jt]s$/.test(text);

/** What a NAME or FILE on the command line means. Refuses a name that no built-in model has. */
export const sourceOf = (text: string): Source => {
  if (isPath(text)) return {type: 'File', path: text};
  const names = CATALOGUE.map(({name}) => name);
  if (names.includes(text)) return {type: 'BuiltIn', name: text};
  const meant = hint(text, names);
  const known = `; there are ${names.join(', ')}; a file of your own is named by its path, as ./model.ts`;
  throw new Refusal(`there is no model "${text}"${meant === '' ? known : meant}`);
};

/** The source as it was said. */
export const textOfSource = (source: Source): string => (source.type === 'File' ? source.path : source.name);
