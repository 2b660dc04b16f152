import type {System} from '../../define/system.js';
import type {Violation} from '../../report/result.js';
import {type Graph, graphOf} from '../graph/graph.js';
import type {CheckLimits} from '../limits.js';
import {first, stepTo} from '../retrace.js';
import {type Searched, stateAt} from '../search.js';
import {fairnessOf} from './fairness.js';
import {type Lasso, lassoIn} from './lasso.js';
import {regionsOf} from './region.js';

/** What became of the temporal properties: the first that is broken, or why it is not known whether one is. */
export type TemporalVerdict = {readonly violation: Violation | null; readonly cut: string | null};

export const NOTHING_BROKEN: TemporalVerdict = {violation: null, cut: null};
const INTERRUPTED: TemporalVerdict = {
  violation: null,
  cut: 'interrupted before the temporal properties were checked',
};

/** Bytes that the graph and the search in it take, by state and by step. */
const BYTES = {state: 48, step: 8};

/**
 * Looks for a fair behaviour that breaks a temporal property, in the order of their declaration, on the graph of a
 * complete search. Where a constraint bounds the model, the behaviours are those that stay within it.
 */
export const temporalVerdict = async (
  system: System,
  searched: Searched,
  {signal, memoryBytes}: CheckLimits,
): Promise<TemporalVerdict> => {
  const {distinct, generated} = searched;
  if (system.temporal.length === 0) return NOTHING_BROKEN;
  const needed = distinct * BYTES.state + generated * BYTES.step;
  if (memoryBytes !== undefined && process.memoryUsage.rss() + needed > memoryBytes)
    return {violation: null, cut: 'out of memory before the temporal properties were checked'};
  const graph = await graphOf(system, searched, signal);
  const fairness = fairnessOf(graph);
  for (const property of system.temporal) {
    for (const region of regionsOf(graph, property)) {
      await new Promise(resolve => setImmediate(resolve));
      if (signal?.aborted === true) return INTERRUPTED;
      const lasso = lassoIn(graph, fairness, region);
      if (lasso !== null) return {violation: told(system, graph, property.name, lasso), cut: null};
    }
  }
  return NOTHING_BROKEN;
};

const told = (system: System, graph: Graph, property: string, {stem, loop}: Lasso): Violation => {
  const {leaving, targets, labels, meanings, searcher, expander} = graph;
  const stepsOfStem = stem.slice(1).map((state, i) => {
    const from = stem[i]!;
    return targets.subarray(0, leaving[from + 1]!).indexOf(state, leaving[from]!);
  });
  const steps = [...stepsOfStem, ...loop];
  const states = [stem[0]!, ...steps.map(step => targets[step]!)].map(state => stateAt(searcher, state));
  const trace = states.map((state, step) =>
    step === 0
      ? first(system, expander, state)
      : stepTo(system, expander, states[step - 1]!, {...meanings[labels[steps[step - 1]!]!]!, state}, step),
  );
  return {property, kind: 'temporal', trace, loop: stem.length - 1};
};
