// What a component holds and what is published of it, in a line: traces show it again and again, and at full length it
// hides what differs.

import {isMatching, P} from 'ts-pattern';
import {textOf, textWith} from '../../model/report/value.js';
import type {DirectoryEntry} from '../../src/index.js';
import {isSame} from '../canonical.js';

const COMPONENT = {host: P.string, kind: P.union('replica', 'witness'), votes: P.number} as const;
const VERSION = {configuration: P.number, sequence: P.number} as const;
const KNOWN = {
  object: P.string,
  version: VERSION,
  content: {
    identity: P.number,
    register: {value: P.string, generation: P.number, current: P.array(P.string)},
    lock: {holder: P.union(P.string, null), epoch: P.number},
    attempts: P.number,
  },
} as const;
const ENTRY = {...KNOWN, voters: P.array(COMPONENT), former: P.union(P.array(COMPONENT), null)} as const;

/** What is published of an entry. */
type Known = Pick<DirectoryEntry, 'object' | 'version' | 'content'>;

/** Whether it is such an entry and no more. */
export const isEntry = (value: unknown): value is DirectoryEntry =>
  isMatching(ENTRY, value) &&
  isSame(
    {
      ...knownIn(value),
      voters: value.voters.map(only),
      former: value.former === null ? null : value.former.map(only),
    },
    value,
  );

const isVersion = (value: unknown): value is P.infer<typeof VERSION> =>
  isMatching(VERSION, value) && Object.keys(value).length === 2;

/** Whether it is that and no more. */
const isKnown = (value: unknown): value is Known => isMatching(KNOWN, value) && isSame(knownIn(value), value);

const knownIn = ({object, version: {configuration, sequence}, content}: P.infer<typeof KNOWN>) => {
  const {identity, register, lock, attempts} = content;
  const {value, generation, current} = register;
  const {holder, epoch} = lock;
  return {
    object,
    version: {configuration, sequence},
    content: {identity, register: {value, generation, current}, lock: {holder, epoch}, attempts},
  };
};

/** All that is said besides the version. */
const said = ({content: {identity, register, lock, attempts}, ...rest}: Known | DirectoryEntry): readonly string[] => [
  `identity ${identity}`,
  `${textOf(register.value)} ${register.generation}`,
  ['current', ...register.current.map(host => textOf(host))].join(' '),
  `lock ${lock.holder === null ? 'free' : `of ${textOf(lock.holder)}`}, epoch ${lock.epoch}`,
  `attempts ${attempts}`,
  ...('voters' in rest ? votersIn(rest) : []),
];

const votersIn = ({voters, former}: Pick<DirectoryEntry, 'voters' | 'former'>): readonly string[] => [
  ['voters', ...voters.map(componentText)].join(' '),
  former === null ? NO_FORMER : ['former', ...former.map(componentText)].join(' '),
];

const NO_FORMER = 'no former voters';

/** What goes without saying. */
const USUAL = ['attempts 0', NO_FORMER];

const text = ({object, version}: Known, parts: readonly string[]): string => {
  const name = `${textOf(object)} ${versionText(version)}`;
  return parts.length === 0 ? name : `${name} (${parts.join('; ')})`;
};

const versionText = ({configuration, sequence}: P.infer<typeof VERSION>): string => `${configuration}.${sequence}`;

/** An entry that was another before: its version, and what differs. */
export const changedText = (entry: DirectoryEntry, before: DirectoryEntry): string =>
  text(entry, differing(entry, before));

const differing = (now: Known | DirectoryEntry, before: DirectoryEntry): readonly string[] => {
  const known = said(before);
  return said(now).filter(part => !known.includes(part));
};

const only = ({host, kind, votes}: P.infer<typeof COMPONENT>) => ({host, kind, votes});

const componentText = ({host, kind, votes}: P.infer<typeof COMPONENT>): string =>
  `${textOf(host)}${kind === 'witness' ? ' as witness' : ''}${votes === 1 ? '' : ` with ${votes}`}`;

/**
 * As `textOf`, with what components hold and what is published of it in a short form that keeps all of it: of an object
 * that is kept here, what is not as it is kept.
 */
export const toldBeside = (kept: readonly DirectoryEntry[]): ((value: unknown) => string) =>
  textWith(value => {
    if (isVersion(value)) return versionText(value);
    if (!isEntry(value) && !isKnown(value)) return null;
    const here = kept.find(({object}) => object === value.object);
    return here === undefined
      ? text(
          value,
          said(value).filter(part => !USUAL.includes(part)),
        )
      : text(value, asKept(differing(value, here)));
  });

const asKept = (parts: readonly string[]): readonly string[] =>
  parts.length === 0 ? ['as kept'] : [...parts, 'else as kept'];

/** The same where nothing is kept. */
export const toldShort = toldBeside([]);
