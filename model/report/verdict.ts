// What a verdict means, in sentences.

import {count, counted} from './numbers.js';
import type {Result, Simulation, Violation} from './result.js';
import {share} from './share.js';
import {printable} from './value.js';

/** Were states left out? */
const isReduced = ({reductions = []}: Result): boolean => reductions.some(({active}) => active);

/** Why the last state of the trace, or the trace itself, is a violation. The trace follows. */
export const accusation = (result: Result, {property, kind, trace}: Violation): string => {
  const name = printable(property);
  const steps = counted(trace.length - 1, 'step');
  const isShortest = result.simulation === null && !isReduced(result);
  const nearness = isShortest ? 'No shorter way leads there' : 'There may be a shorter way';
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
  const {distinct, generated, depth, simulation} = result;
  if (simulation !== null) return walked(result, simulation);
  const counts = `${counted(distinct, 'distinct state')}, ${count(generated)} generated, depth ${count(depth)}`;
  return `${counts}${reach(result)}${unreduced(result)}`;
};

/** How far the counts go. */
const reach = (result: Result): string => {
  if (result.complete) return `. ${isReduced(result) ? REDUCED : 'Every reachable state was explored.'}`;
  return result.verdict === 'violated'
    ? '. The search ended at the depth of the violation.'
    : ' so far. Nothing wrong among these; of the rest nothing is known.';
};

const REDUCED =
  'Independent steps were not taken in every order; the orders that were left out lead to no other failure.';

/** Why a reduction that was asked for left nothing out. */
const unreduced = ({reductions = []}: Result): string =>
  reductions
    .flatMap(({reason}) =>
      reason === null ? [] : [` Partial-order reduction left nothing out: ${printable(reason)}.`],
    )
    .join('');
