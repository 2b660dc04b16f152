import type {Plain} from './plain.js';

/** A commutative update of one slot: a pure function, memoised under its name, its argument and the slot's value. */
export type Update = {readonly name: string; readonly apply: (value: never, argument: never) => unknown};

/** Tells the slots of one model from those of another, or of the same one built again. */
export type Owner = symbol;

/** What an outcome does to one slot. Slots that no change names keep their value. */
export type Change = {readonly slot: number; readonly owner?: Owner} & (
  | {readonly type: 'Set'; readonly value: unknown}
  | {readonly type: 'Update'; readonly update: Update; readonly argument: unknown}
);

/** One thing that may happen: what changes, which rules of a specification allow it, and a remark for the trace. */
export type Outcome = {
  readonly changes: readonly Change[];
  readonly rules?: readonly string[];
  readonly note?: string;
};

/** An outcome that makes these changes and leaves all other slots as they are. */
export const next = (...changes: readonly Change[]): Outcome => ({changes});

/** An outcome that is allowed by one or several rules. */
export const by = (rules: string | readonly string[], ...changes: readonly Change[]): Outcome => ({
  rules: typeof rules === 'string' ? [rules] : rules,
  changes,
});

/** The value of every parameter of one action instance. */
export type Parameters = readonly Plain[];
