import {claims} from './claims.js';
import {deliveries} from './deliveries.js';
import {derivations} from './derivations.js';
import {type Each, type EachOf, type Given, instancesOf} from './each.js';
import {type Fair, fairnessOf} from './fairness.js';
import type {Outcome, Owner} from './outcome.js';
import {type Plain, setOf} from './plain.js';
import {checkFunction, checkName, checkSettings, checkWord, plainList, settingsIn} from './settings.js';
import {
  type AnyOf,
  type Channel,
  type ChannelKind,
  type Family,
  familyOf,
  INBOX_HOLDS,
  type Inbox,
  inboxAt,
  memberName,
  type Readable,
  type SetSlot,
  type Slot,
  type SlotDescription,
  setSlotAt,
  slotAt,
  slotIn,
  underWay,
} from './slots.js';
import {symmetries} from './symmetry.js';
import type {
  ActionDefinition,
  NormaliserDefinition,
  Read,
  SlotDefinition,
  SymmetryDefinition,
  System,
  TemporalDefinition,
} from './system.js';
import {temporal} from './temporal.js';

type Initial<T> = T | AnyOf<T>;
/** What the members of a family start with. */
type Start<K, T> = Initial<T> | ((key: K) => Initial<T>);
type Outcomes = readonly Outcome[];

/** Collects the parts of one system while a model's `build` names them. */
export type Builder = ReturnType<typeof builder>['m'];

const valuesOf = <T>(initial: Initial<T>): readonly T[] =>
  typeof initial === 'object' && initial !== null && 'anyOf' in initial ? initial.anyOf : [initial as T];

const startOf = <K, T>(start: Start<K, T>, key: K): readonly T[] =>
  valuesOf(typeof start === 'function' ? (start as (key: K) => Initial<T>)(key) : start);

/** Lists to start with, each as a set, a bag or a sequence keeps its elements. */
const keptBy =
  <T>(what: string, kept: (elements: readonly T[]) => readonly T[]) =>
  (lists: readonly (readonly T[])[]): AnyOf<readonly T[]> => ({anyOf: lists.map(list => kept(plainList(what, list)))});

export const builder = () => {
  const owner: Owner = Symbol('model');
  const slots: SlotDefinition[] = [];
  const sorts: string[] = [];
  const actions: ActionDefinition[] = [];
  const temporals: TemporalDefinition[] = [];
  const interchangeable: SymmetryDefinition[] = [];
  const normalisers: NormaliserDefinition[] = [];
  let rules: readonly string[] = [];
  let deadlockAllowed = false;

  const names = new Set<string>();
  let isDone = false;
  const named = (kind: string, name: string): string => {
    checkName(kind, name);
    const full = `${kind} ${name}`;
    if (isDone) throw new RangeError(`${full} is declared after build has returned`);
    if (names.has(full)) throw new RangeError(`there are two of ${full}`);
    names.add(full);
    return name;
  };
  const sortNamed = (name: string): number => sorts.push(named('slot', name)) - 1;
  const place = (definition: SlotDefinition): number => slots.push(definition) - 1;
  const placeAlone = (name: string, initial: readonly unknown[], holds: SlotDescription['holds']): number =>
    place({name, sort: sortNamed(name), initial, family: null, key: null, holds, isInbox: false});

  const slotFamily = <K extends Plain, T, S>(
    family: string,
    keys: readonly K[],
    start: Start<K, T>,
    shape: Pick<SlotDescription, 'holds' | 'isInbox'>,
    memberAt: (index: number, name: string, owner: Owner) => S,
  ): Family<K, S> => {
    const sort = sortNamed(family);
    const members = plainList(`the keys of ${family}`, keys).map(key => {
      const name = named('slot', memberName(family, key));
      return memberAt(place({name, sort, initial: startOf(start, key), family, key, ...shape}), name, owner);
    });
    return familyOf(family, keys, members);
  };

  const computed = derivations(owner, sortNamed);

  const ofStates = claims(named);

  const ofBehaviours = temporal(each => temporals.push({...each, name: named('property', each.name)}));

  const onChannels = deliveries(action => actions.push({...action, name: named('action', action.name)}));

  const m = {
    /** A variable of the state. */
    slot: <T>(name: string, initial: Initial<T>): Slot<T> =>
      slotAt(placeAlone(name, valuesOf(initial), 'value'), name, owner),

    /** One variable per key, all of one sort: `rm(3)`. */
    slots: <K extends Plain, T>(name: string, keys: readonly K[], initial: Start<K, T>): Family<K, Slot<T>> =>
      slotFamily<K, T, Slot<T>>(name, keys, initial, {holds: 'value', isInbox: false}, slotAt<T>),

    /** A variable that holds a set; it starts empty unless told otherwise. */
    set: <T>(name: string, initial: Initial<readonly T[]> = []): SetSlot<T> => {
      const start = keptBy<T>(`set ${name}`, setOf)(valuesOf(initial));
      return setSlotAt(placeAlone(name, start.anyOf, 'set'), name, owner);
    },

    /** One set per key. */
    sets: <K extends Plain, T>(
      name: string,
      keys: readonly K[],
      initial: Start<K, readonly T[]> = [],
    ): Family<K, SetSlot<T>> => {
      const start = (key: K) => keptBy<T>(`sets ${name}`, setOf)(startOf(initial, key));
      return slotFamily(name, keys, start, {holds: 'set', isInbox: false}, setSlotAt<T>);
    },

    /** Messages under way: one inbox per key, empty unless `initial` says what lies in it from the start. */
    channel: <M, K extends Plain>(
      name: string,
      keys: readonly K[],
      settings: {readonly kind: ChannelKind; readonly initial?: Start<K, readonly M[]>},
    ): Channel<K, M> => {
      checkSettings(`channel ${name}`, settings, ['kind', 'initial']);
      const {kind, initial = []} = settings;
      checkWord(`kind of channel ${name}`, kind, Object.keys(INBOX_HOLDS), true);
      const shape = {holds: INBOX_HOLDS[kind], isInbox: true};
      const kept = keptBy<M>(`initial of channel ${name}`, messages => underWay(kind, messages));
      const start = (key: K) => kept(startOf(initial, key));
      const inboxes = slotFamily(name, keys, start, shape, (...member): Inbox<M> => inboxAt(...member, kind));
      return Object.assign(inboxes, {kind});
    },

    /** Something that may happen: one instance per element of `each`, or per element of a product of lists. */
    action: ((name: string, ...rest: readonly unknown[]): void => {
      const what = `action ${named('action', name)}`;
      const {settings, given} = settingsIn(what, rest, ['each', 'fair', 'fairAs']);
      actions.push({
        name,
        ...fairnessOf(name, settings as Fair<Plain[]>),
        instances: instancesOf(what, settings, [given]).map(parameters => ({parameters, delivery: null})),
        outcomes: given as ActionDefinition['outcomes'],
      });
    }) as {
      (name: string, outcomes: (read: Read) => Outcomes): void;
      (name: string, settings: Fair<[]> & {readonly each?: never}, outcomes: (read: Read) => Outcomes): void;
      <P extends readonly unknown[]>(
        name: string,
        settings: Fair<P> & EachOf<P>,
        outcomes: (read: Read, ...parameters: Given<P>) => Outcomes,
      ): void;
      <A>(name: string, settings: Fair<[A]> & Each<A>, outcomes: (read: Read, a: A) => Outcomes): void;
    },

    ...onChannels,

    ...computed.m,

    ...ofStates.m,

    ...ofBehaviours,

    ...symmetries(each => interchangeable.push(each)),

    /** A state without successors is no violation. */
    allowDeadlock: (): void => {
      deadlockAllowed = true;
    },

    /** Replaces a slot's value in every successor by one that every future treats alike. */
    normalise: <T>(name: string, settings: {readonly of: Readable<T>}, value: (value: T, read: Read) => T): void => {
      const what = `normaliser ${named('normaliser', name)}`;
      checkSettings(what, settings, ['of']);
      checkFunction(what, value, 2);
      normalisers.push({
        name,
        slot: slotIn(`of ${what}`, settings.of),
        parameters: [],
        value: value as NormaliserDefinition['value'],
      });
    },

    /** Rules that ought to fire; the coverage names those that never did. */
    rules: (ids: readonly string[]): void => {
      rules = plainList('rules', ids);
      for (const id of ids) checkName('rule', id);
    },
  };

  /** The system. Nothing can be declared after this. */
  const system = (): System => {
    isDone = true;
    return {
      owner,
      slots,
      derived: computed.derived,
      sorts,
      actions,
      ...ofStates.claims,
      temporal: temporals,
      symmetries: interchangeable,
      normalisers,
      rules,
      deadlockAllowed,
    };
  };

  return {m, system};
};
