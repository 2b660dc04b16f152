// Whether a mutant can be told from the specification at all. The mutant and all that explains it are followed side by
// side through every situation there is, however long the way: the product of the two.

import {canonical, remembered} from '../canonical.js';
import type {World} from '../cases/world.js';
import {beginning, type Explanation, judged} from '../oracle/oracle.js';
import type {Specification} from '../specification.js';
import type {Mutant} from './mutant.js';

/** Surroundings without an end, and how far they are followed. */
export type Endless<Config, Stimulus, Effect> = {
  readonly config: Config;
  /** What may happen may do so for ever. */
  readonly world: World<Stimulus, Effect>;
  /** What bounds the situations, in words: no number of steps does. */
  readonly within: string;
  readonly isWithin: (state: unknown, facts: unknown) => boolean;
};

/**
 * `Equivalent`: in no situation does the mutant do what nothing allows. `ToldApart`: after so many stimuli it does.
 * `Undecided`: there are more situations than were asked for.
 */
export type Verdict =
  | {readonly type: 'Equivalent'; readonly situations: number; readonly transitions: number}
  | {readonly type: 'ToldApart'; readonly steps: number}
  | {readonly type: 'Undecided'; readonly situations: number};

type Pair<State, Stimulus, Effect> = {
  readonly state: State;
  readonly explanation: Explanation<State>;
  readonly world: World<Stimulus, Effect>;
};

/** Breadth first, so that what tells them apart is shortest. */
export const product = <Config, State, Stimulus, Effect>(
  specification: Specification<Config, State, Stimulus, Effect>,
  {fault, policy}: Mutant<Config, State, Stimulus, Effect>,
  {config, world: start, isWithin}: Endless<Config, Stimulus, Effect>,
  mostSituations: number,
): Verdict => {
  const faulty = fault(specification.outcomes);
  const seen = new Set<string>();
  let transitions = 0;
  let level: readonly Pair<State, Stimulus, Effect>[] = [
    {state: specification.start(config), explanation: beginning(specification, config), world: start},
  ];
  for (let steps = 1; level.length > 0; steps++) {
    const next: Pair<State, Stimulus, Effect>[] = [];
    for (const {state, explanation, world} of level) {
      for (const offer of world.offers()) {
        transitions += 1;
        const did = policy(faulty(config, state, offer.stimulus));
        const observed = specification.withoutNeedless(offer.stimulus, did.effects) as readonly Effect[];
        const judgement = judged(specification, config, explanation, offer.stimulus, observed);
        if (judgement.type === 'Unexplained') return {type: 'ToldApart', steps};
        const reached = {state: did.state, explanation: judgement.next, world: world.after(offer, observed)};
        if (!isWithin(did.state, reached.world.facts)) continue;
        const key = keyOf(reached);
        if (seen.has(key)) continue;
        seen.add(key);
        next.push(reached);
      }
    }
    if (seen.size > mostSituations) return {type: 'Undecided', situations: seen.size};
    level = next;
  }
  return {type: 'Equivalent', situations: seen.size, transitions};
};

const keyOf = <State, Stimulus, Effect>({state, explanation, world}: Pair<State, Stimulus, Effect>): string =>
  [textOf(state), ...explanation.map(canonical).sort(), canonical([world.facts, world.open])].join(' ');

const textOf = (state: unknown): string =>
  typeof state === 'object' && state !== null ? remembered(state) : canonical(state);
