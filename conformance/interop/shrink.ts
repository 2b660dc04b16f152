// Makes a run that went wrong as short as possible: leaves moves out, and tries what is left on the subjects.

import type {Repairs} from '../../src/index.js';
import {blamed} from '../oracle/blame.js';
import {byMoves} from './choose.js';
import {type Course, type Ending, run, type Seat} from './run.js';
import type {Move, Simulation} from './simulation.js';

/** How many shorter runs are tried, at most, and how many moves these may have together. */
const MOST_TRIALS = 400;
const MOST_MOVES = 60_000;

/** Moves as they were chosen; null for one that came by itself. */
type Played<M> = readonly (M | null)[];

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
  // What went wrong before the end shows before it.
  const settles = course.happened.at(-1)?.phase === 'settling';
  let best = course;
  let trials = 0;
  let moves = 0;
  const isTried = (): boolean => trials >= MOST_TRIALS || moves >= MOST_MOVES;
  for (const partsOf of CUTS) {
    let isShorter = false;
    let size = Math.ceil(partsOf(playedIn(best)).length / 2);
    while (size >= 1 && !isTried()) {
      isShorter = false;
      for (let start = 0; start < partsOf(playedIn(best)).length && !isTried(); ) {
        const played = playedIn(best);
        const out = new Set(
          partsOf(played)
            .slice(start, start + size)
            .flat(),
        );
        const shorter = await run(
          simulation,
          seats,
          byMoves(played.filter((_, index) => !out.has(index))),
          null,
          settles,
        );
        trials += 1;
        moves += shorter.happened.length;
        const isLess = playedIn(shorter).length < played.length;
        if (isLess && reasonIn(simulation, seats, shorter.ending) === wrong) {
          best = shorter;
          isShorter = true;
        } else {
          start += size;
        }
      }
      if (size > 1 || !isShorter) size = Math.floor(size / 2);
    }
  }
  return best;
};

/** What was played. */
const playedIn = <M extends Move>({happened}: Course<M, unknown>): Played<M> =>
  happened.flatMap(({phase, choice, move}) => (phase === 'playing' ? [choice === 'next' ? null : move] : []));

/**
 * How to cut a run into parts that may be left out, as places in it: each choice with what came by itself after it;
 * each choice alone; what came by itself between two; each move.
 */
const CUTS: readonly ((played: Played<unknown>) => readonly (readonly number[])[])[] = [
  played => blocksOf(played),
  played => withinBlocks(played, place => played[place] !== null),
  played => withinBlocks(played, place => played[place] === null),
  played => played.map((_, place) => [place]),
];

const withinBlocks = (played: Played<unknown>, isPart: (place: number) => boolean): readonly (readonly number[])[] =>
  blocksOf(played)
    .map(block => block.filter(isPart))
    .filter(({length}) => length > 0);

const blocksOf = (played: Played<unknown>): readonly (readonly number[])[] =>
  played.reduce<readonly (readonly number[])[]>((blocks, move, place) => {
    const last = blocks.at(-1);
    return move === null && last !== undefined ? [...blocks.slice(0, -1), [...last, place]] : [...blocks, [place]];
  }, []);

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
