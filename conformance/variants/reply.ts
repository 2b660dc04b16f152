// The same replies, in another form.

import type {Specification} from '../specification.js';
import type {Reply, Subject} from '../subject.js';

const replying = <Config, Stimulus>(
  subject: Subject<Config, Stimulus>,
  change: (reply: Reply) => Reply,
): Subject<Config, Stimulus> => ({
  reset: subject.reset,
  step: async stimulus => change(await subject.step(stimulus)),
});

/** Moves each effect before all of those that it need not follow. */
export const reordered = <Config, State, Stimulus, Effect>(
  {ordering}: Specification<Config, State, Stimulus, Effect>,
  subject: Subject<Config, Stimulus>,
): Subject<Config, Stimulus> =>
  replying(subject, ({effects}) => ({
    effects: (effects as readonly Effect[]).reduce<readonly Effect[]>((done, effect) => {
      const place = done.findLastIndex(earlier => ordering(earlier, effect) !== null) + 1;
      return done.toSpliced(place, 0, effect);
    }, []),
  }));

/** Lists the keys of every object from the last to the first. */
export const backwards = <Config, Stimulus>(subject: Subject<Config, Stimulus>): Subject<Config, Stimulus> =>
  replying(subject, ({effects}) => ({effects: effects.map(turned)}));

const turned = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, part]) => [key, turned(part)]),
  );
};

/** Answers as a promise that is kept only after other work. */
export const later = <Config, Stimulus>(subject: Subject<Config, Stimulus>): Subject<Config, Stimulus> => ({
  reset: config => Promise.resolve().then(() => subject.reset(config)),
  step: stimulus => Promise.resolve().then(() => subject.step(stimulus)),
});
