import fc from 'fast-check';
import type {ChannelKind} from '../../../model/define/slots.js';
import {
  anyOf,
  type Builder,
  by,
  type Change,
  type Model,
  model,
  type Outcome,
  type Read,
  type Readable,
  range,
} from '../../../model/index.js';

/** What a process does at one place of its program, or on a message. Numbers are taken modulo what there is. */
export type Deed = {
  readonly does: 'local' | 'shared' | 'turn' | 'add' | 'remove' | 'send' | 'send' | 'nothing';
  readonly target: number;
  readonly value: number;
};
export type Line = {
  /** It goes on only while this place has that value, or another: of its own, shared, a set or a derived one. */
  readonly waits: {readonly for: number; readonly is: number; readonly not: boolean} | null;
  /** By outcome. */
  readonly deeds: readonly (readonly Deed[])[];
  /** Where the program goes on: the next line, or some other. */
  readonly jumps: number | null;
};

/** What a model claims: nothing of any state, that quiescent states are as they are, or that something never holds. */
export type Claim =
  | {readonly type: 'Nothing'}
  | {readonly type: 'Quiescence'}
  /** It fails in states, or on steps that change the slot `of`, where all of this is seen. */
  | {readonly type: 'Never'; readonly kind: 'invariant' | 'step'; readonly when: readonly Sight[]; readonly of: number};

/** Something has a value, given by its text, before a step or after it. */
export type Sight = {readonly of: Readable<unknown>; readonly is: string; readonly isAfter: boolean};

export type Processes = {
  readonly programs: readonly (readonly Line[])[];
  readonly shared: number;
  readonly kind: ChannelKind;
  /**
   * Does whoever sends look first whether the inbox is full? Otherwise programs only go on, and handlers send
   * nothing.
   */
  readonly isGuarded: boolean;
  readonly perProcess: boolean;
  /** What a process does with a message, and at which line of its program it takes any; null: at every line. */
  readonly handler: {readonly deeds: readonly (readonly Deed[])[]; readonly at: number | null; readonly moves: boolean};
  readonly loses: boolean;
  readonly duplicates: boolean;
  readonly fair: readonly boolean[];
  readonly starts: number;
};

const VALUES = 3;
const MESSAGES = 2;
const LOADED = 2;

type Parts = ReturnType<typeof declared>;

const declared = (m: Builder, spec: Processes) => {
  const count = spec.programs.length;
  const at = m.slots('at', range(count), 0);
  const own = m.slots(
    'own',
    range(count),
    (p): ReturnType<typeof anyOf<number>> => anyOf(p === 0 ? range(spec.starts) : [0]),
  );
  const shared = m.slots('shared', range(spec.shared), 0);
  const set = m.set<number>('set');
  const channel = m.channel<{say: number}, number>('channel', range(spec.perProcess ? count : 1), {kind: spec.kind});
  const budget = m.slot('budget', 1);
  const sum = m.derive('sum', read => (read(own(0)) + read(shared(0))) % VALUES);
  const size = m.derive('size', read => read(set).length);
  const top = m.fold('top', shared.members, 0, (most, value) => Math.max(most, value));
  const loads = m.derives('load', channel.keys, (read, key) => Math.min(LOADED, read(channel(key)).length));
  return {count, at, own, shared, set, channel, budget, sum, size, top, loads};
};

const pick = <T>(list: readonly T[], n: number): T => list[n % list.length]!;

/** Everything of which a wait or a claim may ask the value, as a small number. */
const placesOf = ({at, own, shared, set, sum, size, top}: Parts): readonly Readable<unknown>[] => [
  ...at.members,
  ...own.members,
  ...shared.members,
  set,
  set.has(0),
  set.has(1),
  set.has(2),
  sum,
  size,
  top,
];

const numberOf = (value: unknown): number =>
  Array.isArray(value) ? value.reduce((sum, each) => sum + each, 0) : Number(value);

const turned = (value: number, by: number): number => (value + by) % VALUES;

const changeOf = (parts: Parts, p: number, {does, target, value}: Deed): readonly Change[] => {
  const {own, shared, set, channel} = parts;
  switch (does) {
    case 'local':
      return [own(p).set(value % VALUES)];
    case 'shared':
      return [pick(shared.members, target).set(value % VALUES)];
    case 'turn':
      return [pick(shared.members, target).update('turn', turned, value % VALUES)];
    case 'add':
      return [set.add(value % VALUES)];
    case 'remove':
      return [set.remove(value % VALUES)];
    case 'send':
      return [pick(channel.members, target).send({say: value % MESSAGES})];
    case 'nothing':
      return [];
  }
};

/** Each slot is set at most once, and not both set and updated. */
const compatible = (changes: readonly Change[]): readonly Change[] =>
  changes.filter(
    (change, i) =>
      !changes.some(
        (other, j) => other.slot === change.slot && (other.type === 'Set' ? j < i || change.type !== 'Set' : false),
      ),
  );

const outcomesOf = (
  parts: Parts,
  {kind, isGuarded}: Processes,
  read: Read,
  p: number,
  who: string,
  deeds: Line['deeds'],
  moved: readonly Change[],
): readonly Outcome[] => {
  const outcomes = deeds.map((each, n) =>
    by(`${who} ${n}`, ...compatible([...moved, ...each.flatMap(deed => changeOf(parts, p, deed))])),
  );
  if (!isGuarded || !counts(kind)) return outcomes;
  const {channel} = parts;
  const isFull = ({slot}: Change): boolean =>
    channel.members.some(inbox => inbox.index === slot && read(inbox).length >= LOADED);
  return outcomes.filter(({changes}) => !changes.some(isFull));
};

/** Does a channel hold ever more messages when they are sent again and again? */
const counts = (kind: ChannelKind): boolean => kind === 'multiset' || kind === 'fifo';

const declareClaim = (m: Builder, claim: Claim): void => {
  m.allowDeadlock();
  if (claim.type === 'Quiescence') m.quiescent('claim', () => true);
  if (claim.type !== 'Never') return;
  const {kind, when, of} = claim;
  const fails = (before: Read, after: Read): boolean =>
    when.every(sight => JSON.stringify((sight.isAfter ? after : before)(sight.of)) === sight.is);
  if (kind === 'invariant') m.invariant('claim', read => !fails(read, read));
  else m.stepProperty('claim', {of: [{index: of, name: ''}]}, (before, after) => !fails(before, after));
};

/** The model of some processes that claims something. */
export const processes = (spec: Processes, claim: Claim): Model =>
  model({
    name: 'processes',
    summary: 'Random processes.',
    build(m) {
      const parts = declared(m, spec);
      const {at, channel, budget} = parts;
      const places = placesOf(parts);
      spec.programs.forEach((program, p) => {
        m.action(`process ${p}`, spec.fair[p] === true ? {fair: 'weak'} : {}, (read): readonly Outcome[] => {
          const line = program[read(at(p))];
          if (line === undefined) return [];
          const {waits, deeds, jumps} = line;
          if (waits !== null && (numberOf(read(pick(places, waits.for))) === waits.is) === waits.not) return [];
          const goesOn = jumps === null || (counts(spec.kind) && !spec.isGuarded);
          const to = goesOn ? read(at(p)) + 1 : jumps % (program.length + 1);
          return outcomesOf(parts, spec, read, p, `${p} ${read(at(p))}`, deeds, [at(p).set(to)]);
        });
      });
      const receive = (read: Read, key: number, message: {readonly say: number}): readonly Outcome[] => {
        const {deeds, at: line, moves} = spec.handler;
        const sends = spec.isGuarded || !counts(spec.kind);
        if (line !== null && read(at(key)) !== line % 3) return [];
        const moved = moves && sends ? [at(key).set((read(at(key)) + 1) % 3)] : [];
        const heard = deeds.map(each =>
          each
            .filter(({does}) => sends || does !== 'send')
            .map(deed => ({...deed, value: deed.value + message.say, target: deed.target + key})),
        );
        return outcomesOf(parts, spec, read, key, `${key} hears ${message.say}`, heard, moved);
      };
      m.receive(channel, spec.fair.at(-1) === true ? {fair: 'weak'} : {}, receive);
      const spend = {slot: budget, f: (left: number) => (left > 0 ? left - 1 : null)};
      if (spec.loses) m.lose(channel, {spend});
      if (spec.duplicates) m.duplicate(channel, {spend}, receive);
      declareClaim(m, claim);
    },
  });

const deed: fc.Arbitrary<Deed> = fc.record({
  does: fc.constantFrom('local', 'local', 'shared', 'turn', 'add', 'remove', 'send', 'send', 'nothing'),
  target: fc.nat(5),
  value: fc.nat(5),
});
const deeds = fc.array(fc.array(deed, {maxLength: 2, size: 'max'}), {minLength: 1, maxLength: 2});

const line: fc.Arbitrary<Line> = fc.record({
  waits: fc.option(fc.record({for: fc.nat(20), is: fc.nat(2), not: fc.boolean()}), {freq: 2}),
  deeds,
  jumps: fc.option(fc.nat(3), {freq: 1}),
});

export const someProcesses: fc.Arbitrary<Processes> = fc.record({
  programs: fc.array(fc.array(line, {minLength: 1, maxLength: 4, size: 'max'}), {
    minLength: 2,
    maxLength: 4,
    size: 'max',
  }),
  shared: fc.integer({min: 1, max: 3}),
  kind: fc.constantFrom<ChannelKind>('set', 'multiset', 'fifo', 'sticky'),
  isGuarded: fc.boolean(),
  perProcess: fc.boolean(),
  handler: fc.record({deeds, at: fc.option(fc.nat(2)), moves: fc.boolean()}),
  loses: fc.boolean(),
  duplicates: fc.boolean(),
  fair: fc.array(fc.boolean(), {minLength: 5, maxLength: 5}),
  starts: fc.integer({min: 1, max: 2}),
});

/** Where to look, as numbers of whatever there is, and whether before a step or after it. */
export type Look = {readonly at: number; readonly isAfter: boolean};
export const someLooks: fc.Arbitrary<readonly Look[]> = fc.array(fc.record({at: fc.nat(40), isAfter: fc.boolean()}), {
  minLength: 1,
  maxLength: 4,
});
