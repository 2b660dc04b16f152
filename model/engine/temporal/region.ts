import type {TemporalDefinition} from '../../define/system.js';
import {enter, type Graph} from '../graph/graph.js';
import {isTrue, type Question, questions} from '../predicates.js';
import type {Region} from './reach.js';

/** By state: 1 where the answer is yes. */
const answers = (graph: Graph, question: Question): Uint8Array => {
  const {vector} = graph.searcher;
  const yes = new Uint8Array(graph.states + 1);
  for (let state = 0; state < graph.states; state++) {
    enter(graph.searcher, state);
    if (isTrue(vector, question)) yes[state] = 1;
  }
  return yes;
};

const negated = (mask: Uint8Array): Uint8Array => mask.map((bit, state) => (state === mask.length - 1 ? 0 : 1 - bit));

/**
 * Every instance of a property, with the region in which a behaviour that breaks it must stay: worked out when it is
 * asked for.
 */
export const regionsOf = function* (
  graph: Graph,
  {form, name, instances, holds, goal}: TemporalDefinition,
): Generator<Region> {
  const {vector} = graph.searcher;
  for (const parameters of instances) {
    const of = (predicate: TemporalDefinition['holds']): Uint8Array => {
      const [question] = questions(vector, [{name, instances: [parameters], holds: predicate}], vector.before);
      return answers(graph, question!);
    };
    const yes = of(holds);
    const no = negated(yes);
    switch (form) {
      case 'eventually': {
        const entries = no.map((bit, state) => (state < graph.initial ? bit : 0));
        yield {within: no, entries, recurring: null};
        break;
      }
      case 'alwaysEventually':
        yield {within: no, entries: no, recurring: null};
        break;
      case 'eventuallyAlways': {
        const all = negated(new Uint8Array(graph.states + 1));
        yield {within: all, entries: all, recurring: no};
        break;
      }
      case 'leadsTo': {
        const open = negated(of(goal!));
        yield {within: open, entries: open.map((bit, state) => bit & yes[state]!), recurring: null};
      }
    }
  }
};
