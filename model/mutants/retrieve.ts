// Mutants of reading back.

import {
  getOutcomes,
  onRetrieve,
  onRetrieved,
  type Retrieval,
  type RetrievalEffect,
  type RetrievalEvent,
  retrievalOutcomes,
} from '../../src/index.js';
import {doing, ignoring, type Mutants, mistaking} from './mutant.js';

/** What the scene calls. */
export const RELATIONS = {retrievalOutcomes, onRetrieve, onRetrieved, getOutcomes};

type Relations = typeof RELATIONS;

/** The primary does something else. */
const ordering =
  (change: (effect: RetrievalEffect) => readonly RetrievalEffect[]) =>
  ({retrievalOutcomes}: Relations) => ({
    retrievalOutcomes: doing(retrievalOutcomes, effects => effects.flatMap(change)),
  });

/** The primary takes what happens for something else. */
const seeing =
  (change: (event: RetrievalEvent, known: readonly Retrieval[]) => RetrievalEvent) =>
  ({retrievalOutcomes}: Relations) => ({
    retrievalOutcomes: mistaking(
      retrievalOutcomes,
      (config, term, known, event): Parameters<typeof retrievalOutcomes> => [config, term, known, change(event, known)],
    ),
  });

/** The primary does not hear of something. */
const deafTo =
  (when: (event: RetrievalEvent, known: readonly Retrieval[]) => boolean) =>
  ({retrievalOutcomes}: Relations) => ({
    retrievalOutcomes: ignoring(
      retrievalOutcomes,
      (_config, _term, known) => known,
      (_config, _term, known, event) => when(event, known),
    ),
  });

const opposite = (retrieval: Retrieval): Retrieval => ({
  ...retrieval,
  value: retrieval.value === 'protected' ? 'unprotected' : 'protected',
});

const SMALL = {commits: '1', views: '1', handovers: '0'};

export const MUTANTS: Mutants<Relations> = {
  'asks-only-itself': {
    does: 'calls GET on its own host and on no other',
    fault: ordering(effect => (effect.type === 'Send' ? [] : [effect])),
    trials: [SMALL],
  },
  'asks-only-others': {
    does: 'calls GET on the other hosts and not on its own',
    fault: ordering(effect => (effect.type === 'CallGet' ? [] : [effect])),
    trials: [{...SMALL, views: '0'}],
    harmless: 'Whoever can access a VM has company: a quorum is more than one host, and one of the others will tell.',
  },
  'never-reads-again': {
    does: 'reads back once, and again only when its own host announces a change',
    fault: deafTo(event => event.type === 'TimerFired'),
    trials: [SMALL],
  },
  'keeps-what-it-learnt-first': {
    does: 'does not believe anything newer than what it has read back',
    fault: deafTo((event, known) => event.type !== 'Elected' && event.type !== 'TimerFired' && known.length > 0),
    trials: [{...SMALL, views: '0'}],
  },
  'learns-what-came-last': {
    does: 'believes what came last, whatever its generation',
    fault: ({retrievalOutcomes}) => ({
      retrievalOutcomes: mistaking(retrievalOutcomes, (config, term, known, event) => [
        {...config, repairs: {...config.repairs, generations: false}},
        term,
        known,
        event,
      ]),
    }),
    trials: [SMALL],
  },
  'forgets-what-nobody-mentions': {
    does: 'forgets a VM when a host does not mention it',
    fault: ({retrievalOutcomes}) => ({
      retrievalOutcomes: (config, term, known, event) => {
        const [{state, effects, rules}] = retrievalOutcomes(config, term, known, event);
        const isEmpty = event.type === 'GetReplied' && event.retrievals.length === 0;
        return [{state: isEmpty ? [] : state, effects, rules}];
      },
    }),
    trials: [SMALL],
  },
  'answers-nothing': {
    does: 'answers that nothing is accessible',
    fault: ({onRetrieved}) => ({
      onRetrieved: (state, replied) => onRetrieved(state, {...replied, retrievals: []}),
    }),
    trials: [SMALL],
  },
  'never-answers': {
    does: 'does not call GET for another host',
    fault: ({onRetrieve}) => ({
      onRetrieve: (state, from, message) => {
        const [{rules}] = onRetrieve(state, from, message);
        return [{state, effects: [], rules}];
      },
    }),
    trials: [SMALL],
  },
  'reads-the-opposite': {
    does: 'takes a VM that is protected for one that is not, and the other way round',
    fault: seeing(event =>
      event.type === 'GetReplied'
        ? {...event, retrievals: event.retrievals.map(opposite)}
        : event.type === 'Received' && event.message.type === 'Retrieved'
          ? {...event, message: {...event.message, retrievals: event.message.retrievals.map(opposite)}}
          : event,
    ),
    trials: [{...SMALL, views: '0'}],
  },
  'reads-from-the-cache': {
    does: 'answers a GET from the cache of the host, whether the VM is accessible or not',
    fault: ({getOutcomes}) => ({
      getOutcomes: (config, object, reachable, cached) => {
        const [{state, rules}] = getOutcomes(config, object, reachable, cached);
        return [{state, effects: [{type: 'Read', reading: cached}], rules}];
      },
    }),
    trials: [SMALL],
    harmless: 'The cache of a host that can access the VM converges, and nobody promises that a host asks only once.',
  },
};
