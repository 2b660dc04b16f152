import {deliveries} from './deliveries.js';
import {type Each, type EachPair, type Predicate, tuples} from './each.js';
import {type Fair, fairnessOf} from './fairness.js';
import type {Outcome} from './outcome.js';
import {type Plain, range, setOf} from './plain.js';
import {
  type AnyOf,
  type Channel,
  type ChannelKind,
  type Family,
  familyOf,
  INBOX_HOLDS,
  type Inbox,
  inboxAt,
  type Members,
  memberName,
  type Readable,
  type SetSlot,
  type Slot,
  type SlotDescription,
  setSlotAt,
  slotAt,
} from './slots.js';
import {symmetries} from './symmetry.js';
import type {
  ActionDefinition,
  DerivedDefinition,
  NormaliserDefinition,
  PredicateDefinition,
  Read,
  SlotDefinition,
  StepDefinition,
  SymmetryDefinition,
  System,
  TemporalDefinition,
} from './system.js';
import {temporal} from './temporal.js';

type Keys = readonly Plain[];
/** Slots that one derived value of a fold reads. */
const FOLDED_AT_ONCE = 3;

type Initial<T> = T | AnyOf<T>;
type Outcomes = readonly Outcome[];

/** Collects the parts of one system while a model's `build` names them. */
export type Builder = ReturnType<typeof builder>['m'];

const valuesOf = <T>(initial: Initial<T>): readonly T[] =>
  typeof initial === 'object' && initial !== null && 'anyOf' in initial ? initial.anyOf : [initial as T];

export const builder = () => {
  const slots: SlotDefinition[] = [];
  const derived: DerivedDefinition[] = [];
  const sorts: string[] = [];
  const actions: ActionDefinition[] = [];
  const assumptions: PredicateDefinition[] = [];
  const invariants: PredicateDefinition[] = [];
  const quiescent: PredicateDefinition[] = [];
  const constraints: PredicateDefinition[] = [];
  const terminal: PredicateDefinition[] = [];
  const steps: StepDefinition[] = [];
  const temporals: TemporalDefinition[] = [];
  const interchangeable: SymmetryDefinition[] = [];
  const normalisers: NormaliserDefinition[] = [];
  let rules: readonly string[] = [];
  let deadlockAllowed = false;

  const names = new Set<string>();
  const named = (kind: string, name: string): string => {
    const full = `${kind} ${name}`;
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
    initial: Initial<T> | ((key: K) => Initial<T>),
    shape: Pick<SlotDescription, 'holds' | 'isInbox'>,
    memberAt: (index: number, name: string) => S,
  ): Family<K, S> => {
    const sort = sortNamed(family);
    const initialOf = (key: K) => (typeof initial === 'function' ? (initial as (key: K) => Initial<T>)(key) : initial);
    const members = keys.map(key => {
      const name = memberName(family, key);
      return memberAt(place({name, sort, initial: valuesOf(initialOf(key)), family, key, ...shape}), name);
    });
    return familyOf(family, keys, members);
  };

  const derive = <T>(name: string, value: (read: Read) => T): Readable<T> => {
    const at = derived.push({name, sort: sortNamed(name), value}) - 1;
    return {index: -at - 1, name};
  };

  const predicate =
    (kind: string, into: PredicateDefinition[]) =>
    (name: string, ...rest: readonly unknown[]): void => {
      const holds = rest[rest.length - 1] as PredicateDefinition['holds'];
      const each = rest.length === 2 ? (rest[0] as {each?: Keys}).each : undefined;
      into.push({name: named(kind, name), instances: tuples(each), holds});
    };

  const ofBehaviours = temporal(each => temporals.push({...each, name: named('property', each.name)}));

  const onChannels = deliveries(action => actions.push({...action, name: named('action', action.name)}));

  const m = {
    /** A variable of the state. */
    slot: <T>(name: string, initial: Initial<T>): Slot<T> => slotAt(placeAlone(name, valuesOf(initial), 'value'), name),

    /** One variable per key, all of one sort: `rm(3)`. */
    slots: <K extends Plain, T>(
      name: string,
      keys: readonly K[],
      initial: Initial<T> | ((key: K) => Initial<T>),
    ): Family<K, Slot<T>> =>
      slotFamily<K, T, Slot<T>>(name, keys, initial, {holds: 'value', isInbox: false}, slotAt<T>),

    /** A variable that holds a set; it starts empty unless told otherwise. */
    set: <T>(name: string, initial: readonly T[] = []): SetSlot<T> =>
      setSlotAt(placeAlone(name, [setOf(initial)], 'set'), name),

    /** One set per key. */
    sets: <K extends Plain, T>(name: string, keys: readonly K[], initial: readonly T[] = []): Family<K, SetSlot<T>> =>
      slotFamily<K, readonly T[], SetSlot<T>>(name, keys, setOf(initial), {holds: 'set', isInbox: false}, setSlotAt<T>),

    /** Messages under way: one inbox per key. */
    channel: <M, K extends Plain = Plain>(
      name: string,
      keys: readonly K[],
      {kind}: {readonly kind: ChannelKind},
    ): Channel<K, M> => {
      const shape = {holds: INBOX_HOLDS[kind], isInbox: true};
      const inboxes = slotFamily<K, readonly M[], Inbox<M>>(name, keys, [] as readonly M[], shape, (index, member) =>
        inboxAt<M>(index, member, kind),
      );
      return Object.assign(inboxes, {kind});
    },

    /** Something that may happen: one instance per element of `each`, or per element of the product of two lists. */
    action: ((name: string, ...rest: readonly unknown[]): void => {
      const settings = (rest.length === 2 ? rest[0] : {}) as Fair<Plain[]> & {each?: Keys};
      actions.push({
        name: named('action', name),
        ...fairnessOf(name, settings),
        instances: tuples(settings.each).map(parameters => ({parameters, delivery: null})),
        outcomes: rest[rest.length - 1] as ActionDefinition['outcomes'],
      });
    }) as {
      (name: string, outcomes: (read: Read) => Outcomes): void;
      (name: string, settings: Fair<[]> & {readonly each?: never}, outcomes: (read: Read) => Outcomes): void;
      <A, B>(
        name: string,
        settings: Fair<[A, B]> & EachPair<A, B>,
        outcomes: (read: Read, a: A, b: B) => Outcomes,
      ): void;
      <A>(name: string, settings: Fair<[A]> & Each<A>, outcomes: (read: Read, a: A) => Outcomes): void;
    },

    ...onChannels,

    /** A value computed from the state: remembered, not stored. */
    derive,

    /** One derived value per key. */
    derives: <K extends Plain, T>(
      name: string,
      keys: readonly K[],
      value: (read: Read, key: K) => T,
    ): Family<K, Readable<T>> =>
      familyOf(
        name,
        keys,
        keys.map(key => derive(memberName(name, key), read => value(read, key))),
      ),

    /**
     * A value over many slots, taken a few at a time, so that remembering it costs a sum of their sizes, not the
     * product.
     */
    fold: <T, A>(
      name: string,
      members: readonly Readable<T>[],
      initial: A,
      step: (accumulated: A, value: T, index: number) => A,
    ): Readable<A> => {
      const starts = range(Math.ceil(members.length / FOLDED_AT_ONCE)).map(n => n * FOLDED_AT_ONCE);
      return (
        starts.reduce<Readable<A> | null>((before, start) => {
          const end = Math.min(members.length, start + FOLDED_AT_ONCE);
          return derive(end === members.length ? name : `${name}[${end - 1}]`, read =>
            members
              .slice(start, end)
              .reduce((sum, member, i) => step(sum, read(member), start + i), before === null ? initial : read(before)),
          );
        }, null) ?? derive(name, () => initial)
      );
    },

    /** Keeps only the initial states of which this is true. */
    assume: (holds: (read: Read) => boolean): void => {
      assumptions.push({name: 'assumption', instances: [[]], holds});
    },

    /** True of every reachable state, or violated. */
    invariant: predicate('property', invariants) as Predicate,

    /** True of every state in which no fair action would change anything. */
    quiescent: predicate('property', quiescent) as Predicate,

    /**
     * States outside are generated and checked, but neither kept nor entered: the bound under which a verdict holds.
     */
    constraint: predicate('constraint', constraints) as Predicate,

    /** True of every step that changes one of the slots `of`. */
    stepProperty: <A = never>(
      name: string,
      {of, each}: {readonly of: readonly (Readable<unknown> | Members<unknown>)[]} & Partial<Each<A>>,
      holds: (before: Read, after: Read, parameter: A) => boolean,
    ): void => {
      const members = of.flatMap(one => ('members' in one ? one.members : [one]));
      named('property', name);
      for (const parameters of tuples(each)) {
        steps.push({
          name,
          of: members.map(({index}) => index),
          holds: (before, after) => holds(before, after, parameters[0] as A),
        });
      }
    },

    ...ofBehaviours,

    ...symmetries(each => interchangeable.push(each)),

    /** States that may have no successor. */
    terminal: (holds: (read: Read) => boolean): void => {
      terminal.push({name: 'terminal', instances: [[]], holds});
    },

    /** A state without successors is no violation. */
    allowDeadlock: (): void => {
      deadlockAllowed = true;
    },

    /** Replaces a slot's value in every successor by one that every future treats alike. */
    normalise: <T>(name: string, {of}: {readonly of: Readable<T>}, value: (value: T, read: Read) => T): void => {
      normalisers.push({
        name: named('normaliser', name),
        slot: of.index,
        parameters: [],
        value: value as NormaliserDefinition['value'],
      });
    },

    /** Rules that ought to fire; the coverage names those that never did. */
    rules: (ids: readonly string[]): void => {
      rules = ids;
    },
  };

  const system = (): System => ({
    slots,
    derived,
    sorts,
    actions,
    assumptions,
    invariants,
    quiescent,
    constraints,
    terminal,
    steps,
    temporal: temporals,
    symmetries: interchangeable,
    normalisers,
    rules,
    deadlockAllowed,
  });

  return {m, system};
};
