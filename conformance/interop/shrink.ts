// Makes a run that went wrong as short as possible: leaves moves out, and tries what is left on the subjects.

import type {Repairs} from '../../src/index.js';
import {blamed} from '../oracle/blame.js';
import {byMoves} from './choose.js';
import {type Course, type Ending, run, type Seat} from './run.js';
import type {Move, Simulation} from './simulation.js';

/** How many shorter runs are tried, at most. */
const MOST_TRIALS = 400;

/** A run no longer than the given one that ends for the same reason. */
export const shortened = async <
  Config extends {readonly repairs: Repairs},
  State,
  Stimulus,
  Effect,
  World,
  M extends Move,
>(
  simulation: Simulation<Config, State, Stimulus, Effect, World, M>,
  seats: readonly Seat<Config>[],
  course: Course<M, Stimulus>,
): Promise<Course<M, Stimulus>> => {
  const wrong = reasonIn(simulation, seats, course.ending);
  let best = course;
  let trials = 0;
  let size = Math.ceil(chosenIn(course).length / 2);
  while (size >= 1 && trials < MOST_TRIALS) {
    let isShorter = false;
    for (let start = 0; start < chosenIn(best).length && trials < MOST_TRIALS; ) {
      const wanted = chosenIn(best).filter((_, index) => index < start || index >= start + size);
      const shorter = await run(simulation, seats, byMoves(wanted));
      trials += 1;
      if (chosenIn(shorter).length < chosenIn(best).length && reasonIn(simulation, seats, shorter.ending) === wrong) {
        best = shorter;
        isShorter = true;
      } else {
        start += size;
      }
    }
    if (size > 1 || !isShorter) size = Math.floor(size / 2);
  }
  return best;
};

/** What was played; null where that came by itself. */
const chosenIn = <M extends Move>({happened}: Course<M, unknown>): readonly (M | null)[] =>
  happened.flatMap(({phase, choice, move}) => (phase === 'playing' ? [choice === 'next' ? null : move] : []));

/** What a run ended for, as text: the same for runs that show the same fault. */
const reasonIn = <Config extends {readonly repairs: Repairs}, State, Stimulus, Effect, World, M extends Move>(
  {specification}: Simulation<Config, State, Stimulus, Effect, World, M>,
  seats: readonly Seat<Config>[],
  ending: Ending<Stimulus>,
): string => {
  switch (ending.type) {
    case 'Unexplained': {
      const seat = seats.find(({host}) => host === ending.host);
      const [first] = seat === undefined ? [] : blamed(specification, seat.config, ending.trail);
      return `${ending.type} ${seat?.name} ${first?.rule}`;
    }
    case 'Violated':
      return `${ending.type} ${ending.property}`;
    case 'Broken':
      return `${ending.type} ${ending.host} ${ending.outcome}`;
    default:
      return ending.type;
  }
};
