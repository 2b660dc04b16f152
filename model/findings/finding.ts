import type {Repair} from '../../src/index.js';
import type {Result} from '../report/result.js';
import type {Measure, Question} from './hazard.js';

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
  /** The repairs that the scene heeds and that were tried. */
  readonly tried: readonly Repair[];
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

/** The least bound that holds for each variant; null where none that was tried does. */
export type Figures = Measure & {readonly least: Readonly<Record<string, number | null>>};

/** What was found about one hazard. */
export type Finding = {
  readonly hazard: string;
  readonly answers: readonly Answer[];
  readonly figures: readonly Figures[];
  readonly seconds: number;
};

/**
 * A hazard is real where the protocol as claimed breaks a property; absent where complete explorations say it cannot.
 */
export type Outcome = 'real' | 'absent' | 'undecided';

export const outcomeOf = ({answers}: Finding): Outcome =>
  answers.some(({claimed}) => claimed.verdict === 'violated')
    ? 'real'
    : answers.length > 0 && answers.every(({claimed}) => claimed.verdict === 'holds')
      ? 'absent'
      : 'undecided';

/** Does the hardened protocol keep the property, in a complete exploration, or break it as is conceded? */
const isAsPromised = ({hardened, conceded}: Answer): boolean =>
  conceded === null ? hardened.verdict === 'holds' && hardened.complete : hardened.verdict === 'violated';

/** Is all answered, and as the hardened protocol promises it? */
export const isSettled = (finding: Finding): boolean =>
  finding.answers.length > 0 && finding.answers.every(isAsPromised) && outcomeOf(finding) !== 'undecided';

/** Is a hazard removed: does the hardened protocol keep every property that was asked about? */
export const isRemoved = ({answers}: Finding): boolean =>
  answers.length > 0 && answers.every(answer => isAsPromised(answer) && answer.conceded === null);
