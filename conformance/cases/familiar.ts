// What may come next, known where it was asked for before: the same situations come again and again.

import {recalled} from '../canonical.js';

export type Source =
  | {readonly type: 'Happening'; readonly kind: string}
  | {readonly type: 'Answer'; readonly index: number; readonly answer: number};

/** An offer whose texts are made when somebody asks for them. */
export class Draft<Stimulus, From = Source> {
  readonly stimulus: Stimulus;
  readonly source: From & Source;
  #sent: string | null = null;
  #key: string | null = null;

  constructor(stimulus: Stimulus, source: From & Source) {
    this.stimulus = stimulus;
    this.source = source;
  }

  get sent(): string {
    this.#sent ??= JSON.stringify(this.stimulus);
    return this.#sent;
  }

  /** The same for equal stimuli. */
  get key(): string {
    this.#key ??= recalled(this.stimulus, this.sent);
    return this.#key;
  }
}

/** So much is kept, at most. */
const MOST_FACTS = 500;
const MOST_ANSWERED = 10_000;

type Happened = Extract<Source, {readonly type: 'Happening'}>;

/** What these surroundings may put to a subject, of their own accord or as an answer to the open effect of a number. */
export const familiar = <Facts, Stimulus, Effect>({
  happenings,
  answers,
}: {
  readonly happenings: (facts: Facts) => readonly {readonly kind: string; readonly stimulus: Stimulus}[];
  readonly answers: (facts: Facts, effect: Effect) => readonly Stimulus[];
}) => {
  const happening = new Map<string, readonly Draft<Stimulus, Happened>[]>();
  const answering = new Map<string, readonly Draft<Stimulus>[]>();
  return {
    happening: (facts: Facts) =>
      kept(happening, MOST_FACTS, JSON.stringify(facts), () =>
        happenings(facts).map(({kind, stimulus}) => new Draft(stimulus, {type: 'Happening', kind})),
      ),
    answering: (facts: Facts, effect: Effect, index: number) =>
      kept(answering, MOST_ANSWERED, JSON.stringify([index, effect, facts]), () =>
        answers(facts, effect).map((stimulus, answer) => new Draft(stimulus, {type: 'Answer', index, answer})),
      ),
  };
};

const kept = <T>(all: Map<string, T>, most: number, key: string, make: () => T): T => {
  const known = all.get(key);
  if (known !== undefined) return known;
  const made = make();
  if (all.size >= most) all.clear();
  all.set(key, made);
  return made;
};
