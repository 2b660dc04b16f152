// What a component holds, in a line: traces show it again and again, and at full length it hides what differs.

import {isMatching, P} from 'ts-pattern';
import {textOf, textWith} from '../../model/report/value.js';
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

type Component = P.infer<typeof COMPONENT>;

/** Null for what is no such entry, or more than one. */
const entryText = (value: unknown): string | null => {
  if (!isMatching(ENTRY, value)) return null;
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
  if (!isSame(whole, value)) return null;
  const said = [
    `identity ${identity}`,
    `${textOf(register.value)} ${generation}`,
    ['current', ...current.map(host => textOf(host))].join(' '),
    `lock ${holder === null ? 'free' : `of ${textOf(holder)}`}, epoch ${epoch}`,
    ...(attempts === 0 ? [] : [`attempts ${attempts}`]),
    ['voters', ...voters.map(componentText)].join(' '),
    ...(former === null ? [] : [['former', ...former.map(componentText)].join(' ')]),
  ];
  return `${textOf(object)} ${configuration}.${sequence} (${said.join('; ')})`;
};

const only = ({host, kind, votes}: Component): Component => ({host, kind, votes});

const componentText = ({host, kind, votes}: Component): string =>
  `${textOf(host)}${kind === 'witness' ? ' as witness' : ''}${votes === 1 ? '' : ` with ${votes}`}`;

/** As `textOf`, with what components hold in a short form that keeps all of it. */
export const toldShort = textWith(entryText);
