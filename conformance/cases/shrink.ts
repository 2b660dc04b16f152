// Makes a rejected trace as short as possible: drops steps, and tries each shorter trace on the subject itself.

import type {Repairs, RuleId} from '../../src/index.js';
import {canonical} from '../canonical.js';
import {blamed} from '../oracle/blame.js';
import type {Bench, Taken} from './bench.js';
import {meant} from './judging.js';
import {type Choice, choicesAt, meantBy, type Position} from './position.js';
import type {Owing} from './settle.js';
import {settled} from './settle.js';
import type {Settlement} from './settlement.js';
import {walking} from './walk.js';

/** Where a choice of stimuli leads: a trail that is as wrong as the one they are taken from, or null. */
type Attempt<Stimulus> = (wanted: readonly Stimulus[]) => Promise<readonly Taken<Stimulus>[] | null>;

/**
 * A trail no longer than the given one at which the attempt still succeeds. What a dropped step leaves without a cause
 * is dropped with it; what it only numbers differently is put to the subject with its new numbers.
 */
export const shortened = async <Config, State, Stimulus, Effect>(
  bench: Bench<Config, State, Stimulus, Effect>,
  trail: readonly Taken<Stimulus>[],
  attempt: Attempt<Stimulus>,
): Promise<readonly Taken<Stimulus>[]> => {
  let best = trail;
  let size = Math.ceil(trail.length / 2);
  while (size >= 1) {
    let isShorter = false;
    for (let start = 0; start < best.length; ) {
      const wanted = meantBy(bench, best).filter((_, index) => index < start || index >= start + size);
      const outcome = await attempt(wanted);
      if (outcome !== null && outcome.length < best.length) {
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

/** A trace no longer than the given one that is rejected for the same rule. */
export const shrunk = <Config extends {readonly repairs: Repairs}, State, Stimulus, Effect>(
  bench: Bench<Config, State, Stimulus, Effect>,
  trail: readonly Taken<Stimulus>[],
): Promise<readonly Taken<Stimulus>[]> => {
  const {specification, config} = bench;
  const broken = (steps: readonly Taken<Stimulus>[]): RuleId | null =>
    blamed(specification, config, steps)[0]?.rule ?? null;
  const rule = broken(trail);
  return shortened(bench, trail, async wanted => {
    const outcome = await led(bench, wanted);
    return outcome !== null && broken(outcome) === rule ? outcome : null;
  });
};

/** The steps before a core heals, no more than the given ones, behind which the same rule is still owed. */
export const shrunkOwing = async <Config, State, Stimulus, Effect>(
  bench: Bench<Config, State, Stimulus, Effect>,
  settlement: Settlement<Config, State, Stimulus>,
  found: Owing<State, Stimulus, Effect>,
): Promise<Owing<State, Stimulus, Effect>> => {
  let best = found;
  const rule = found.debts[0]?.rule;
  const {core, after} = found.healed;
  await shortened(bench, found.position.trail.slice(0, after), async wanted => {
    const outcome = await leading(bench, wanted);
    if (outcome.type !== 'Done') return null;
    const {trail} = outcome.position;
    const end = await settled(bench, settlement, core, outcome.position, () => {});
    if (end.type !== 'Settled' || end.debts[0]?.rule !== rule) return null;
    if (trail.length < best.healed.after) best = {...end, healed: {core, after: trail.length}};
    return trail;
  });
  return best;
};

/** Where these stimuli lead; what cannot be put to the subject is left out. */
export const leading = <Config, State, Stimulus, Effect>(
  bench: Bench<Config, State, Stimulus, Effect>,
  wanted: readonly Stimulus[],
): ReturnType<typeof walking<Config, State, Stimulus, Effect>> => {
  const left = [...wanted];
  return walking(bench, position => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const choice = choiceLike(bench, position, next);
      if (choice !== null) return choice;
    }
    return null;
  });
};

/** The trace up to its rejection, if these stimuli lead to one. */
const led = async <Config, State, Stimulus, Effect>(
  bench: Bench<Config, State, Stimulus, Effect>,
  wanted: readonly Stimulus[],
): Promise<readonly Taken<Stimulus>[] | null> => {
  const outcome = await leading(bench, wanted);
  return outcome.type === 'Rejected' ? outcome.trail : null;
};

/** What can be put to the subject here and is the wanted stimulus, or else is it but for its numbers. */
export const choiceLike = <Config, State, Stimulus, Effect>(
  bench: Bench<Config, State, Stimulus, Effect>,
  position: Position<State, Stimulus, Effect>,
  stimulus: Stimulus,
): Choice<Stimulus> | null => {
  const choices = choicesAt(position).map(choice => ({
    choice,
    text: canonical(meant(bench, position.explanation, choice.offer.stimulus)),
  }));
  const wanted = canonical(stimulus);
  const found =
    choices.find(({text}) => text === wanted) ?? choices.find(({text}) => unnumbered(text) === unnumbered(wanted));
  return found?.choice ?? null;
};

/** The text of a plain value without its numbers. */
export const unnumbered = (text: string): string => text.replace(/:-?\d+/g, ':0');
