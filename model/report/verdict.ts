// What a verdict means, in sentences.

import {count, counted} from './numbers.js';
import type {Result, Simulation, Violation} from './result.js';
import {share} from './share.js';
import {printable} from './value.js';

/** Why the last state of the trace, or the trace itself, is a violation. The trace follows. */
export const accusation = ({simulation}: Result, {property, kind, trace}: Violation): string => {
  const name = printable(property);
  const steps = counted(trace.length - 1, 'step');
  const nearness = simulation === null ? 'No shorter way leads there' : 'There may be a shorter way';
  switch (kind) {
    case 'invariant':
      return `After ${steps} ${name} is false. ${nearness}`;
    case 'step':
      return `Step ${trace.length - 1} breaks ${name}. ${nearness}`;
    case 'quiescent':
      return `After ${steps} nothing fair is left to happen, and ${name} is false. ${nearness}`;
    case 'deadlock':
      return `After ${steps} nothing can happen any more, in a state that is not terminal. ${nearness}`;
    case 'temporal':
      return `This behaviour, which never ends, breaks ${name}`;
  }
};

/** How far random walks came. */
const walked = ({distinct, generated, depth, verdict}: Result, {seed, runs, unseen, isCounted}: Simulation): string => {
  const least = isCounted ? '' : 'at least ';
  const counts = `${least}${counted(distinct, 'distinct state')}, ${count(generated)} generated, depth ${count(depth)}`;
  const guess = `An estimated ${share(unseen, 1)} of the states on such walks were not among them`;
  return verdict === 'violated'
    ? `${counts} in ${counted(runs, 'random walk')} with seed ${seed}. The last one came upon the violation.`
    : `${counts} in ${counted(runs, 'random walk')}. ${guess}. Nothing wrong was found; of the rest nothing is known.`;
};

/** How far the verdict reaches. */
export const scope = (result: Result): string => {
  const {distinct, generated, depth, complete, simulation} = result;
  if (simulation !== null) return walked(result, simulation);
  const counts = `${counted(distinct, 'distinct state')}, ${count(generated)} generated, depth ${count(depth)}`;
  if (complete) return `${counts}. Every reachable state was explored.`;
  return result.verdict === 'violated'
    ? `${counts}. The search ended at the depth of the violation.`
    : `${counts} so far. Nothing wrong among these; of the rest nothing is known.`;
};
