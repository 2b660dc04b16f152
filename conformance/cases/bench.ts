// Where a subject is tried: it is given one stimulus at a time, and the oracle follows.

import type {RuleId} from '../../src/index.js';
import type {Outcome} from '../adapter/breakdown.js';
import type {Driver, Heard} from '../driver.js';
import type {Step} from '../oracle/earlier.js';
import type {Specification} from '../specification.js';
import type {Healed} from './settlement.js';
import type {World} from './world.js';

export type Bench<Config, State, Stimulus, Effect> = {
  readonly specification: Specification<Config, State, Stimulus, Effect>;
  readonly config: Config;
  readonly driver: Driver;
  /** The world at the beginning of each case. */
  readonly world: World<Stimulus, Effect>;
  /**
   * How many steps back situations are told apart by the rules that allowed them, besides by what explains them. Unless
   * it is 0, they are also told apart by what explained the subject one step earlier.
   */
  readonly recall: number;
  readonly tally: Tally;
};

/** What has been tried so far. It is added to in place. */
export type Tally = {
  /** Stimuli that the subject was given, repeated prefixes among them. */
  steps: number;
  readonly mostSteps: number;
  /** Aborted when somebody wants the run to stop. */
  readonly signal: AbortSignal | null;
  /** Situations told apart: explaining states, and what is open for an answer. */
  situations: number;
  /** Each pair of explaining states and a stimulus that was judged. */
  readonly pairs: Set<string>;
  /** Numbers for texts that are long and come often: the same for all tallies of a run. */
  readonly numbers: Map<string, number>;
  /** How many judged steps each rule allowed. */
  readonly rules: Map<RuleId, number>;
  /** The same for steps behind one that nothing allows. */
  readonly supposed: Map<RuleId, number>;
  /** Rules that seem to be broken behind a step that nothing allows: that may only follow from it. */
  readonly suspected: Set<RuleId>;
};

export const newTally = (
  mostSteps: number,
  signal: AbortSignal | null = null,
  numbers: Map<string, number> = new Map(),
): Tally => ({
  steps: 0,
  mostSteps,
  signal,
  situations: 0,
  pairs: new Set(),
  numbers,
  rules: new Map(),
  supposed: new Map(),
  suspected: new Set(),
});

/** A step of a case, with all that is needed to take it again. */
export type Taken<Stimulus> = Step<Stimulus> & {
  /** Which of the offers it was, from 0. */
  readonly choice: number;
  /** Stimulus and effects as JSON text. */
  readonly sent: string;
  readonly heard: string;
};

/** Why a search ended before it was done. */
export type Ending<Stimulus> =
  | {
      readonly type: 'Broken';
      readonly outcome: Outcome;
      readonly reason: string;
      readonly trail: readonly Taken<Stimulus>[];
    }
  | {readonly type: 'Stopped'; readonly reason: string};

/** Called with each trail whose last step, and none before it, nothing allows; answers whether to go on. */
export type OnRejected<Stimulus> = (trail: readonly Taken<Stimulus>[], healed?: Healed | null) => Promise<boolean>;

/** What a subject did in one case: an answer to each stimulus, up to the one at which it broke down. */
export type Told = {readonly answers: readonly string[]; readonly broken: Extract<Heard, {type: 'Broken'}> | null};

/** Puts a case to the subject, from a reset on. All at once, where the subject takes more than one thing at a time. */
export const put = async <Config, State, Stimulus, Effect>(
  {driver, config}: Bench<Config, State, Stimulus, Effect>,
  sent: readonly string[],
): Promise<Told> => {
  const start = driver.reset(textOf(config));
  const isOneByOne = driver.window === 1;
  const first = isOneByOne && start instanceof Promise ? await start : start;
  if (!(first instanceof Promise) && first.type === 'Broken') return {answers: [], broken: first};
  const answers: string[] = [];
  const underWay = isOneByOne ? null : sent.map(driver.step);
  const begun = await first;
  if (begun.type === 'Broken') return {answers, broken: begun};
  for (const [index, text] of sent.entries()) {
    const reply = underWay?.[index] ?? driver.step(text);
    const heard = reply instanceof Promise ? await reply : reply;
    if (heard.type === 'Broken') return {answers, broken: heard};
    answers.push(heard.text);
  }
  return {answers, broken: null};
};

const TEXTS = new WeakMap<object, string>();

/** A configuration is put to the subject at each reset: it becomes text once. */
const textOf = (config: unknown): string => {
  if (typeof config !== 'object' || config === null) return JSON.stringify(config);
  const text = TEXTS.get(config) ?? JSON.stringify(config);
  TEXTS.set(config, text);
  return text;
};
