// What is new in what a host persists: all of it stands in every Persist, and little of it changes.

import {isMatching, P} from 'ts-pattern';
import {textOf} from '../../model/report/value.js';
import type {DirectoryEntry} from '../../src/index.js';
import {isSame} from '../canonical.js';
import {changedText, isEntry, toldShort} from './told-entry.js';

const DURABLE = {ha: {term: P.number}, storage: {number: P.number, components: P.array(P.when(isEntry))}} as const;

type Durable = P.infer<typeof DURABLE>;

/** In a line; null where one of the two is not what a host persists, or they cannot be compared part by part. */
export const newsIn = (durable: unknown, last: unknown): string | null => {
  if (!isDurable(durable) || !isDurable(last)) return null;
  const [now, before] = [durable.storage.components, last.storage.components];
  const gone = before.filter(({object}) => !now.some(each => each.object === object));
  const news = [
    ...(durable.ha.term === last.ha.term ? [] : [`term ${durable.ha.term}`]),
    ...(durable.storage.number === last.storage.number ? [] : [`number ${durable.storage.number}`]),
    ...now.flatMap(entry => {
      const known = before.find(({object}) => object === entry.object);
      if (known === undefined) return [toldShort(entry)];
      return isSame(entry, known) ? [] : [changedText(entry, known)];
    }),
    ...gone.map(({object}) => `${textOf(object)} is gone`),
  ];
  if (news.length > 0) return news.join('; ');
  return isSame(durable, last) ? 'nothing' : null;
};

/** What the components hold by what a host has persisted; nothing where it is not such. */
export const keptIn = (durable: unknown): readonly DirectoryEntry[] =>
  isDurable(durable) ? durable.storage.components : [];

/** Whether it is that and no more, with each object once. */
const isDurable = (value: unknown): value is Durable => {
  if (!isMatching(DURABLE, value)) return false;
  const {ha, storage} = value;
  const {number, components} = storage;
  const whole = {ha: {term: ha.term}, storage: {number, components}};
  return isSame(whole, value) && new Set(components.map(({object}) => object)).size === components.length;
};
