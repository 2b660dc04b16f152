// The built-in models, in the order in which they are listed and checked.

import type {Model} from './define/model.js';

/** One exploration of a built-in model that belongs to `holdfast check`, and what must come out. */
export type Trial = {
  readonly choices: Readonly<Record<string, string>>;
  readonly expected: 'holds' | 'violated';
};

export type Entry = {
  readonly name: string;
  /** Loads the model; until then it costs nothing. */
  readonly load: () => Promise<Model>;
  readonly trials: readonly Trial[];
};

export const CATALOGUE: readonly Entry[] = [
  {
    name: 'two-phase-commit',
    load: async () => (await import('./examples/two-phase-commit.js')).twoPhaseCommit,
    trials: [{choices: {}, expected: 'holds'}],
  },
];
