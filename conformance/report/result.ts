import type {Level, RuleId} from '../../src/index.js';
import type {Outcome} from '../adapter/breakdown.js';
import type {Core} from '../cases/settlement.js';
import type {StoryReport} from '../cases/stories.js';
import type {Broken} from '../oracle/differing.js';

/**
 * `pass`: everything in every bound was tried and allowed. `fail`: the subject has left the specification. `error`: it
 * cannot be judged: it throws, answers in the wrong form, or differently when asked again. `inconclusive`: what was
 * tried was allowed, and not everything was tried.
 */
export type Verdict = 'pass' | 'fail' | 'error' | 'inconclusive';

/** What a suite says of a subject. Plain data. */
export type Result = {
  /** The kind of module, as the suite calls it. */
  readonly module: string;
  readonly verdict: Verdict;
  /** Why it is not a pass, in words; null if it is. */
  readonly reason: string | null;
  /** In which way it cannot be judged; null unless the verdict is `error`. */
  readonly outcome: Outcome | null;
  /** What the random walks were started from. The same seed leads the same subject the same way. */
  readonly seed: number;
  readonly coverage: Coverage;
  /** Those that were begun, in order. */
  readonly plans: readonly PlanReport[];
  /** The shortest way found to what is wrong; empty where nothing is. */
  readonly trace: readonly TracedStep[];
  /** The first of the failures; null unless the verdict is `fail`. */
  readonly failure: Failure | null;
  /** What came of the stories, in order. */
  readonly stories: readonly StoryReport[];
  /** One for each rule that is broken most likely, in the order in which they were found. */
  readonly failures: readonly Failure[];
};

/** How many cases were drawn, and what they cover. */
export type PlanReport = {
  readonly name: string;
  /** Gone through whole, as far as steps that nothing allows leave a way. */
  readonly isComplete: boolean;
  readonly steps: number;
  readonly situations: number;
  readonly pairs: number;
  /** How many cases ended with a step that nothing allows. */
  readonly rejected: number;
  readonly rules: readonly {readonly id: RuleId; readonly steps: number}[];
  /** The same for steps beyond one that nothing allows. */
  readonly supposed: readonly {readonly id: RuleId; readonly steps: number}[];
  /** Rules that seem to be broken only beyond such a step, and so perhaps because of it. */
  readonly suspected: readonly RuleId[];
};

/** Which rules the cases have exercised. */
export type Coverage = {
  /** Plans that were gone through whole. */
  readonly completed: readonly string[];
  /** Plans that were not begun, or not finished. */
  readonly unfinished: readonly string[];
  /** Stimuli that the subject was given, repeated prefixes among them. */
  readonly steps: number;
  /** Situations told apart: explaining states, and what is open for an answer. */
  readonly situations: number;
  /** Pairs of explaining states and a stimulus that were judged. */
  readonly pairs: number;
  /** The rules that allowed a judged step, and how many. */
  readonly rules: readonly {readonly id: RuleId; readonly steps: number}[];
  /** The same for steps beyond one that nothing allows. */
  readonly supposed: readonly {readonly id: RuleId; readonly steps: number}[];
  /** Rules that seem to be broken only beyond such a step, and so perhaps because of it. */
  readonly suspected: readonly RuleId[];
};

/** One step of a case, as it was taken. */
export type TracedStep = {
  readonly stimulus: unknown;
  readonly effects: readonly unknown[];
  /** The same in words: the stimulus, then each effect. */
  readonly told: {readonly stimulus: string; readonly effects: readonly string[]};
  /** The rules that allow it; empty for a step that nothing allows. */
  readonly rules: readonly RuleId[];
};

/** About the last step of its trace; or about what does not come about, however long one waits. */
export type Failure = {
  /** `T-` and 8 hexadecimal digits: what was put to the subject, as one case. */
  readonly case: string;
  readonly plan: string;
  /** What the subject was told with `reset`. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Which of the offers each step took, from 0: with the plan, all that a replay needs. */
  readonly choices: readonly number[];
  /** In how many cases the same rule is broken most likely. */
  readonly cases: number;
  readonly trace: readonly TracedStep[];
  /** The most likely first. */
  readonly broken: readonly Broken[];
  /** What would have been allowed, the nearest to the observation first. */
  readonly allowed: readonly Allowed[];
  /** Where the specification stands before the last step, part by part; empty where it is not about that step. */
  readonly standing: readonly string[];
  /** How the observation differs from the nearest, or what is outstanding, in words. */
  readonly differences: readonly string[];
  /** How a core healed behind the choices; null where none did. */
  readonly settled: FailedSettling | null;
};

/** The steps since a core healed are not chosen: each is the one that comes next where everything is delivered. */
export type FailedSettling = {
  readonly core: Core;
  readonly steps: number;
  /** Within so many steps everything had to come about; null where the last step is what is wrong. */
  readonly bound: number | null;
};

/** What the specification would have allowed. */
export type Allowed = {
  readonly effects: readonly unknown[];
  readonly told: readonly string[];
  readonly rules: readonly {readonly id: RuleId; readonly level: Level}[];
};
