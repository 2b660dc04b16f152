import type {Outcomes, RuleId} from '../src/index.js';
import type {Path} from './canonical.js';

/**
 * An id that the subject chooses itself, and so not the relation's: what the two call it is bound on first use and
 * compared by identity from then on.
 *
 * - `counts`: numbers that go up; one name for one thing, for ever.
 * - `adds`: a thing may get further names, and no name is ever used for another thing.
 * - `renews`: the thing is named anew; what it was called before means nothing any more.
 * - `current`: must be what it is called now.
 * - `free`: nobody looks at it.
 */
export type IdUse = {
  readonly path: Path;
  /** What kind of thing is named: ids of different spaces have nothing to do with each other. */
  readonly space: string;
  readonly use: 'counts' | 'adds' | 'renews' | 'current' | 'free';
  /** What the relation is given for an id that the subject never used. */
  readonly unknown: unknown;
  /** The rule that gives the id its meaning, broken where a wrong id is all that differs. */
  readonly rule: RuleId;
};

/** A situation that differs from the actual one in one respect. A subject that fits it has overlooked that respect. */
export type Mistake<Config, Stimulus> = {
  /** Completes the sentence "it acts as if ...". */
  readonly asIf: string;
  readonly config: Config;
  readonly stimulus: Stimulus;
  /** The rules that speak of the respect in question, or null where no list of rules does. */
  readonly rules: readonly RuleId[] | null;
  /** Rules that say what that respect is good for: whoever has overlooked it has not kept them. */
  readonly decides?: readonly RuleId[];
};

/** Two effects whose order matters, and the rule that says so; null for the order within one channel. */
export type Ordering = {readonly rule: RuleId | null};

/** What happens in words. */
export type Telling<Stimulus> = {
  /** A stimulus in words. */
  readonly tellStimulus: (stimulus: Stimulus) => string;
  /** An effect in words. */
  readonly tellEffect: (effect: unknown) => string;
};

/** One kind of module: the relation that is the law for it, and how its stimuli and effects are to be read. */
export type Specification<Config, State, Stimulus, Effect> = Telling<Stimulus> & {
  /** What the module is called in reports and case ids. */
  readonly module: string;
  /** How a module starts: what `reset` makes of a subject. */
  readonly start: (config: Config) => State;
  /** Every outcome that the specification allows. */
  readonly outcomes: (config: Config, state: State, stimulus: Stimulus) => Outcomes<State, Effect>;
  /** Whether a module comes up with this: all that it knows then is what it has kept; left out where none ends. */
  readonly isStart?: (stimulus: Stimulus) => boolean;
  /** The effects without those that change nothing: a subject may have them or not. Those of `outcomes` have none. */
  readonly withoutNeedless: (stimulus: Stimulus, effects: readonly unknown[]) => readonly unknown[];
  /** Whether a timer surely does not run, so that it may be cancelled or not; left out where there are no timers. */
  readonly isIdle?: (config: Config, state: State, timer: unknown) => boolean;
  /** The first letters of the rules that such a module is judged by. */
  readonly chapters: readonly string[];
  /** Whether the order of two effects of one step matters, whichever comes first. Effects alike must be ordered. */
  readonly ordering: (a: Effect, b: Effect) => Ordering | null;
  /** The ids that an effect names. */
  readonly idsInEffect: (config: Config, effect: Effect) => readonly IdUse[];
  /** The ids that a stimulus names. */
  readonly idsInStimulus: (config: Config, stimulus: Stimulus) => readonly IdUse[];
  /** A name for effects of the same kind, for whatever a subject sent: only such can be confused with each other. */
  readonly kindOf: (effect: unknown) => string;
  /** Whether an effect only follows from others, as a timer does that goes with a question. */
  readonly follows: (effect: unknown) => boolean;
  /** The rules that apply here and call for effects of this kind. */
  readonly callingFor: (config: Config, kind: string) => readonly RuleId[];
  /**
   * What survives a crash, as `Persist` has it, and for each part of that by its name the rules or chapters that speak
   * of it, the most telling part first; left out where nothing is persisted.
   */
  readonly keeping?: {
    /** What of a state survives. */
    readonly kept: (state: State) => unknown;
    /** By the name of a part of it: rules, or chapters. */
    readonly speaking: Readonly<Record<string, readonly string[]>>;
    /** The words for what comes after this was persisted last (null: nothing so far): what is known is left out. */
    readonly tellSince?: (last: unknown) => Telling<Stimulus>;
  };
  /** The parts of a state that a subject may forget to change, by name; each in words, with what rules speak of it. */
  readonly remembering?: Readonly<Record<string, {readonly what: string; readonly rules: readonly string[]}>>;
  /** A line for each part of a state that something depends on; left out where the parts are told as they are. */
  readonly standing?: (state: State) => readonly string[];
  /** Fields of effects, by name, and the rules that say what stands there. */
  readonly deciding?: Readonly<Record<string, readonly RuleId[]>>;
  /** Rules that say to whom something is sent: others are broken where it is sent to nobody. */
  readonly addressing?: readonly RuleId[];
  /** Rules by which what others demand is kept, written, passed on or answered: such a one is seldom what is broken. */
  readonly carrying?: readonly RuleId[];
  /** The mistakes that an implementation could make about this stimulus. */
  readonly mistakes: (config: Config, stimulus: Stimulus) => readonly Mistake<Config, Stimulus>[];
};
