// Random models as plain data, so that a failing one can be printed and shrunk. `random-model.ts` makes models of them.

import fc from 'fast-check';
import type {ChannelKind} from '../../../model/define/slots.js';

/** Reads one thing after another, which ones depends on what the earlier ones held, and ends in a leaf. */
export type Tree<L> = {readonly leaf: L} | {readonly read: number; readonly then: readonly Tree<L>[]};

/** How the numbers of a slot's domain look as values. */
export type Dress = 'number' | 'text' | 'object' | 'list' | 'odds';

/** A slot's next value is `base` plus `slope` times what was read; so are arguments, elements and messages. */
export type ChangeSpec = {
  readonly type: 'set' | 'update' | 'add' | 'remove' | 'send';
  readonly target: number;
  readonly base: number;
  readonly slope: number;
};
export type OutcomeSpec = {
  readonly changes: readonly ChangeSpec[];
  readonly rules: readonly number[];
  readonly note: boolean;
};
export type OutcomesTree = Tree<readonly OutcomeSpec[]>;

/** False where what was read adds up to `residue` modulo `modulus`; null is always true. */
export type Claim = {readonly modulus: number; readonly residue: number} | null;
export type ClaimSpec = {readonly each: number; readonly tree: Tree<Claim>};
export type Fair = 'weak' | 'strong' | null;

export type Spec = {
  /** Each family's initial values are the numbers of `initial`, the same ones for each member. */
  readonly families: readonly {size: number; dress: Dress; members: number; initial: readonly number[]}[];
  readonly sets: readonly {readonly initial: readonly number[]}[];
  readonly channels: readonly {
    readonly kind: ChannelKind;
    readonly inboxes: number;
    readonly messages: number;
    readonly fair: Fair;
    readonly receive: OutcomesTree;
    readonly lose: 'never' | 'freely' | 'paid' | 'some';
    readonly duplicate: OutcomesTree | null;
  }[];
  /** Inboxes that could grow for ever are kept short by a constraint, else by those who send. */
  readonly constrained: boolean;
  readonly derived: readonly {readonly tree: Tree<number>; readonly size: number}[];
  readonly folds: boolean;
  readonly actions: readonly {each: readonly number[]; fair: Fair; tree: OutcomesTree}[];
  readonly invariants: readonly ClaimSpec[];
  readonly quiescent: readonly ClaimSpec[];
  readonly constraints: readonly ClaimSpec[];
  readonly assumption: Tree<Claim> | null;
  readonly terminal: Tree<Claim> | null;
  readonly steps: readonly {readonly of: readonly number[]; readonly tree: Tree<Claim>}[];
  readonly normalisers: readonly {readonly of: number; readonly by: number; readonly derived: boolean}[];
  readonly deadlockAllowed: boolean;
  /** A clock that runs through many values and takes other slots along. */
  readonly clock: {
    readonly length: number;
    readonly dress: Dress;
    readonly hands: readonly {readonly size: number; readonly speed: number; readonly isShared: boolean}[];
  } | null;
};

const treeOf = <L>(leaf: fc.Arbitrary<L>, depth: number): fc.Arbitrary<Tree<L>> => {
  const end = leaf.map((leaf): Tree<L> => ({leaf}));
  if (depth === 0) return end;
  const then = fc.array(treeOf(leaf, depth - 1), {minLength: 1, maxLength: 3, size: 'max'});
  return fc.oneof({weight: 1, arbitrary: end}, {weight: 2, arbitrary: fc.record({read: fc.nat(99), then})});
};

const change: fc.Arbitrary<ChangeSpec> = fc.record({
  type: fc.constantFrom('set', 'set', 'update', 'add', 'remove', 'send', 'send'),
  target: fc.nat(99),
  base: fc.nat(7),
  slope: fc.nat(2),
});

const outcome: fc.Arbitrary<OutcomeSpec> = fc.record({
  changes: fc.array(change, {maxLength: 3, size: 'max'}),
  rules: fc.array(fc.nat(4), {maxLength: 2}),
  note: fc.boolean(),
});

const outcomesTree = treeOf(fc.array(outcome, {maxLength: 3, size: 'max'}), 3);
const fair: fc.Arbitrary<Fair> = fc.constantFrom(null, null, 'weak', 'strong');
const dress: fc.Arbitrary<Dress> = fc.constantFrom('number', 'text', 'object', 'list', 'odds');
const numbers = fc.array(fc.nat(5), {minLength: 1, maxLength: 2});

/** Trees that are true nearly everywhere: with a model that fails at once, nothing is explored. */
const claims = (modulus: number): fc.Arbitrary<Tree<Claim>> => {
  const false1 = fc.record({modulus: fc.integer({min: 3, max: modulus}), residue: fc.nat(modulus)});
  return treeOf(fc.oneof({weight: 4, arbitrary: fc.constant(null)}, {weight: 1, arbitrary: false1}), 3);
};
const claim = (modulus: number): fc.Arbitrary<ClaimSpec> => fc.record({each: fc.nat(3), tree: claims(modulus)});
const some = <T>(arbitrary: fc.Arbitrary<T>, maxLength: number) => fc.array(arbitrary, {maxLength, size: 'max'});

const channel = fc.record({
  kind: fc.constantFrom<ChannelKind>('set', 'multiset', 'fifo', 'sticky'),
  inboxes: fc.integer({min: 1, max: 2}),
  messages: fc.integer({min: 1, max: 3}),
  fair,
  receive: outcomesTree,
  lose: fc.constantFrom<'never' | 'freely' | 'paid' | 'some'>('never', 'freely', 'paid', 'some'),
  duplicate: fc.option(outcomesTree),
});

const family = (members: number) =>
  fc.record({
    size: fc.integer({min: 2, max: 4}),
    dress,
    members: fc.integer({min: 1, max: members}),
    initial: numbers,
  });

const action = fc.record({each: some(fc.integer({min: 1, max: 3}), 2), fair, tree: outcomesTree});

/** What small and wide models have in common; a claim fails in one state of so many, or never. */
const parts = (modulus: number) => ({
  sets: some(fc.record({initial: fc.array(fc.nat(2), {maxLength: 2})}), 1),
  channels: some(channel, 2),
  constrained: fc.boolean(),
  derived: some(fc.record({tree: treeOf(fc.nat(9), 3), size: fc.integer({min: 2, max: 9})}), 3),
  folds: fc.boolean(),
  invariants: some(claim(modulus), 2),
  quiescent: some(claim(modulus), 2),
  constraints: some(claim(modulus), 1),
  assumption: fc.option(claims(9)),
  terminal: fc.option(claims(9)),
  steps: some(fc.record({of: fc.array(fc.nat(99), {minLength: 1, maxLength: 3}), tree: claims(modulus)}), 2),
  normalisers: some(fc.record({of: fc.nat(99), by: fc.nat(99), derived: fc.boolean()}), 3),
  deadlockAllowed: fc.oneof({weight: 4, arbitrary: fc.constant(true)}, {weight: 1, arbitrary: fc.constant(false)}),
});

export const smallSpec: fc.Arbitrary<Spec> = fc.record({
  ...parts(300),
  families: fc.array(family(3), {minLength: 1, maxLength: 3, size: 'max'}),
  actions: fc.array(action, {minLength: 1, maxLength: 5, size: 'max'}),
  clock: fc.constant(null),
});

const hand = fc.record({
  size: fc.constantFrom(2, 3, 17, 255, 256, 257, 600, 5000),
  speed: fc.integer({min: 1, max: 9}),
  isShared: fc.boolean(),
});

/** Few other slots, so that what the clock does is not multiplied by much. */
export const wideSpec: fc.Arbitrary<Spec> = fc.record({
  ...parts(5000),
  channels: some(channel, 1),
  families: some(family(1), 1),
  actions: some(action, 2),
  clock: fc.record({
    length: fc.integer({min: 2, max: 900}),
    dress,
    hands: fc.oneof(some(hand, 3), some(hand, 12), some(hand, 80)),
  }),
});
