// Random symmetric models as plain data. `symmetric-model.ts` makes models of them: whatever a process does is looked
// up in tables that all processes share, by what it sees of itself and of others, never by who it is.

import fc from 'fast-check';

/** What a deed changes; `who` says which process it is about, `value` is the new value. */
export type Deed = {
  readonly what: 'local' | 'global' | 'leader' | 'join' | 'leave' | 'send' | 'take' | 'drop' | 'vote';
  readonly who: 'self' | 'other' | 'nobody';
  readonly value: number;
};

/** By situation, modulo the length: the outcomes, each a list of deeds. */
export type Rule = {
  readonly fair: boolean;
  readonly about: 'self' | 'other' | 'token' | 'message';
  readonly table: readonly (readonly (readonly Deed[])[])[];
};

/** False where what is counted is `residue` modulo `modulus`; null is always true. */
export type Claim = {readonly modulus: number; readonly residue: number} | null;

export type Spec = {
  readonly processes: number;
  /** A second set of interchangeable keys; 0 for none. */
  readonly tokens: number;
  readonly locals: number;
  readonly rules: readonly Rule[];
  readonly invariant: Claim;
  readonly step: Claim;
  readonly quiescent: Claim;
  readonly deadlockAllowed: boolean;
};

/** How a declaration may be wrong: process 0, or what is renamed, is told apart. */
export type Mistake = 'action' | 'initial' | 'claim' | 'leader' | 'members' | 'mail' | 'votes';
export const MISTAKES: readonly Mistake[] = ['action', 'initial', 'claim', 'leader', 'members', 'mail', 'votes'];

const deed: fc.Arbitrary<Deed> = fc.record({
  what: fc.constantFrom('local', 'local', 'global', 'leader', 'join', 'leave', 'send', 'take', 'drop', 'vote'),
  who: fc.constantFrom('self', 'self', 'other', 'nobody'),
  value: fc.nat(2),
});

const outcomes = fc.array(fc.array(deed, {minLength: 1, maxLength: 3}), {maxLength: 2});

const rule: fc.Arbitrary<Rule> = fc.record({
  fair: fc.boolean(),
  about: fc.constantFrom('self', 'self', 'other', 'token', 'message'),
  table: fc.array(outcomes, {minLength: 1, maxLength: 5}),
});

const claim: fc.Arbitrary<Claim> = fc.option(
  fc
    .integer({min: 5, max: 60})
    .chain(modulus => fc.record({modulus: fc.constant(modulus), residue: fc.nat(modulus - 1)})),
  {freq: 3},
);

export const symmetricSpec: fc.Arbitrary<Spec> = fc.record({
  processes: fc.integer({min: 2, max: 3}),
  tokens: fc.integer({min: 0, max: 2}),
  locals: fc.integer({min: 2, max: 3}),
  rules: fc.array(rule, {minLength: 2, maxLength: 5}),
  invariant: claim,
  step: claim,
  quiescent: claim,
  deadlockAllowed: fc.boolean(),
});
