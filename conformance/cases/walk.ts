// Ways through a bound, one step after the other.

import type {Bench} from './bench.js';
import type {Slip} from './beyond.js';
import {beginningOf, type Choice, moved, type Position, stopped} from './position.js';

/** What to put to the subject next; null ends the walk. */
export type Choose<State, Stimulus, Effect> = (position: Position<State, Stimulus, Effect>) => Choice<Stimulus> | null;

/** How far a walk came: where it was when it ended, and why, if that is of interest. */
export type Walked<State, Stimulus, Effect> =
  | {readonly type: 'Done'; readonly position: Position<State, Stimulus, Effect>}
  | Exclude<ReturnType<typeof moved<unknown, State, Stimulus, Effect>>, {readonly type: 'Moved'}>;

/** Where to go on from after a step that nothing allows; null ends the walk. */
type OnSlip<State, Stimulus, Effect> = (
  slip: Slip<State, Stimulus, Effect>,
) => Position<State, Stimulus, Effect> | null;

const nowhere = () => null;

/** One walk from a reset on, as long as `choose` goes on. */
export const walking = async <Config, State, Stimulus, Effect>(
  bench: Bench<Config, State, Stimulus, Effect>,
  choose: Choose<State, Stimulus, Effect>,
  onSlip: OnSlip<State, Stimulus, Effect> = nowhere,
): Promise<Walked<State, Stimulus, Effect>> => {
  const {driver, config} = bench;
  const start = await driver.reset(JSON.stringify(config));
  return start.type === 'Broken' ? {...start, trail: []} : walkingOn(bench, beginningOf(bench), choose, onSlip);
};

/** The same from a position that the subject is in. */
export const walkingOn = async <Config, State, Stimulus, Effect>(
  bench: Bench<Config, State, Stimulus, Effect>,
  from: Position<State, Stimulus, Effect>,
  choose: Choose<State, Stimulus, Effect>,
  onSlip: OnSlip<State, Stimulus, Effect> = nowhere,
): Promise<Walked<State, Stimulus, Effect>> => {
  const {driver, tally} = bench;
  let position = from;
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
    const next = outcome.type === 'Rejected' ? onSlip({position, trail: outcome.trail}) : null;
    if (outcome.type !== 'Moved' && next === null) return outcome;
    position = outcome.type === 'Moved' ? outcome.position : (next ?? position);
  }
};
