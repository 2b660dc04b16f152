import {at, canonical, replaced} from '../canonical.js';
import type {IdUse, Specification} from '../specification.js';
import type {Subject} from '../subject.js';

/**
 * A subject behind ids of its own: numbers that count up in other steps, and where it may name a thing anew, a new name
 * each time, by which alone it knows the thing from then on.
 */
export const renamed = <Config, State, Stimulus, Effect>(
  {idsInEffect, idsInStimulus}: Specification<Config, State, Stimulus, Effect>,
  subject: Subject<Config, Stimulus>,
): Subject<Config, Stimulus> => {
  let now: Config | null = null;
  let named = 0;
  const current = new Map<string, unknown>();
  const meaning = new Map<string, unknown>();
  const key = (space: string, theirs: unknown): string => `${space} ${canonical(theirs)}`;
  const nameOf = ({space, use}: IdUse, ours: unknown): unknown => {
    if (use === 'counts') return 10 + 3 * Number(ours);
    if (use === 'current') return current.get(space);
    named += 1;
    const theirs = use === 'adds' ? {ticket: named} : named;
    const thing = use === 'renews' ? space : key(space, ours);
    meaning.delete(key(space, current.get(thing)));
    current.set(thing, theirs);
    meaning.set(key(space, theirs), ours);
    return theirs;
  };
  const meantBy = ({space, use, unknown}: IdUse, theirs: unknown): unknown => {
    if (use === 'counts') return (Number(theirs) - 10) / 3;
    return meaning.get(key(space, theirs)) ?? unknown;
  };
  return {
    reset: config => {
      now = config;
      named = 0;
      current.clear();
      meaning.clear();
      return subject.reset(config);
    },
    step: async stimulus => {
      if (now === null) throw new Error('a step before the first reset');
      const config = now;
      const inner = idsInStimulus(config, stimulus).reduce(
        (result, use) => replaced(result, use.path, meantBy(use, at(result, use.path))),
        stimulus,
      );
      const {effects} = await subject.step(inner);
      return {
        effects: (effects as readonly Effect[]).map(effect =>
          idsInEffect(config, effect).reduce(
            (result, use) => replaced(result, use.path, nameOf(use, at(result, use.path))),
            effect,
          ),
        ),
      };
    },
  };
};
