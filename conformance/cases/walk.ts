// Random walks: long ways through a bound that is too large to cover.

import {type Bench, beginningOf, brought, type Ending, moved} from './bench.js';
import {type Random, randomFrom} from './random.js';
import type {Offer, World} from './world.js';

/** One walk of so many steps, fewer if nothing more can happen. Null when all of it was allowed. */
export const walked = async <Config, State, Stimulus, Effect>(
  bench: Bench<Config, State, Stimulus, Effect>,
  mostSteps: number,
  seed: number,
): Promise<Ending<Stimulus> | null> => {
  const random = randomFrom(seed);
  const halt = await brought(bench, []);
  if (halt !== null) return halt;
  let position = beginningOf(bench);
  while (position.trail.length < mostSteps) {
    const offer = chosen(position.world, random);
    if (offer === null) return null;
    const outcome = await moved(bench, position, offer);
    if (outcome.type !== 'Moved') return outcome;
    position = outcome.position;
  }
  return null;
};

/** First a source, then one of its offers: otherwise the kinds with many variants would crowd out the rest. */
const chosen = <Stimulus, Effect>(world: World<Stimulus, Effect>, random: Random): Offer<Stimulus> | null => {
  const sources = new Map<string, Offer<Stimulus>[]>();
  for (const offer of world.offers()) {
    const {source} = offer;
    const name = source.type === 'Happening' ? source.kind : `answer ${source.index}`;
    sources.set(name, [...(sources.get(name) ?? []), offer]);
  }
  const offers = [...sources.values()];
  const source = offers[random(Math.max(1, offers.length))];
  return source?.[random(source.length)] ?? null;
};
