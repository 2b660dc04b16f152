import type {Model} from '../../define/model.js';
import {chosen, type Options} from '../../define/options.js';
import type {GraphStep, StateGraph} from '../../report/graph/state-graph.js';
import type {CheckLimits} from '../limits.js';
import {search, stateAt} from '../search.js';
import {systemOf} from '../system.js';
import {bare, type Graph, graphOf} from './graph.js';
import {everything, type Meaning} from './meanings.js';
import {paceFor} from './pace.js';

/** See `stateGraph` in on-demand.ts. */
export const stateGraph = async <O extends Options>(
  model: Model<O>,
  choices: Readonly<Record<string, unknown>> = {},
  limits: CheckLimits = {},
): Promise<StateGraph> => {
  const system = bare(systemOf(model, choices));
  const searched = await search(system, limits, {keeping: true});
  const notes = everything();
  const graph = await graphOf(system, searched, notes, paceFor(limits), true);
  const {states, initial, expanded, steps, targets, searcher} = graph;
  const {sortOf} = searcher.vector;
  const excluded = targets.reduce((count, target) => (target === states ? count + 1 : count), 0);
  return {
    model: model.name,
    options: chosen(model.options, choices),
    reason: searched.cut ?? (expanded < searched.expanded ? 'interrupted' : null),
    states,
    initial,
    expanded,
    steps: steps - excluded,
    excluded,
    stateAt: state => {
      const ids = stateAt(searcher, state);
      return Object.fromEntries(system.slots.map(({name}, slot) => [name, sortOf[slot]!.values[ids[slot]!]]));
    },
    stepsFrom: state => stepsFrom(graph, notes.meanings, state),
  };
};

const stepsFrom = (
  {leaving, targets, labels, states, expander}: Graph,
  meanings: readonly Meaning[],
  state: number,
): GraphStep[] => {
  const steps: GraphStep[] = [];
  for (let step = leaving[state]!; step < leaving[state + 1]!; step++) {
    const target = targets[step]!;
    if (target === states) continue;
    const {instance, effect} = meanings[labels[step]!]!;
    const {definition, parameters, message} = expander.transitions.instances[instance]!;
    steps.push({target, action: definition.name, parameters, message, rules: effect.rules, note: effect.note});
  }
  return steps;
};
