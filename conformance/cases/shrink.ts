// Makes a rejected trace as short as possible: drops steps, and tries each shorter trace on the subject itself.

import type {Repairs, RuleId} from '../../src/index.js';
import {canonical} from '../canonical.js';
import {blamed, type Step} from '../oracle/blame.js';
import {type Bench, beginningOf, brought, meant, meantBy, moved, type Position} from './bench.js';
import type {Offer} from './world.js';

/**
 * A trace no longer than the given one that is rejected for the same rule. What a dropped step leaves without a cause
 * is dropped with it; what it only numbers differently is put to the subject with its new numbers.
 */
export const shrunk = async <Config extends {readonly repairs: Repairs}, State, Stimulus, Effect>(
  bench: Bench<Config, State, Stimulus, Effect>,
  trail: readonly Step<Stimulus>[],
): Promise<readonly Step<Stimulus>[]> => {
  const {specification, config} = bench;
  const broken = (steps: readonly Step<Stimulus>[]): RuleId | null =>
    blamed(specification, config, steps)[0]?.rule ?? null;
  const rule = broken(trail);
  let best = trail;
  let size = Math.ceil(trail.length / 2);
  while (size >= 1) {
    let isShorter = false;
    for (let start = 0; start < best.length; ) {
      const wanted = meantBy(bench, best).filter((_, index) => index < start || index >= start + size);
      const outcome = await rejected(bench, wanted);
      if (outcome !== null && outcome.length < best.length && broken(outcome) === rule) {
        best = outcome;
        isShorter = true;
      } else {
        start += size;
      }
    }
    if (size > 1 || !isShorter) size = Math.floor(size / 2);
  }
  return best;
};

/** The trace up to its rejection, if these stimuli lead to one. */
const rejected = async <Config, State, Stimulus, Effect>(
  bench: Bench<Config, State, Stimulus, Effect>,
  wanted: readonly Stimulus[],
): Promise<readonly Step<Stimulus>[] | null> => {
  if ((await brought(bench, [])) !== null) return null;
  let position = beginningOf(bench);
  for (const stimulus of wanted) {
    const offer = offerLike(bench, position, stimulus);
    if (offer === null) continue;
    const outcome = await moved(bench, position, offer);
    if (outcome.type === 'Rejected') return outcome.trail;
    if (outcome.type !== 'Moved') return null;
    position = outcome.position;
  }
  return null;
};

/** What can be put to the subject here and is the wanted stimulus, or else is it but for its numbers. */
const offerLike = <Config, State, Stimulus, Effect>(
  bench: Bench<Config, State, Stimulus, Effect>,
  {world, explanation}: Position<State, Stimulus, Effect>,
  stimulus: Stimulus,
): Offer<Stimulus> | null => {
  const offers = world.offers();
  const wanted = canonical(stimulus);
  return (
    offers.find(offer => canonical(meant(bench, explanation, offer.stimulus)) === wanted) ??
    offers.find(offer => unnumbered(meant(bench, explanation, offer.stimulus)) === unnumbered(stimulus)) ??
    null
  );
};

const unnumbered = (value: unknown): string => canonical(value).replace(/:-?\d+/g, ':0');
