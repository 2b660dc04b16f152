// Partial-order reduction: of the orders in which independent actions may happen, some are not explored.

import type {System} from '../../define/system.js';
import type {Reduction} from '../../report/result.js';
import type {CheckLimits} from '../limits.js';
import {type Analysis, analyse} from './analysis.js';
import {Dependence} from './dependence.js';
import {Enabling} from './enabling.js';
import {Footprints} from './footprints.js';
import {Harm} from './harm.js';

/**
 * What a reduced search knows beforehand, and how it fares.
 *
 * In a state the search takes only the enabled instances of a stubborn set T (see `stubborn.ts`), provided that a
 * harmless outcome of one of them (see `harm.ts`) leads to a state that is still to be expanded; otherwise it takes
 * all. Then it finds a failure whenever the full search does. Let s be a state that it expands, and s -a1...an-> s' a
 * way to a state in which an invariant fails, or nothing can happen any more, or to a step a(n) that breaks a
 * property of steps.
 *
 * 1. If some a(i) is in T, let it be the first. Nobody outside T can have enabled it or changed what it reads, so it is
 *    enabled in s with the same outcomes, and what comes before it commutes with it: s -a(i)->
 * -a1...a(i-1)a(i+1)...an-> s' is
 *    a way from a state that the search finds, one step shorter, to the same state, by the same last step. If that
 * last step
 *    is a(i) itself and breaks a property, T holds all that concern such properties, so a1...a(n-1) do not, and the
 * step breaks
 *    the property when it is taken first as well.
 * 2. If none is, no enabled instance of T is touched by the way. So s' is no deadlock. Let t be the harmless outcome
 * that leads
 *    ahead: s -t-> r -a1...an-> r' is a way, and it ends in a failure as well, since t cannot hide one. It is no
 * shorter, but r
 *    is expanded after s; as only finitely many states are, case 1 comes in the end.
 *
 * In the same way, every outcome that some reachable state offers is taken somewhere, so the coverage says of the
 * same actions and rules that they never fired. For properties of quiescent states, T holds a fair instance that
 * changes the state whatever those outside do: no state on a way that avoids T is quiescent, so only case 1 is left;
 * states that have none are expanded in full.
 *
 * That dependence and enabling are known for states that the search does not visit is the work of `abstraction.ts`:
 * the traced reads tell what an action does in every combination of the values that it may ever read.
 *
 * Case 2 is the ignoring problem; that breadth-first search solves it by looking into its queue is due to D. Bosnacki
 * and G. Holzmann, "Improving Spin's partial-order reduction for breadth-first search" (2005), and to D. Bosnacki, S.
 * Leue and A. Lluch Lafuente, "Partial-order reduction for general state exploring algorithms" (2009). That one step
 * needs to be harmless, and only in one direction, is enough because only finite ways to failures are to be kept, not
 * behaviours up to stuttering (D. Peled, "All from one, one for all", 1993). What is said of s holds state by state,
 * so a search may go on in full at any time. But which states were left out depends on how it came to them: one that
 * went on from a checkpoint would not end with the counts of one that never stopped.
 */
export class Plan {
  readonly analysis: Analysis;
  readonly dependence: Dependence;
  readonly enabling: Enabling;
  readonly harm: Harm;
  /** Was something left out anywhere? */
  isOfUse = false;

  constructor(analysis: Analysis) {
    const footprints = new Footprints(analysis);
    this.analysis = analysis;
    this.dependence = new Dependence(footprints);
    this.enabling = new Enabling(footprints);
    this.harm = new Harm(analysis);
  }

  get report(): Reduction {
    return {name: 'partial-order', active: this.isOfUse, reason: this.isOfUse ? null : 'no state could be reduced'};
  }
}

/** Why a search cannot be reduced, whatever its actions do; null when it can. */
const obstacle = (system: System, {workers = 1, checkpoint, resume}: CheckLimits): string | null => {
  const {temporal, constraints, normalisers, symmetries} = system;
  if (temporal.length > 0) return 'the model has temporal properties, which speak of what may be put off for ever';
  if (constraints.length > 0) return 'the model has constraints, beyond which nothing is known';
  if (normalisers.length > 0) return 'the model has normalisers, which change slots behind its actions';
  if (symmetries.length > 0) return 'the model has symmetries, which reduce the search already';
  if (workers > 1) return 'several threads search, which do not know what the others have queued';
  if (checkpoint !== undefined || resume !== undefined) return 'the search goes on, and would leave out other states';
  return null;
};

/** The plan for a reduced search, or why there can be none. */
export const planFor = (system: System, limits: CheckLimits): Plan | string => {
  const reason = obstacle(system, limits);
  if (reason !== null) return reason;
  const analysis = analyse(system);
  return typeof analysis === 'string' ? analysis : new Plan(analysis);
};
