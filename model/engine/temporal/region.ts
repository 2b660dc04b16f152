import type {TemporalDefinition} from '../../define/system.js';
import {enter, type Graph} from '../graph/graph.js';
import {type Pace, STRIDE} from '../graph/pace.js';
import {isTrue, type Question, questions} from '../predicates.js';
import type {Region} from './reach.js';

/** An instance of a property, with the region in which a behaviour that breaks it must stay. */
export type Instance = {
  readonly parameters: readonly unknown[];
  readonly region: Region;
  /** Why no behaviour could have broken it whatever it does, in words; null where one could. */
  readonly vacuity: string | null;
};

/** By state: 1 where the answer is yes. */
const answers = async (graph: Graph, question: Question, pace: Pace): Promise<Uint8Array> => {
  const {vector} = graph.searcher;
  const yes = new Uint8Array(graph.states + 1);
  for (let state = 0; state < graph.states; state++) {
    if (state % STRIDE === 0 && pace.isDue()) await pace.breathe(question.name, state / graph.states);
    enter(graph.searcher, state);
    if (isTrue(vector, question)) yes[state] = 1;
  }
  return yes;
};

const negate = (mask: Uint8Array): Uint8Array => {
  for (let state = 0; state < mask.length - 1; state++) mask[state] = 1 - mask[state]!;
  return mask;
};

/** Every instance of a property: worked out when it is asked for. */
export const instancesOf = async function* (
  graph: Graph,
  {form, name, instances, holds, goal}: TemporalDefinition,
  pace: Pace,
): AsyncGenerator<Instance> {
  const {vector} = graph.searcher;
  for (const parameters of instances) {
    const of = (predicate: TemporalDefinition['holds']): Promise<Uint8Array> => {
      const [question] = questions(vector, [{name, instances: [parameters], holds: predicate}], vector.before);
      return answers(graph, question!, pace);
    };
    const yes = await of(holds);
    switch (form) {
      case 'eventually': {
        const within = negate(yes);
        const entries = within.slice().fill(0, graph.initial);
        const vacuity = entries.includes(1) ? null : 'it is true in every initial state';
        yield {parameters, region: {within, entries, recurring: null}, vacuity};
        break;
      }
      case 'alwaysEventually': {
        const within = negate(yes);
        yield {parameters, region: {within, entries: within, recurring: null}, vacuity: null};
        break;
      }
      case 'eventuallyAlways': {
        const all = new Uint8Array(graph.states + 1).fill(1, 0, graph.states);
        yield {parameters, region: {within: all, entries: all, recurring: negate(yes)}, vacuity: null};
        break;
      }
      case 'leadsTo': {
        const vacuity = yes.includes(1) ? null : 'its premise is never true';
        const within = negate(await of(goal!));
        const entries = yes;
        for (let state = 0; state < graph.states; state++) entries[state]! &= within[state]!;
        yield {parameters, region: {within, entries, recurring: null}, vacuity};
      }
    }
  }
};
