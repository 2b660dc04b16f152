// Finds a model: one of the catalogue, or the default export of a user's file.

import {existsSync, statSync} from 'node:fs';
import {register} from 'node:module';
import {resolve} from 'node:path';
import {pathToFileURL} from 'node:url';
import {CATALOGUE} from '../catalogue.js';
import type {Model} from '../define/model.js';
import type {Source} from './exchange.js';
import {oneLine, Refusal} from './refusal.js';

type Fields = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

const isModel = (value: unknown): value is Model =>
  isRecord(value) &&
  typeof value['name'] === 'string' &&
  typeof value['build'] === 'function' &&
  isRecord(value['options']) &&
  Object.values(value['options']).every(option => isRecord(option) && typeof option['parse'] === 'function');

/** The exports of a file in JavaScript or TypeScript. */
const exportsOf = async (url: string): Promise<Fields> => {
  register('./resolution.js', import.meta.url);
  if (!/ts$/.test(url)) return await import(url);
  const {tsImport} = await import('tsx/esm/api');
  return await tsImport(url, import.meta.url);
};

const fromFile = async (path: string): Promise<Model> => {
  const file = resolve(path);
  if (!existsSync(file)) throw new Refusal(`there is no file ${path}`);
  const kind = statSync(file);
  if (kind.isDirectory()) throw new Refusal(`${path} is a folder; a model is a file`);
  if (!kind.isFile()) throw new Refusal(`${path} is no file, as a model is`);
  const found = await exportsOf(pathToFileURL(file).href).catch(thrown => {
    throw new Refusal(`${path} cannot be loaded: ${oneLine(thrown)}`, {cause: thrown});
  });
  if (isModel(found['default'])) return found['default'];
  const others = Object.keys(found).filter(name => isModel(found[name]));
  if (others.length > 0) throw new Refusal(`${path} exports ${others.join(' and ')}, but no model as its default`);
  throw new Refusal(
    `${path} is not a model: its default export must be what model({name, summary, options, build}) returns`,
  );
};

/** Loads the model. Refuses a file that does not exist, throws, or exports no model. */
export const load = async (source: Source): Promise<Model> => {
  if (source.type === 'File') return await fromFile(source.path);
  const entry = CATALOGUE.find(({name}) => name === source.name);
  if (entry === undefined) throw new Refusal(`there is no model "${source.name}"`);
  return await entry.load();
};
