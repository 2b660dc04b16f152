import type {System} from '../../define/system.js';
import type {Violation, Warning} from '../../report/result.js';
import {isOutOfMemory} from '../errors.js';
import {explain} from '../explain.js';
import {type Graph, graphOf} from '../graph/graph.js';
import {type Pace, Stopped} from '../graph/pace.js';
import {first, stepTo} from '../retrace.js';
import {type Searched, stateAt} from '../search.js';
import {visitedFor} from '../visited.js';
import {fairness} from './fairness.js';
import {type Lasso, lassoIn} from './lasso.js';
import {instancesOf} from './region.js';

/** What became of the temporal properties. */
export type TemporalVerdict = {
  /** Of the first that is broken. */
  readonly violation: Violation | null;
  /** Why it is not known whether one is; null where it is. */
  readonly cut: string | null;
  /** Those that hold whatever happens. */
  readonly warnings: readonly Warning[];
};

const NOTHING_BROKEN: TemporalVerdict = {violation: null, cut: null, warnings: []};

/** Bytes that the graph and the search in it take at most, by state and by step. */
const BYTES = {state: 48, step: 5};

/**
 * Looks for a fair behaviour that breaks a temporal property, in the order of their declaration, on the graph of a
 * complete search that kept every state; `memoryBytes` is what the process may hold. Where a constraint bounds the
 * model, the behaviours are those that stay within it. The search cannot go on afterwards.
 */
export const temporalVerdict = async (
  system: System,
  searched: Searched,
  pace: Pace,
  memoryBytes = Number.POSITIVE_INFINITY,
): Promise<TemporalVerdict> => {
  if (system.temporal.length === 0) return NOTHING_BROKEN;
  const needed = searched.distinct * BYTES.state + searched.generated * BYTES.step;
  const cut = (why: string) => ({...NOTHING_BROKEN, cut: `${why} before the temporal properties were checked`});
  if (process.memoryUsage.rss() + needed > memoryBytes) return cut('out of memory');
  try {
    return await verdictOn(system, searched, pace);
  } catch (error) {
    if (error instanceof Stopped) return cut(error.message);
    if (isOutOfMemory(error)) return cut('out of memory');
    throw error;
  }
};

const verdictOn = async (system: System, searched: Searched, pace: Pace): Promise<TemporalVerdict> => {
  const {store, successors} = searched.expander;
  store.visited = visitedFor(successors.layout); // the queue holds every state as well
  const fair = fairness();
  const graph = await graphOf(system, searched, fair, pace);
  const warnings: Warning[] = [];
  for (const property of system.temporal) {
    const {name} = property;
    const reasons: (string | null)[] = [];
    for await (const {region, vacuity} of instancesOf(graph, property, pace)) {
      const lasso = await lassoIn(graph, fair, region, pace);
      if (lasso !== null) return {violation: told(system, graph, name, lasso), cut: null, warnings};
      reasons.push(vacuity);
    }
    const [reason = 'it has no instance'] = reasons;
    if (reason !== null && reasons.every(each => each !== null)) warnings.push({property: name, reason});
  }
  return {violation: null, cut: null, warnings};
};

const told = (
  system: System,
  {targets, searcher, expander}: Graph,
  property: string,
  {stem, loop}: Lasso,
): Violation => {
  const way = [...stem, ...loop.map(step => targets[step]!)].map(state => stateAt(searcher, state));
  const trace = way.map((state, step) => {
    if (step === 0) return first(system, expander, state);
    const from = way[step - 1]!;
    return stepTo(system, expander, from, explain(expander, from, state), step);
  });
  return {property, kind: 'temporal', trace, loop: stem.length - 1};
};
