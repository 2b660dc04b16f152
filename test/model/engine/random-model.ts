import type {Plain} from '../../../model/define/plain.js';
import {
  anyOf,
  type Builder,
  type Change,
  type Inbox,
  type Model,
  model,
  type Outcome,
  product,
  type Read,
  type Readable,
  range,
  type SetSlot,
  type Slot,
} from '../../../model/index.js';
import type {ChangeSpec, Claim, ClaimSpec, Dress, OutcomeSpec, OutcomesTree, Spec, Tree} from './random-spec.js';

/** No inbox of a channel that counts its messages holds more of them. */
const SHORT = 2;
const SET_SIZE = 3;

const ODDS: readonly Plain[] = [null, false, true, '', -1.5, [], {}, [[]], 'null'];
const DRESSED: {readonly [D in Dress]: (n: number) => Plain} = {
  number: n => n,
  text: n => `v${n}`,
  object: n => ({n, even: n % 2 === 0}),
  list: n => [n, [n % 3]],
  odds: n => ODDS[n] ?? n,
};

/** The values of a slot, and what turns one into another; turns commute. */
const domainOf = (size: number, dress: Dress) => {
  const values = range(size).map(DRESSED[dress]);
  const numbers = new Map(values.map((value, n) => [JSON.stringify(value), n]));
  const at = (n: number): Plain => values[n % size] as Plain;
  const numberOf = (value: Plain): number => numbers.get(JSON.stringify(value)) ?? 0;
  return {at, numberOf, turned: (value: Plain, by: number): Plain => at(numberOf(value) + by)};
};
type Domain = ReturnType<typeof domainOf>;

/** Something that outcomes change: a slot with its domain, a set, or an inbox with the number of different messages. */
type Variable = {readonly slot: Slot<Plain>; readonly domain: Domain};
type Target = {readonly inbox: Inbox<Plain>; readonly messages: number; readonly counts: boolean};
type Parts = {
  readonly variables: readonly Variable[];
  readonly sets: readonly SetSlot<Plain>[];
  readonly targets: readonly Target[];
  readonly readables: readonly Readable<unknown>[];
};

/** A number for any value at all. */
const digest = (value: unknown): number => {
  let hash = 7;
  for (const character of JSON.stringify(value)) hash = (hash * 31 + character.charCodeAt(0)) % 1009;
  return hash;
};

const pick = <T>(list: readonly T[], n: number): T | undefined => list[n % Math.max(1, list.length)];

/** Walks down a tree; answers its leaf and the sum of what was read on the way. */
const walked = <L>(tree: Tree<L>, look: (ref: number) => number, sum = 0): {leaf: L; sum: number} => {
  if ('leaf' in tree) return {leaf: tree.leaf, sum};
  const seen = look(tree.read);
  return walked(tree.then[seen % tree.then.length] as Tree<L>, look, sum + seen);
};

const lookOf =
  (readables: readonly Readable<unknown>[], read: Read) =>
  (ref: number): number => {
    const readable = pick(readables, ref);
    return readable === undefined ? 0 : digest(read(readable));
  };

const isTrue = ({leaf, sum}: {leaf: Claim; sum: number}): boolean =>
  leaf === null || sum % leaf.modulus !== leaf.residue % leaf.modulus;

const holdsOf =
  (readables: readonly Readable<unknown>[], tree: Tree<Claim>) =>
  (read: Read, parameter = 0): boolean =>
    isTrue(walked(tree, lookOf(readables, read), parameter));

/** The change that a spec means, or null when there is nothing that it could change. */
const changeOf = ({variables, sets, targets}: Parts, {type, target, base, slope}: ChangeSpec, sum: number) => {
  const n = base + slope * sum;
  const variable = pick(variables, target);
  const set = pick(sets, target);
  const to = pick(targets, target);
  if (type === 'set') return variable?.slot.set(variable.domain.at(n)) ?? null;
  if (type === 'update') return variable?.slot.update('turn', variable.domain.turned, n % 7) ?? null;
  if (type === 'add') return set?.add(n % SET_SIZE) ?? null;
  if (type === 'remove') return set?.remove(n % SET_SIZE) ?? null;
  return to?.inbox.send({say: n % to.messages}) ?? null;
};

/** Without the changes of a slot that comes after a `Set` of it, or before. */
const compatible = (changes: readonly Change[]): readonly Change[] => {
  const fixed = new Map(changes.filter(({type}) => type === 'Set').map(each => [each.slot, each]));
  return changes.filter(each => !fixed.has(each.slot) || fixed.get(each.slot) === each);
};

const outcomeOf = (parts: Parts, {changes, rules, note}: OutcomeSpec, sum: number): Outcome => ({
  changes: compatible(changes.flatMap(each => changeOf(parts, each, sum) ?? [])),
  ...(rules.length === 0 ? {} : {rules: rules.map(n => `R-${n}`)}),
  ...(note ? {note: `after ${sum}`} : {}),
});

/** The outcomes of a tree. Unless a constraint does it, they keep the inboxes short that count their messages. */
const outcomesOf = (parts: Parts, tree: OutcomesTree, isGuarded: boolean, read: Read, start: number) => {
  const {leaf, sum} = walked(tree, lookOf(parts.readables, read), start);
  const all = leaf.map(each => outcomeOf(parts, each, sum));
  if (!isGuarded) return all;
  const isFull = ({slot, type}: Change): boolean => {
    const target = type === 'Set' ? undefined : parts.targets.find(({inbox}) => inbox.index === slot);
    return target?.counts === true && read(target.inbox).length >= SHORT;
  };
  return all.filter(({changes}) => !changes.some(isFull));
};

const declareState = (m: Builder, spec: Spec): Parts => {
  const variables = spec.families.flatMap(({size, dress, members, initial}, f) => {
    const domain = domainOf(size, dress);
    const first = anyOf(initial.map(domain.at));
    const slots =
      members === 1
        ? [m.slot<Plain>(`slot ${f}`, first)]
        : m.slots<number, Plain>(`family ${f}`, range(members), key => (key === 0 ? first : domain.at(key))).members;
    return slots.map(slot => ({slot, domain}));
  });
  const sets = spec.sets.map(({initial}, s) => m.set<Plain>(`set ${s}`, initial));
  const channels = spec.channels.map(({kind, inboxes, messages}, c) => ({
    channel: m.channel<Plain, number>(`channel ${c}`, range(inboxes), {kind}),
    messages,
    counts: kind === 'multiset' || kind === 'fifo',
  }));
  const targets = channels.flatMap(({channel, messages, counts}) =>
    channel.members.map(inbox => ({inbox, messages, counts})),
  );
  const budget = m.slot('budget', 1);
  const stored = [...variables.map(({slot}) => slot), ...sets, ...targets.map(({inbox}) => inbox), budget];
  const derived = spec.derived.reduce<readonly Readable<unknown>[]>(
    (known, {tree, size}, d) => [
      ...known,
      m.derive<Plain>(`derived ${d}`, read => {
        const {leaf, sum} = walked(tree, lookOf([...stored, ...known, ...sets.map(set => set.has(d))], read));
        return [(leaf + sum) % size];
      }),
    ],
    [],
  );
  const fold = m.fold<unknown, number>('fold', stored, 0, (sum, value, at) => (sum + at * digest(value)) % 11);
  const sought = sets.flatMap(set => range(SET_SIZE).map(n => set.has(n)));
  const readables = [...stored, ...sought, ...derived, ...(spec.folds ? [fold] : [])];
  const parts = {variables, sets, targets, readables};

  spec.channels.forEach(({fair, receive, lose, duplicate}, c) => {
    const {channel} = channels[c] as (typeof channels)[number];
    const handled = (tree: OutcomesTree) => (read: Read, key: number, message: Plain) =>
      outcomesOf(parts, tree, !spec.constrained, read, key + digest(message));
    const spend = {slot: budget, f: (left: number) => (left > 0 ? left - 1 : null)};
    m.receive(channel, {name: `receive ${c}`, ...(fair === null ? {} : {fair})}, handled(receive));
    if (lose === 'freely') m.lose(channel, {name: `lose ${c}`});
    if (lose === 'paid') m.lose(channel, {name: `lose ${c}`, spend});
    if (lose === 'some') m.lose(channel, {name: `lose ${c}`, when: message => digest(message) % 2 === 0});
    if (duplicate !== null) m.duplicate(channel, {name: `duplicate ${c}`, spend}, handled(duplicate));
  });
  return parts;
};

/** A clock slot that goes through its values once, and hands that turn with it. */
const declareClock = (m: Builder, {length, dress, hands}: NonNullable<Spec['clock']>): readonly Slot<Plain>[] => {
  const face = domainOf(length, dress);
  const clock = m.slot<Plain>('clock', face.at(0));
  const [shared, own] = [hands.filter(({isShared}) => isShared), hands.filter(({isShared}) => !isShared)];
  const largest = domainOf(Math.max(1, ...shared.map(({size}) => size)), dress);
  const family = m.slots<number, Plain>('hand', range(shared.length), largest.at(0)).members;
  const moves = [
    ...shared.map(({speed}, h) => ({slot: family[h] as Slot<Plain>, speed, domain: largest})),
    ...own.map(({size, speed}, h) => ({
      slot: m.slot<Plain>(`own hand ${h}`, 0),
      speed,
      domain: domainOf(size, 'number'),
    })),
  ];
  m.action('tick', read => {
    const time = face.numberOf(read(clock));
    if (time === length - 1) return [];
    const turns = moves.map(({slot, speed, domain}, h) =>
      h % 2 === 0 ? slot.update('turn', domain.turned, speed) : slot.set(domain.at((time + 1) * speed)),
    );
    return [{changes: [clock.set(face.at(time + 1)), ...turns]}];
  });
  return [clock, ...moves.map(({slot}) => slot)];
};

/**
 * Normalisers that can run in any order: each reads only its own slot and one that no normaliser changes, and rounds a
 * number down or takes elements and messages away.
 */
const declareNormalisers = (m: Builder, spec: Spec, {variables, sets, targets}: Parts): void => {
  const free = variables.filter((_, v) => v % 2 === 0);
  const rounded = variables.filter((_, v) => v % 2 === 1);
  const lists: readonly Readable<readonly Plain[]>[] = [...sets, ...targets.map(({inbox}) => inbox)];
  spec.normalisers.forEach(({of, by, derived}, n) => {
    const judge = pick(free, by)?.slot;
    if (judge === undefined) return;
    const asked = derived ? m.derive(`judge ${n}`, read => digest(read(judge)) % 3) : judge;
    const variable = pick(rounded, of);
    const list = pick(lists, of);
    if (variable !== undefined && (of < 50 || list === undefined)) {
      const {at, numberOf} = variable.domain;
      m.normalise(`round ${n}`, {of: variable.slot}, (value, read) => {
        const number = numberOf(value);
        return at(number - (number % (1 + (digest(read(asked)) % 3))));
      });
    } else if (list !== undefined) {
      m.normalise(`filter ${n}`, {of: list}, (values, read) =>
        values.filter(value => (digest(value) + digest(read(asked))) % 3 > 0),
      );
    }
  });
};

const declareClaims = (
  m: Builder,
  spec: Spec,
  {readables, targets}: Parts,
  stored: readonly Readable<unknown>[],
): void => {
  const each = (claim: ClaimSpec) => ({each: range(claim.each)});
  spec.invariants.forEach((claim, i) => {
    if (claim.each === 0) m.invariant(`invariant ${i}`, holdsOf(readables, claim.tree));
    else m.invariant(`invariant ${i}`, each(claim), holdsOf(readables, claim.tree));
  });
  spec.quiescent.forEach((claim, i) => {
    m.quiescent(`quiescent ${i}`, each({...claim, each: claim.each + 1}), holdsOf(readables, claim.tree));
  });
  spec.constraints.forEach(({tree}, i) => {
    m.constraint(`constraint ${i}`, holdsOf(readables, tree));
  });
  if (spec.constrained) {
    const counting = targets.filter(({counts}) => counts);
    m.constraint('short', read => counting.every(({inbox}) => read(inbox).length <= SHORT));
  }
  const {assumption, terminal} = spec;
  if (assumption !== null) {
    const isFirst = stored[0] === undefined ? () => true : holdsOf([stored[0]], assumption);
    m.assume(read => isFirst(read));
  }
  if (terminal !== null) m.terminal(read => !isTrue(walked(terminal, lookOf(readables, read))));
  if (spec.deadlockAllowed) m.allowDeadlock();
  spec.steps.forEach(({of, tree}, s) => {
    m.stepProperty(`step ${s}`, {of: of.flatMap(ref => pick(stored, ref) ?? [])}, (before, after) =>
      isTrue(walked(tree, ref => lookOf(readables, ref % 2 === 0 ? before : after)(ref >> 1))),
    );
  });
};

/** The model that a spec describes. */
export const modelOf = (spec: Spec): Model =>
  model({
    name: 'random',
    summary: 'A random model.',
    build(m) {
      const parts = declareState(m, spec);
      const hands = spec.clock === null ? [] : declareClock(m, spec.clock);
      const readables = [...hands, ...parts.readables];
      const all = {...parts, readables};
      const stored = readables.filter(({index, sought}) => index >= 0 && sought === undefined);
      spec.actions.forEach(({each, fair, tree}, a) => {
        const fairness = fair === null ? {} : {fair};
        const outcomes = (read: Read, x = 0, y = 0) => outcomesOf(all, tree, !spec.constrained, read, x + 3 * y);
        const [first, second] = each.map(range);
        if (first === undefined) m.action(`action ${a}`, fairness, read => outcomes(read));
        else if (second === undefined) m.action(`action ${a}`, {...fairness, each: first}, outcomes);
        else m.action(`action ${a}`, {...fairness, each: product(first, second)}, outcomes);
      });
      declareNormalisers(m, spec, parts);
      declareClaims(m, spec, all, stored);
      m.rules(range(6).map(n => `R-${n}`));
    },
  });
