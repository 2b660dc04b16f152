// A subject as the suite drives it: JSON text in, JSON text out, so that neither side can change what the other holds.

import {Breakdown, type Outcome} from './adapter/breakdown.js';
import type {Subject} from './subject.js';

/** The effects as JSON text; or why there are none to judge, which is no verdict on the protocol. */
export type Heard =
  | {readonly type: 'Drained'; readonly text: string}
  | {readonly type: 'Broken'; readonly outcome: Outcome; readonly reason: string};

export type Driver = {
  /** How many requests may be under way at a time; 1 means that each waits for the answer to the one before. */
  readonly window: number;
  readonly reset: (config: string) => Heard | Promise<Heard>;
  readonly step: (stimulus: string) => Heard | Promise<Heard>;
  /** More of the same subject, over which cases may go on at once. Then this one is kept for what cannot wait. */
  readonly crew?: readonly Driver[];
};

/** More effects than this in one step are a subject that has run away. */
export const MOST_EFFECTS = 1000;

/** An object of this process, asked one thing at a time. */
export const driving = <Config, Stimulus>(subject: Subject<Config, Stimulus>): Driver => ({
  window: 1,
  reset: config => guarded('reset', subject.reset, config, () => ({type: 'Drained', text: '[]'})),
  step: stimulus => guarded('step', subject.step, stimulus, drained),
});

/** Calls with a copy of its own, whatever the subject does to it; and whatever the subject throws ends here. */
const guarded = <Given>(
  name: string,
  call: (given: Given) => unknown,
  given: string,
  read: (answer: unknown) => Heard,
): Heard | Promise<Heard> => {
  try {
    const answer = call(JSON.parse(given));
    return answer instanceof Promise
      ? answer.then(read).catch((thrown: unknown) => broken(name, thrown))
      : read(answer);
  } catch (thrown) {
    return broken(name, thrown);
  }
};

const broken = (name: string, thrown: unknown): Heard => {
  if (thrown instanceof Breakdown) return {type: 'Broken', outcome: thrown.outcome, reason: thrown.message};
  const message = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : 'no Error';
  return {type: 'Broken', outcome: 'threw', reason: `${name} threw ${message}`};
};

const drained = (reply: unknown): Heard => {
  const effects: unknown = typeof reply === 'object' && reply !== null && 'effects' in reply ? reply.effects : null;
  return Array.isArray(effects)
    ? ofEffects(effects)
    : {type: 'Broken', outcome: 'wrong-shape', reason: 'step answered without a list of effects'};
};

export const ofEffects = (effects: readonly unknown[]): Heard =>
  effects.length > MOST_EFFECTS
    ? {
        type: 'Broken',
        outcome: 'runaway',
        reason: `step answered with ${effects.length} effects: at most ${MOST_EFFECTS}`,
      }
    : {type: 'Drained', text: JSON.stringify(effects)};
