// Subjects made of a specification itself: the reference, and whatever differs from it in a known way.

import type {Policy} from '../src/index.js';
import type {Specification} from './specification.js';
import type {Subject} from './subject.js';

/** The relation under a policy, as a subject like any other. */
export const referenceOf = <Config, State, Stimulus, Effect>(
  {start, outcomes}: Pick<Specification<Config, State, Stimulus, Effect>, 'start' | 'outcomes'>,
  policy: Policy,
): Subject<Config, Stimulus> => {
  let now: {readonly config: Config; readonly state: State} | null = null;
  return {
    reset: config => {
      now = {config, state: start(config)};
    },
    step: stimulus => {
      if (now === null) throw new Error('a step before the first reset');
      const {state, effects} = policy(outcomes(now.config, now.state, stimulus));
      now = {...now, state};
      return {effects};
    },
  };
};
