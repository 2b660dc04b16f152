// A state graph as data for other programs.

import {type StateGraph, statesOf} from './state-graph.js';

const listed = function* (name: string, items: Iterable<unknown>): Generator<string> {
  yield `"${name}": [`;
  let separator = '\n';
  for (const item of items) {
    yield separator + JSON.stringify(item);
    separator = ',\n';
  }
  yield '\n]';
};

const stepsOf = function* (graph: StateGraph): Generator<object> {
  for (const source of statesOf(graph)) for (const step of graph.stepsFrom(source)) yield {source, ...step};
};

const contents = function* (graph: StateGraph): Generator<unknown> {
  for (const state of statesOf(graph)) yield graph.stateAt(state);
};

/**
 * The graph as one JSON object, in pieces. State number n is element n of `states`; the first `initial` are initial
 * ones. Of the states from number `expanded` on the steps are not known.
 */
export const jsonOf = function* (graph: StateGraph): Generator<string> {
  const {model, options, reason, initial, expanded, excluded} = graph;
  const head = JSON.stringify({model, options, complete: reason === null, reason, initial, expanded, excluded});
  yield `${head.slice(0, -1)},\n`;
  yield* listed('states', contents(graph));
  yield ',\n';
  yield* listed('steps', stepsOf(graph));
  yield '}\n';
};
