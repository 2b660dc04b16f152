// A state graph in the language of Graphviz.

import {stateText} from '../state.js';
import {printable} from '../value.js';
import {type StateGraph, statesOf, stepText} from './state-graph.js';

const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;
/** The text as it is to be read: in labels, Graphviz takes `&...;` for a character of HTML. */
const plain = (text: string): string => printable(text).replaceAll('&', '&amp;');
/** A label of one or more lines, each of them aligned to the left. */
const label = (lines: readonly string[]): string =>
  lines.map(line => `${quoted(plain(line)).slice(1, -1)}\\l`).join('');

/** Initial states have a thick border; states whose steps are not known have a dashed one. */
const borderOf = ({initial, expanded}: StateGraph, state: number): string =>
  state >= expanded ? ', style=dashed' : state < initial ? ', penwidth=2' : '';

/** An arrow for each state that steps lead to, with what these steps are called. */
const arrowsFrom = function* (graph: StateGraph, state: number): Generator<string> {
  const labels = new Map<number, Set<string>>();
  for (const step of graph.stepsFrom(state)) {
    const known = labels.get(step.target);
    if (known === undefined) labels.set(step.target, new Set([stepText(step)]));
    else known.add(stepText(step));
  }
  for (const [target, lines] of labels)
    yield `  ${state} -> ${target} [label="${label([...lines].map(line => ` ${line}`))}"];\n`;
};

/**
 * The graph as DOT, in pieces; several steps from one state to another are one arrow. The program `dot` draws a
 * hundred states in a second, three hundred with many steps in minutes; `sfdp` draws thousands.
 */
export const dotOf = function* (graph: StateGraph): Generator<string> {
  yield `digraph ${quoted(printable(graph.model))} {\n`;
  if (graph.reason !== null) yield `  label=${quoted(plain(`incomplete: ${graph.reason}`))};\n`;
  yield '  node [shape=box, fontname="monospace", fontsize=10];\n';
  yield '  edge [fontname="monospace", fontsize=10];\n';
  for (const state of statesOf(graph)) {
    const lines = stateText(graph.stateAt(state), 0).split('\n');
    yield `  ${state} [label="${label(lines)}"${borderOf(graph, state)}];\n`;
  }
  for (const state of statesOf(graph)) yield* arrowsFrom(graph, state);
  yield '}\n';
};
