import type {Repair} from '../../src/index.js';
import type {Result} from '../report/result.js';
import type {Question} from './hazard.js';

/** What one exploration said, without its trace. */
export type Verdict = {
  readonly verdict: Result['verdict'];
  readonly complete: boolean;
  readonly distinct: number;
  readonly generated: number;
  readonly depth: number;
};

/** A shortest way to the failure. */
export type Counterexample = {
  readonly property: string;
  /** Steps after the initial state. */
  readonly steps: number;
  /** The rules that its steps cite, each once, in order of their first use. */
  readonly rules: readonly string[];
  /** Step by step, in words. */
  readonly story: string;
  /** A sequence diagram in Mermaid's language. */
  readonly diagram: string;
};

/** The answer to one question about one hazard. */
export type Answer = Question & {
  readonly claimed: Verdict;
  /** Null where the protocol as claimed does not break the property. */
  readonly counterexample: Counterexample | null;
  readonly hardened: Verdict;
  /**
   * The smallest sets of repairs with any of which the claims keep the property, found by search. Empty where there is
   * nothing to repair, and where no set of the sizes that were tried is enough.
   */
  readonly repairs: readonly (readonly Repair[])[];
  /** Sets of that size or smaller whose explorations were cut short, so that nobody knows. */
  readonly undecided: readonly (readonly Repair[])[];
  /** Repairs that the hardened protocol cannot do without, each taken out alone. */
  readonly needed: readonly Repair[];
};

/** What was found about one hazard. */
export type Finding = {readonly hazard: string; readonly answers: readonly Answer[]; readonly seconds: number};

/** A hazard is real where the protocol as claimed breaks a property; absent where complete explorations say it cannot. */
export type Outcome = 'real' | 'absent' | 'undecided';

export const outcomeOf = ({answers}: Finding): Outcome =>
  answers.some(({claimed}) => claimed.verdict === 'violated')
    ? 'real'
    : answers.length > 0 && answers.every(({claimed}) => claimed.verdict === 'holds')
      ? 'absent'
      : 'undecided';

/** Is a hazard removed: does the hardened protocol keep every property that was asked about, completely explored? */
export const isRemoved = ({answers}: Finding): boolean =>
  answers.length > 0 && answers.every(({hardened}) => hardened.verdict === 'holds' && hardened.complete);
