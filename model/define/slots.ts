import {flaw, shown} from './flaw.js';
import type {Change, Owner, Update} from './outcome.js';
import {has, inserted, type Plain, setOf, without} from './plain.js';
import {plainList} from './settings.js';

declare const type: unique symbol;

/**
 * Something that an action may read: a slot of the state, whether an element is in the set that a slot holds, or a
 * value derived from slots.
 */
export type Readable<T> = {
  readonly index: number;
  readonly name: string;
  readonly owner?: Owner;
  /** The element that is looked for in the set, in a list of its own; absent where the whole value is read. */
  readonly sought?: readonly [unknown];
  readonly [type]?: T;
};

/** One variable of the state. */
export type Slot<T> = Readable<T> & {
  /** Give the slot a new value. */
  readonly set: (value: T) => Change;
  /** Change the slot by a commutative function of its value, without reading it. */
  readonly update: <A>(name: string, apply: (value: T, argument: A) => T, argument: A) => Change;
};

/** A slot that holds a set: a sorted list without repetitions. */
export type SetSlot<T> = Slot<readonly T[]> & {
  /** Whether an element is in: whoever reads this reads nothing else of the set. */
  readonly has: (element: T) => Readable<boolean>;
  /** Put an element in. */
  readonly add: (element: T) => Change;
  /** Take an element out. */
  readonly remove: (element: T) => Change;
};

/** What a slot is to whoever reads a state, where it is found by its name. */
export type SlotDescription = {
  readonly name: string;
  /** The family that it belongs to, under `key`; null for a slot that stands alone. */
  readonly family: string | null;
  readonly key: Plain;
  /** How its value is to be taken. A set and a bag are sorted lists. */
  readonly holds: 'value' | 'set' | 'bag' | 'sequence';
  /** Does it hold messages that are under way, to the receiver that is its key? */
  readonly isInbox: boolean;
};

/** The messages under way to one receiver. */
export type Inbox<M> = Readable<readonly M[]> & {
  /** Puts a message under way. */
  readonly send: (message: M) => Change;
};

/** One member per key, all of one sort: `rm(3)`. */
export type Family<K, S> = ((key: K) => S) & {readonly keys: readonly K[]; readonly members: readonly S[]};

/** A family as whoever does not care for its keys sees it. */
export type Members<T> = {readonly members: readonly Readable<T>[]};

/**
 * What a channel does to messages: `set` and `multiset` deliver in any order (identical messages merge, or do not),
 * `fifo` in the order of sending, `sticky` never forgets a message, so each is delivered any number of times.
 */
export type ChannelKind = 'set' | 'multiset' | 'fifo' | 'sticky';

/** The inboxes of all receivers, and what becomes of messages in them. */
export type Channel<K, M> = Family<K, Inbox<M>> & {readonly kind: ChannelKind};

/** Several initial values. */
export type AnyOf<T> = {readonly anyOf: readonly T[]};

/** The slot starts with any of these values. */
export const anyOf = <T>(values: readonly T[]): AnyOf<T> => {
  if (plainList('anyOf', values).length === 0) throw new RangeError('anyOf needs a value at least');
  return {anyOf: values};
};

export const slotAt = <T>(index: number, name: string, owner: Owner): Slot<T> => ({
  index,
  name,
  owner,
  set: value => ({type: 'Set', slot: index, owner, value}),
  update: (updateName, apply, argument) => {
    if (typeof updateName !== 'string' || typeof apply !== 'function')
      throw new RangeError(`an update of ${name} is update(name, f, argument), not update(${shown(updateName)}, ...)`);
    const update = {name: updateName, apply: apply as Update['apply']};
    return {type: 'Update', slot: index, owner, update, argument};
  },
});

/** Whoever spreads a list into a call that takes one element would lose the others, and see nothing of it. */
const only = <T>(what: string, given: readonly T[]): T => {
  if (given.length !== 1) throw new RangeError(`${what} takes one argument, not ${given.length}`);
  return given[0] as T;
};

const add = <T>(values: readonly T[], element: T): readonly T[] =>
  has(values, element) ? values : inserted(values, element);

export const setSlotAt = <T>(index: number, name: string, owner: Owner): SetSlot<T> => {
  const slot = slotAt<readonly T[]>(index, name, owner);
  return {
    ...slot,
    has: (...given) => {
      const element = only(`${name}.has`, given);
      const wrong = flaw(element);
      if (wrong !== null) throw new RangeError(`${name}.has takes plain data, not ${wrong}`);
      return {index, name: `${name}.has(${shown(element)})`, owner, sought: [element]};
    },
    set: elements => slot.set(flaw(elements) === null ? setOf(elements) : elements), // refused where it is set
    add: (...given) => slot.update('add', add, only(`${slot.name}.add`, given)),
    remove: (...given) => slot.update('remove', without, only(`${slot.name}.remove`, given)),
  };
};

const SEND = {
  set: add,
  sticky: add,
  multiset: <M>(messages: readonly M[], message: M): readonly M[] => inserted(messages, message),
  fifo: <M>(messages: readonly M[], message: M): readonly M[] => [...messages, message],
} satisfies {readonly [K in ChannelKind]: <M>(messages: readonly M[], message: M) => readonly M[]};

export const inboxAt = <M>(index: number, name: string, owner: Owner, kind: ChannelKind): Inbox<M> => {
  const slot = slotAt<readonly M[]>(index, name, owner);
  return {index, name, owner, send: (...given) => slot.update('send', SEND[kind], only(`${name}.send`, given))};
};

/** The index of a slot. Throws a RangeError for what can be read besides: derived values, and whether a set has one. */
export const slotIn = (what: string, readable: Readable<unknown> | undefined): number => {
  const index: unknown = readable?.sought === undefined ? readable?.index : null;
  if (typeof index !== 'number' || index < 0) throw new RangeError(`${what} is a slot, not ${shown(readable)}`);
  return index;
};

/** What a readable shows of the value of its slot, or of the derived value that it is. */
export const seenIn = (value: unknown, {sought}: Readable<unknown>): unknown =>
  sought === undefined ? value : has(value as readonly unknown[], sought[0]);

const PUTS: readonly unknown[] = [add, ...Object.values(SEND)];

/**
 * What an update does with its argument: puts it into a set, a bag or a sequence, or takes it out; null for an
 * author's own.
 */
export const verbOf = ({apply}: Update): 'put' | 'take' | null =>
  apply === without ? 'take' : PUTS.includes(apply) ? 'put' : null;

/** Messages that are under way from the start, as the inbox of a channel keeps them. */
export const underWay = <M>(kind: ChannelKind, messages: readonly M[]): readonly M[] =>
  messages.reduce((kept, message) => SEND[kind](kept, message), [] as readonly M[]);

/** How the messages of an inbox are to be taken. */
export const INBOX_HOLDS = {
  set: 'set',
  sticky: 'set',
  multiset: 'bag',
  fifo: 'sequence',
} satisfies {readonly [K in ChannelKind]: SlotDescription['holds']};

/** What delivery does to an inbox; a sticky one keeps the message. */
export const removal = (slot: number, message: unknown): Change => ({
  type: 'Update',
  slot,
  update: {name: 'deliver', apply: without as Update['apply']},
  argument: message,
});

/** A family as a function of its key. Asking for a key that it does not have is the author's mistake, said at once. */
export const familyOf = <K, S>(name: string, keys: readonly K[], members: readonly S[]): Family<K, S> => {
  const at = new Map<unknown, S>(keys.map((key, i) => [key, members[i] as S]));
  // Keys that are arrays or objects are found by their text as well, so that `network([p, q])` works.
  for (const [i, key] of keys.entries()) if (typeof key === 'object') at.set(JSON.stringify(key), members[i] as S);
  const member = (key: K): S => {
    const found = at.get(key) ?? (typeof key === 'object' ? at.get(JSON.stringify(key)) : undefined);
    if (found === undefined) throw new RangeError(`${name} has no key ${shown(key)}; it has ${shown(keys)}`);
    return found;
  };
  return Object.assign(member, {keys, members});
};

/** The name of a family's member. */
export const memberName = (name: string, key: Plain): string =>
  `${name}[${typeof key === 'string' ? key : JSON.stringify(key)}]`;
