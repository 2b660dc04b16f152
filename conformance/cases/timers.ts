// What becomes of timers that a module has ordered: the same in whatever surroundings it stands.

import {isSame} from '../canonical.js';
import type {Fate} from './world.js';

type TimerOrder = {readonly type: 'SetTimer' | 'CancelTimer'; readonly timer: unknown};

const isOrder = (effect: {readonly type: string}): effect is TimerOrder =>
  effect.type === 'SetTimer' || effect.type === 'CancelTimer';

const runs = (open: {readonly type: string}): open is TimerOrder => open.type === 'SetTimer';

/** A crash ends every timer, and one that has fired does not run any more. */
export const timerFateOnStimulus = (
  open: {readonly type: string},
  stimulus: {readonly type: string; readonly timer?: unknown},
): Fate =>
  runs(open) && (stimulus.type === 'Crashed' || (stimulus.type === 'TimerFired' && isSame(open.timer, stimulus.timer)))
    ? 'over'
    : 'open';

/** A timer that is set again starts anew; one that is cancelled may still fire, as a race that was lost. */
export const timerFateOnEffect = (open: {readonly type: string}, effect: {readonly type: string}): Fate => {
  if (!runs(open) || !isOrder(effect) || !isSame(open.timer, effect.timer)) return 'open';
  return effect.type === 'CancelTimer' ? 'late' : 'over';
};
