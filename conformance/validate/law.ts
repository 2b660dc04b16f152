import type {Specification} from '../specification.js';
import type {Facts, Network} from './facts.js';

/** What a log is judged by: the specification of its module, and what a log leaves out. */
export type Law<Config, State, Stimulus, Effect> = {
  readonly specification: Specification<Config, State, Stimulus, Effect>;
  /** The schemas of `spec/schemas` that its configuration, its events and its effects have. */
  readonly forms: {readonly config: string; readonly event: string; readonly effect: string};
  /** The network of a message that names none. */
  readonly network: Network;
  /** How the module may stand at its first step, with what its disk held; null: it has never run before. */
  readonly begin: (config: Config, durable: unknown) => readonly State[];
  /** What an abrupt end is to the relation: nobody lives to log it. */
  readonly crashed: Stimulus;
  /** What may happen next, for all that is known: where a line is missing it was one of these, if it can be told. */
  readonly guesses: (config: Config, facts: Facts) => readonly Stimulus[];
  /** Whether ids of this space may still mean something in this state. */
  readonly isCurrent: (state: State, space: string) => boolean;
  /** The role of the module in this state. */
  readonly roleOf: (state: State) => string;
};
