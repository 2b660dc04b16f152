// What a component holds, in a line: traces show it again and again, and at full length it hides what differs.

import {isMatching, P} from 'ts-pattern';
import {textOf, textWith} from '../../model/report/value.js';
import type {Component, DirectoryEntry} from '../../src/index.js';
import {isSame} from '../canonical.js';

const COMPONENT = {host: P.string, kind: P.union('replica', 'witness'), votes: P.number} as const;
const ENTRY = {
  object: P.string,
  version: {configuration: P.number, sequence: P.number},
  content: {
    identity: P.number,
    register: {value: P.string, generation: P.number, current: P.array(P.string)},
    lock: {holder: P.union(P.string, null), epoch: P.number},
    attempts: P.number,
  },
  voters: P.array(COMPONENT),
  former: P.union(P.array(COMPONENT), null),
} as const;

/** Whether it is such an entry and no more. */
export const isEntry = (value: unknown): value is DirectoryEntry => {
  if (!isMatching(ENTRY, value)) return false;
  const {object, version, content, voters, former} = value;
  const {configuration, sequence} = version;
  const {identity, attempts} = content;
  const {generation, current} = content.register;
  const {holder, epoch} = content.lock;
  const register = {value: content.register.value, generation, current};
  const whole = {
    object,
    version: {configuration, sequence},
    content: {identity, register, lock: {holder, epoch}, attempts},
    voters: voters.map(only),
    former: former === null ? null : former.map(only),
  };
  return isSame(whole, value);
};

/** All that an entry says besides its version. */
const said = ({content: {identity, register, lock, attempts}, voters, former}: DirectoryEntry): readonly string[] => [
  `identity ${identity}`,
  `${textOf(register.value)} ${register.generation}`,
  ['current', ...register.current.map(host => textOf(host))].join(' '),
  `lock ${lock.holder === null ? 'free' : `of ${textOf(lock.holder)}`}, epoch ${lock.epoch}`,
  `attempts ${attempts}`,
  ['voters', ...voters.map(componentText)].join(' '),
  former === null ? NO_FORMER : ['former', ...former.map(componentText)].join(' '),
];

const NO_FORMER = 'no former voters';

/** What goes without saying. */
const USUAL = ['attempts 0', NO_FORMER];

const text = ({object, version}: DirectoryEntry, parts: readonly string[]): string => {
  const name = `${textOf(object)} ${version.configuration}.${version.sequence}`;
  return parts.length === 0 ? name : `${name} (${parts.join('; ')})`;
};

/** Null for what is no such entry, or more than one. */
const entryText = (value: unknown): string | null =>
  isEntry(value)
    ? text(
        value,
        said(value).filter(part => !USUAL.includes(part)),
      )
    : null;

/** An entry that was another before: its version, and what differs. */
export const changedText = (entry: DirectoryEntry, before: DirectoryEntry): string => {
  const known = said(before);
  return text(
    entry,
    said(entry).filter(part => !known.includes(part)),
  );
};

const only = ({host, kind, votes}: P.infer<typeof COMPONENT>) => ({host, kind, votes});

const componentText = ({host, kind, votes}: Component): string =>
  `${textOf(host)}${kind === 'witness' ? ' as witness' : ''}${votes === 1 ? '' : ` with ${votes}`}`;

/** As `textOf`, with what components hold in a short form that keeps all of it. */
export const toldShort = textWith(entryText);
