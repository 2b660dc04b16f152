import type {System} from '../../define/system.js';
import {ModelError} from '../errors.js';
import {Expander} from '../expand.js';
import type {Layout} from '../layout.js';
import {BLOCK} from '../queue.js';
import type {Searcher} from '../searcher.js';
import type {Sink, Successors} from '../successors.js';
import {counting} from './breath.js';

/** What fails in which state. */
export type Blames = {
  /** What fails in a state or on a step from it: texts in order, none where all is well. */
  readonly of: (state: number) => string;
  /** Everything that fails in some state, in order. */
  readonly all: readonly string[];
};

/** Nobody wants the successors. */
const nowhere = (successors: Successors, layout: Layout): Sink => {
  successors.adopt(layout);
  return {
    wantsAll: false,
    flush: () => {
      successors.waiting = 0;
    },
  };
};

/** Goes through the states that a search found once more and evaluates what the system claims, everywhere. */
export const blamesOf = async (
  system: System,
  {store: {queue}, successors: {layout}, vector}: Searcher,
  signal: AbortSignal | undefined,
): Promise<Blames> => {
  const expander = new Expander(system, successors => nowhere(successors, layout), vector);
  const {failures} = expander.properties;
  const texts: string[] = [''];
  const all = new Set<string>();
  const blames = new Int32Array(queue.count);
  for await (const state of counting(queue.count, signal)) {
    // Nothing is taken over from the state before, whose failures are done with.
    vector.forget(0);
    const at = state % BLOCK;
    if (expander.run(queue.blockOf(state), at, at + 1, state) === at)
      throw new ModelError('a step leads to a value that the search did not find: the model is not deterministic');
    if (failures.length === 0) continue;
    const failed = failures.splice(0).map(({kind, property}) => (kind === 'deadlock' ? kind : `${kind} ${property}`));
    for (const text of failed) all.add(text);
    const text = failed.sort().join(', ');
    if (!texts.includes(text)) texts.push(text);
    blames[state] = texts.indexOf(text);
  }
  return {of: state => texts[blames[state]!]!, all: [...all].sort()};
};
