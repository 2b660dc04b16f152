import {closeSync, openSync, writeFileSync} from 'node:fs';
import type {Model} from '../define/model.js';
import {stateGraph} from '../engine/graph/state-graph.js';
import type {CheckLimits} from '../engine/limits.js';
import {aldebaranOf} from '../report/graph/aldebaran.js';
import {dotOf} from '../report/graph/dot.js';
import {jsonOf} from '../report/graph/json.js';
import {count} from '../report/numbers.js';
import type {GraphOutput} from './exchange.js';
import {oneLine, Refusal} from './refusal.js';

const WRITERS = {dot: dotOf, json: jsonOf, aldebaran: aldebaranOf};

/** Pieces of a graph are small; so many characters are written at a time. */
const CHUNK = 1 << 16;

const writeAll = (file: string, pieces: Iterable<string>): void => {
  const descriptor = openSync(file, 'w');
  try {
    let waiting = '';
    for (const piece of pieces) {
      waiting += piece;
      if (waiting.length < CHUNK) continue;
      writeFileSync(descriptor, waiting);
      waiting = '';
    }
    writeFileSync(descriptor, waiting);
  } finally {
    closeSync(descriptor);
  }
};

/**
 * Writes the graph of a model's states. Refuses one that has more states than it may have. What other limits leave
 * out is left out of the graph, which says so.
 */
export const writeGraph = async (
  model: Model,
  options: Readonly<Record<string, unknown>>,
  {file, format, states}: GraphOutput,
  limits: Pick<CheckLimits, 'depth' | 'states' | 'memoryBytes' | 'signal' | 'onProgress'>,
): Promise<void> => {
  const most = Math.min(states, limits.states ?? states);
  const graph = await stateGraph(model, options, {...limits, states: most});
  if (graph.states > states) {
    const more = `--graph-limit allows more, --depth makes it smaller`;
    throw new Refusal(`--graph ${file}: the graph has more than ${count(states)} states; ${more}`);
  }
  try {
    writeAll(file, WRITERS[format](graph));
  } catch (thrown) {
    throw new Refusal(`--graph ${file} cannot be written: ${oneLine(thrown)}`);
  }
};
