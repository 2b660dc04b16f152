// Cases whose next step depends on the last answer, one after the other. Where there is a crew, each is rehearsed ahead
// over one of it, and then gone through in its turn with what was heard there: whoever looks on cannot tell.

import type {Driver, Heard} from '../driver.js';
import {type Bench, type Ending, newTally} from './bench.js';

/** A case. A rehearsal must go on whatever is found in it. */
export type Task<Config, State, Stimulus, Effect> = (
  bench: Bench<Config, State, Stimulus, Effect>,
  isRehearsal: boolean,
) => Promise<Ending<Stimulus> | null>;

/** So many cases are rehearsed ahead, for each of the crew. */
const AHEAD = 4;

/** Goes through all of them, until one is a reason to end. */
export const oneByOne = async <Config, State, Stimulus, Effect>(
  bench: Bench<Config, State, Stimulus, Effect>,
  tasks: Iterable<Task<Config, State, Stimulus, Effect>>,
): Promise<Ending<Stimulus> | null> => {
  const {crew = []} = bench.driver;
  for await (const {task, driver} of crew.length === 0 ? alone(bench, tasks) : rehearsed(bench, tasks, crew)) {
    const ending = await task({...bench, driver}, false);
    if (ending !== null) return ending;
  }
  return null;
};

type Turn<Config, State, Stimulus, Effect> = {
  readonly task: Task<Config, State, Stimulus, Effect>;
  readonly driver: Driver;
};

function* alone<Config, State, Stimulus, Effect>(
  {driver}: Bench<Config, State, Stimulus, Effect>,
  tasks: Iterable<Task<Config, State, Stimulus, Effect>>,
): Iterable<Turn<Config, State, Stimulus, Effect>> {
  for (const task of tasks) yield {task, driver};
}

async function* rehearsed<Config, State, Stimulus, Effect>(
  bench: Bench<Config, State, Stimulus, Effect>,
  tasks: Iterable<Task<Config, State, Stimulus, Effect>>,
  crew: readonly Driver[],
): AsyncGenerator<Turn<Config, State, Stimulus, Effect>> {
  const left = tasks[Symbol.iterator]();
  const idle = [...crew];
  const over = new AbortController();
  const signal = AbortSignal.any([over.signal, bench.tally.signal].filter(each => each !== null));
  const ahead: Promise<Turn<Config, State, Stimulus, Effect>>[] = [];

  const rehearsal = async (task: Task<Config, State, Stimulus, Effect>, driver: Driver) => {
    const heard: Heard[] = [];
    const tally = newTally(Number.POSITIVE_INFINITY, signal);
    await task({...bench, driver: recording(driver, heard), tally}, true);
    idle.push(driver);
    fill();
    return {task, driver: playing(heard)};
  };
  const fill = (): void => {
    while (idle.length > 0 && ahead.length < AHEAD * crew.length && !over.signal.aborted) {
      const {value: task, done} = left.next();
      const driver = done === true ? undefined : idle.pop();
      if (driver === undefined) return;
      ahead.push(rehearsal(task, driver));
    }
  };
  try {
    for (fill(); ahead.length > 0; fill()) yield (await ahead.shift()) as Turn<Config, State, Stimulus, Effect>;
  } finally {
    over.abort();
    await Promise.all(ahead);
  }
}

const recording = ({window, reset, step}: Driver, heard: Heard[]): Driver => {
  const noted = async (answer: Heard | Promise<Heard>): Promise<Heard> => {
    const told = await answer;
    heard.push(told);
    return told;
  };
  return {window, reset: config => noted(reset(config)), step: stimulus => noted(step(stimulus))};
};

/** Answers what was heard in the rehearsal. Whoever asks for more was led otherwise, which is a fault of ours. */
const playing = (heard: readonly Heard[]): Driver => {
  let next = 0;
  const answer = (): Heard => {
    const told = heard[next];
    next += 1;
    if (told === undefined) throw new Error('a case went on behind its rehearsal');
    return told;
  };
  return {window: 1, reset: answer, step: answer};
};
