// The files that a run writes besides its report: which, in which format, and whether they can be written at all.

import {accessSync, constants, existsSync, realpathSync, statSync} from 'node:fs';
import {basename, dirname, join, resolve} from 'node:path';
import type {TraceFormat} from '../report/trace-file.js';
import {oneLine, Refusal} from './refusal.js';

/** The formats of a flag, by name, with the endings of file names that stand for them. Longer endings come first. */
type Formats<F extends string> = readonly (readonly [F, readonly string[]])[];
export type Output<F extends string> = {readonly format: F; readonly file: string};

export const TRACE_FORMATS: Formats<TraceFormat> = [
  ['itf', ['.itf.json']],
  ['json', ['.json']],
  ['text', ['.txt']],
  ['mermaid', ['.mmd']],
];

export type GraphFormat = 'dot' | 'json' | 'aldebaran';

export const GRAPH_FORMATS: Formats<GraphFormat> = [
  ['dot', ['.dot']],
  ['json', ['.json']],
  ['aldebaran', ['.aut']],
];

/** A parser for FILE, whose ending tells the format, or FORMAT=FILE. */
export const outputOf =
  <F extends string>(flag: string, formats: Formats<F>) =>
  (text: string): Output<F> => {
    const at = text.indexOf('=');
    const named = formats.find(([name]) => at >= 0 && name === text.slice(0, at));
    const file = named === undefined ? text : text.slice(at + 1);
    const [format] = named ?? formats.find(([, endings]) => endings.some(ending => file.endsWith(ending))) ?? [];
    if (file === '') throw new Refusal(`${flag} needs the name of a file`);
    if (format !== undefined) return {format, file};
    const endings = formats.flatMap(([, each]) => each.slice(0, 1)).join(', ');
    const names = formats.map(([name]) => `${name}=${file}`).join(', ');
    throw new Refusal(`${flag} ${file}: its ending tells no format; end it in ${endings}, or say ${names}`);
  };

/** A file as it was said, and by which flag. */
export type Named = {readonly flag: string; readonly file: string};

/** The file itself, whatever name leads to it. */
const identityOf = (file: string): string =>
  existsSync(file) ? realpathSync(file) : join(realpathSync(dirname(resolve(file))), basename(file));

const isDevice = (file: string): boolean => existsSync(file) && !statSync(file).isFile();

const WHY: Readonly<Record<string, string>> = {
  EACCES: 'it may not be written to',
  EPERM: 'it may not be written to',
  EROFS: 'it is on a file system that is read-only',
};

/** Refuses a file that cannot be written. With `isReplaced`, one that cannot be replaced by another either. */
export const refuseUnwritable = ({flag, file}: Named, isReplaced = false): void => {
  const folder = dirname(resolve(file));
  const refuse = (why: string): never => {
    throw new Refusal(`${flag} ${file}: ${why}`);
  };
  if (!existsSync(folder) || !statSync(folder).isDirectory()) refuse(`there is no folder ${dirname(file)}`);
  if (existsSync(file) && statSync(file).isDirectory()) refuse('it is a folder');
  if (isReplaced && isDevice(file)) refuse('it is no file that could be replaced');
  for (const place of [...(existsSync(file) ? [file] : [folder]), ...(isReplaced ? [folder] : [])]) {
    try {
      accessSync(place, constants.W_OK);
    } catch (thrown) {
      refuse(WHY[(thrown as NodeJS.ErrnoException).code ?? ''] ?? oneLine(thrown));
    }
  }
};

/** Refuses two names of one file. Devices may be named as often as one likes. */
export const refuseSame = (names: readonly Named[]): void => {
  const seen = new Map<string, Named>();
  for (const named of names.filter(({file}) => !isDevice(file))) {
    const identity = identityOf(named.file);
    const other = seen.get(identity);
    if (other !== undefined) {
      const both = other.file === named.file ? named.file : `${other.file} and ${named.file}`;
      throw new Refusal(`${other.flag} and ${named.flag} name the same file: ${both}`);
    }
    seen.set(identity, named);
  }
};
