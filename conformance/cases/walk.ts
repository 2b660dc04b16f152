// Ways through a bound that is too large to cover, one step after the other.

import type {Bench, Ending, OnRejected} from './bench.js';
import {beginningOf, type Choice, choicesAt, moved, type Position, stopped} from './position.js';
import {type Random, randomFrom} from './random.js';

/** What to put to the subject next; null ends the walk. */
type Choose<State, Stimulus, Effect> = (position: Position<State, Stimulus, Effect>) => Choice<Stimulus> | null;

/** How far a walk came: where it was when it ended, and why, if that is of interest. */
type Walked<State, Stimulus, Effect> =
  | {readonly type: 'Done'; readonly position: Position<State, Stimulus, Effect>}
  | Exclude<ReturnType<typeof moved<unknown, State, Stimulus, Effect>>, {readonly type: 'Moved'}>;

/** One walk from a reset on, as long as `choose` goes on. */
export const walking = async <Config, State, Stimulus, Effect>(
  bench: Bench<Config, State, Stimulus, Effect>,
  choose: Choose<State, Stimulus, Effect>,
): Promise<Walked<State, Stimulus, Effect>> => {
  const {driver, config, tally} = bench;
  const start = await driver.reset(JSON.stringify(config));
  if (start.type === 'Broken') return {...start, trail: []};
  let position = beginningOf(bench);
  while (true) {
    const choice = choose(position);
    if (choice === null) return {type: 'Done', position};
    const halt = stopped(bench, 1);
    if (halt !== null) return halt;
    const heard = await driver.step(choice.sent);
    tally.steps += 1;
    if (heard.type === 'Broken') {
      const {offer, ...taken} = choice;
      return {...heard, trail: [...position.trail, {...taken, stimulus: offer.stimulus, observed: [], heard: '[]'}]};
    }
    const outcome = moved(bench, position, choice, heard.text);
    if (outcome.type !== 'Moved') return outcome;
    position = outcome.position;
  }
};

/** One random walk of so many steps, fewer if nothing more can happen. Null when there is nothing to end for. */
export const walked = async <Config, State, Stimulus, Effect>(
  bench: Bench<Config, State, Stimulus, Effect>,
  mostSteps: number,
  seed: number,
  onRejected: OnRejected<Stimulus>,
): Promise<Ending<Stimulus> | null> => {
  const random = randomFrom(seed);
  const outcome = await walking(bench, position =>
    position.trail.length < mostSteps ? chosen(choicesAt(position), random) : null,
  );
  if (outcome.type === 'Done') return null;
  if (outcome.type !== 'Rejected') return outcome;
  return (await onRejected(outcome.trail)) ? null : {type: 'Stopped', reason: 'enough is wrong'};
};

/** First a source, then one of its offers: otherwise the kinds with many variants would crowd out the rest. */
export const chosen = <Stimulus>(choices: readonly Choice<Stimulus>[], random: Random): Choice<Stimulus> | null => {
  const sources = new Map<string, Choice<Stimulus>[]>();
  for (const choice of choices) {
    const {source} = choice.offer;
    const name = source.type === 'Happening' ? source.kind : `answer ${source.index}`;
    sources.set(name, [...(sources.get(name) ?? []), choice]);
  }
  const groups = [...sources.values()];
  const group = groups[random(Math.max(1, groups.length))];
  return group?.[random(group.length)] ?? null;
};
