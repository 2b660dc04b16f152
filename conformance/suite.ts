import type {Settlement} from './cases/settlement.js';
import type {Story} from './cases/story.js';
import {type Bound, type Surroundings, type World, worldWithin} from './cases/world.js';
import type {Specification} from './specification.js';

/** One way to try a subject: cover all of a bound, or walk at random through one that is too large for that. */
export type Plan<Config, Stimulus, Effect> = {
  readonly name: string;
  readonly config: Config;
  readonly world: World<Stimulus, Effect>;
  /** The longest case, in stimuli. */
  readonly length: number;
  /**
   * How many steps back two ways to the same explaining states are both tried, if other rules allowed them; unless it
   * is 0, also if they come from other states. More finds faults that stay out of sight for longer.
   */
  readonly recall: number;
  /** Set where the bound is so narrow that the core lane covers it too. */
  readonly isNarrow?: true;
  /** How many random walks; null covers every situation within the bound. */
  readonly walks: number | null;
  /** These stories, one after the other, instead of all that. */
  readonly stories?: readonly Story[];
  /**
   * Only these cases, by what they put to a subject in the relation's ids, instead of all that; then as many random
   * walks as there are, but without what has to come about in the end.
   */
  readonly cases?: readonly (readonly Stimulus[])[];
};

/** How much may happen in a plan, and how long its cases are. */
export type Bounded = Bound & {readonly length: number};

/** All of these kinds, as often as may be. */
export const always = (kinds: readonly string[]): Bound['happenings'] =>
  Object.fromEntries(kinds.map(kind => [kind, Number.POSITIVE_INFINITY]));

/** A story brings about what it tells, so nothing of it is counted. */
export const told = (kinds: readonly string[]): Bounded => ({
  length: 0,
  happenings: always(kinds),
  repeats: Number.POSITIVE_INFINITY,
  open: Number.POSITIVE_INFINITY,
});

/** A plan in these surroundings: with so many random walks, or null to cover the bound. */
export const planIn = <Config, Facts, Stimulus, Effect>(
  name: string,
  config: Config,
  surroundings: Surroundings<Facts, Stimulus, Effect>,
  {length, ...bound}: Bounded,
  {walks = null, recall = 1}: {readonly walks?: number | null; readonly recall?: number} = {},
): Plan<Config, Stimulus, Effect> => ({
  name,
  config,
  world: worldWithin(surroundings, bound),
  length,
  recall,
  walks,
});

/** What a kind of module is judged by, and how it is tried. */
export type Suite<Config, State, Stimulus, Effect> = {
  readonly specification: Specification<Config, State, Stimulus, Effect>;
  readonly plans: readonly Plan<Config, Stimulus, Effect>[];
  /** What is owed after a story or a walk, once a core has healed; null or left out where nothing is. */
  readonly settlement?: Settlement<Config, State, Stimulus> | null;
};
