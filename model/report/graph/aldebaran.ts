// A state graph as a labelled transition system that CADP, mCRL2 and LTSmin read.

import {printable} from '../value.js';
import {type StateGraph, statesOf, stepText} from './state-graph.js';

/** Labels end at the next double quote, whatever stands before it. */
const quoted = (text: string): string => `"${printable(text).replaceAll('"', "'")}"`;

/**
 * The graph in the Aldebaran format, in pieces. The format has one initial state, number 0. Where the model has
 * several, state 0 stands for none of them: a step `initial` leads from it to each, and the others are numbered from
 * 1. States have no content.
 */
export const aldebaranOf = function* (graph: StateGraph): Generator<string> {
  const {initial, states, steps} = graph;
  const hasOne = initial === 1;
  const first = hasOne ? 0 : 1;
  yield `des (0, ${hasOne ? steps : steps + initial}, ${states + first})\n`;
  if (!hasOne) for (let state = 0; state < initial; state++) yield `(0, "initial", ${state + first})\n`;
  for (const state of statesOf(graph)) {
    for (const step of graph.stepsFrom(state))
      yield `(${state + first}, ${quoted(stepText(step))}, ${step.target + first})\n`;
  }
};
