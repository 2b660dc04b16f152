import type {Interruption} from './interruption.js';

/** A word of the command line that is served elsewhere. */
export type Word = {
  readonly name: string;
  readonly about: string;
  /** Reads what is said after the word, and answers the exit code. Loaded only when it is needed. */
  readonly load: () => Promise<(words: readonly string[], interruption: Interruption) => Promise<number>>;
};
