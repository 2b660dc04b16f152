import type {RuleId} from '../../src/index.js';
import type {Broken} from '../oracle/differing.js';
import type {Allowed, TracedStep} from '../report/result.js';
import type {Logged} from './log.js';

export const VALIDATION_FORMAT = 'holdfast-validation/1';

/**
 * `consistent`: every line is explained. `partial`: every line that could be judged is, and some could not, or only
 * with steps that were not logged. `violated`: nothing that is allowed explains a line. `inconclusive`: a bound was
 * reached.
 */
export type Answer = 'consistent' | 'partial' | 'violated' | 'inconclusive';

/** Where something stands. */
export type Place = {readonly file: string; readonly line: number; readonly host: string; readonly seq: number | null};

/**
 * `step`: no outcome that is allowed has these effects. `unsent`: it was received and, as its sender's log shows, never
 * sent. `early`: it was received before it was sent. `order`: the line does not stand where its number says. `form`:
 * the line, or the event in it, is none.
 */
export type ViolationKind = 'step' | 'unsent' | 'early' | 'order' | 'form';

/** About one line. */
export type Violation = Place & {
  readonly kind: ViolationKind;
  readonly reason: string;
  /** The last lines of the same module that are explained, then the one that is not. */
  readonly trace: readonly (TracedStep & {readonly line: number})[];
  /** The most likely first. */
  readonly broken: readonly Broken[];
  /** What would have been allowed, the nearest first. */
  readonly allowed: readonly Allowed[];
  readonly differences: readonly string[];
  /** Events that would explain these effects, in words. */
  readonly fitting: readonly string[];
};

/** Steps that were not logged, before the line of this place; one way in which they may have been taken. */
export type Assumed = Place & {readonly steps: readonly string[]; readonly ways: number};

/** Lines of one module that could not be judged: from the first to the one before the second, or to the end. */
export type Unjudged = Place & {readonly until: number | null; readonly reason: string};

/** What the log of one module has shown. */
export type ModuleReport = {
  readonly host: string;
  readonly module: Logged;
  readonly file: string;
  /** The repairs that it is judged by. */
  readonly repairs: readonly string[];
  readonly steps: number;
  readonly judged: number;
  /** The most states that explained a line. */
  readonly states: number;
  readonly rules: readonly {readonly id: RuleId; readonly steps: number}[];
  /** Each change of role, and how often it came: `secondary > primary`. */
  readonly roles: readonly {readonly change: string; readonly steps: number}[];
};

/** What is said of logs. Plain data. */
export type Validation = {
  readonly format: typeof VALIDATION_FORMAT;
  readonly answer: Answer;
  readonly reason: string | null;
  readonly lines: number;
  readonly modules: readonly ModuleReport[];
  readonly messages: {
    /** Received, and sent before as the log of the sender shows. */
    readonly matched: number;
    /** Received from a host whose log was not given. */
    readonly foreign: number;
    /** Received, and perhaps sent in lines that are missing. */
    readonly unknown: number;
  };
  readonly violation: Violation | null;
  /** The first of them; `assumptions` counts all. */
  readonly assumed: readonly Assumed[];
  readonly assumptions: number;
  readonly unjudged: readonly Unjudged[];
};
