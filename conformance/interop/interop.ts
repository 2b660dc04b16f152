import type {Repairs, RuleId} from '../../src/index.js';
import {atRandom, byList} from './choose.js';
import {type Choose, type Course, type Ending, run, type Seat} from './run.js';
import {shortened} from './shrink.js';
import type {Move, Simulation} from './simulation.js';
import {byStory} from './story.js';

/** How much is tried. */
export type Extent = {
  readonly runs: number;
  /** The most moves of one run before it settles. */
  readonly length: number;
  /** The first run starts from it, the next from the number after it. */
  readonly seed: number;
  /** Only this story instead; null for all of them, and then runs. */
  readonly story: string | null;
  /** One run with just these choices instead; null for random ones. */
  readonly choices: readonly (number | null)[] | null;
  readonly signal: AbortSignal | null;
};

export type Interop<M, Stimulus> = {
  readonly verdict: 'pass' | 'fail' | 'error' | 'inconclusive';
  /** The stories that were told to their end. */
  readonly stories: number;
  /** The story that went wrong; null where none did. */
  readonly story: string | null;
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
  {runs, length, seed, story, choices, signal}: Extent,
): Promise<Interop<M, Stimulus>> => {
  const rules = new Map<RuleId, number>();
  const done = {stories: 0, runs: 0, moves: 0};
  const summed = (): Pick<Interop<M, Stimulus>, 'stories' | 'runs' | 'moves' | 'rules'> => ({
    ...done,
    rules: [...rules].map(([id, steps]) => ({id, steps})).sort((a, b) => (a.id < b.id ? -1 : 1)),
  });
  const played = async (choose: Choose<World, M>): Promise<Course<M, Stimulus>> => {
    const course = await run(simulation, seats, choose, signal);
    done.moves += course.happened.length;
    for (const id of course.happened.flatMap(each => each.rules)) rules.set(id, (rules.get(id) ?? 0) + 1);
    return course;
  };
  const stories = choices === null ? simulation.stories.filter(({name}) => story === null || name === story) : [];
  for (const each of stories) {
    const course = await played(byStory(each));
    const verdict = VERDICTS[course.ending.type];
    if (verdict !== 'pass') return {...summed(), verdict, story: each.name, course};
    done.stories += 1;
  }
  const most = choices !== null ? 1 : story === null ? runs : 0;
  for (; done.runs < most; done.runs++) {
    const random = atRandom<M>(seed + done.runs, length, simulation.calm);
    const course = await played(choices === null ? random : byList<M>(choices));
    const verdict = VERDICTS[course.ending.type];
    if (verdict === 'pass') continue;
    const isShown = choices !== null || verdict !== 'fail';
    const shown = isShown ? course : await shortened(simulation, seats, course);
    return {...summed(), verdict, story: null, course: shown};
  }
  return {...summed(), verdict: 'pass', story: null, course: null};
};

const VERDICTS = {
  Settled: 'pass',
  Stopped: 'inconclusive',
  Untold: 'inconclusive',
  Unexplained: 'fail',
  Violated: 'fail',
  Broken: 'error',
} as const satisfies Record<Ending<unknown>['type'], Interop<never, never>['verdict']>;
