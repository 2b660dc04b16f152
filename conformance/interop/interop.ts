import type {Repairs, RuleId} from '../../src/index.js';
import {atRandom, byList} from './choose.js';
import {type Course, run, type Seat} from './run.js';
import {shortened} from './shrink.js';
import type {Move, Simulation} from './simulation.js';

/** How much is tried. */
export type Extent = {
  readonly runs: number;
  /** The most moves of one run before it settles. */
  readonly length: number;
  /** The first run starts from it, the next from the number after it. */
  readonly seed: number;
  /** One run with just these choices instead; null for random ones. */
  readonly choices: readonly number[] | null;
  readonly signal: AbortSignal | null;
};

export type Interop<M, Stimulus> = {
  readonly verdict: 'pass' | 'fail' | 'error' | 'inconclusive';
  /** The runs that were gone through to their end. */
  readonly runs: number;
  readonly moves: number;
  /** How many steps of all hosts each rule allowed, sorted by rule. */
  readonly rules: readonly {readonly id: RuleId; readonly steps: number}[];
  /** The run that went wrong, as short as it could be made; null where none did. */
  readonly course: Course<M, Stimulus> | null;
};

/** Lets the subjects be one cluster, again and again, until something is wrong. */
export const interop = async <
  Config extends {readonly repairs: Repairs},
  State,
  Stimulus,
  Effect,
  World,
  M extends Move,
>(
  simulation: Simulation<Config, State, Stimulus, Effect, World, M>,
  seats: readonly Seat<Config>[],
  {runs, length, seed, choices, signal}: Extent,
): Promise<Interop<M, Stimulus>> => {
  const rules = new Map<RuleId, number>();
  let moves = 0;
  const summed = (done: number): Pick<Interop<M, Stimulus>, 'runs' | 'moves' | 'rules'> => ({
    runs: done,
    moves,
    rules: [...rules].map(([id, steps]) => ({id, steps})).sort((a, b) => (a.id < b.id ? -1 : 1)),
  });
  const most = choices === null ? runs : 1;
  for (let number = 0; number < most; number++) {
    const choose = choices === null ? atRandom<M>(seed + number, length) : byList<M>(choices);
    const course = await run(simulation, seats, choose, signal);
    moves += course.happened.length;
    for (const id of course.happened.flatMap(each => each.rules)) rules.set(id, (rules.get(id) ?? 0) + 1);
    const {type} = course.ending;
    if (type === 'Settled') continue;
    if (type === 'Stopped') return {...summed(number), verdict: 'inconclusive', course: null};
    if (type === 'Broken') return {...summed(number), verdict: 'error', course};
    const shown = choices === null ? await shortened(simulation, seats, course) : course;
    return {...summed(number), verdict: 'fail', course: shown};
  }
  return {...summed(most), verdict: 'pass', course: null};
};
