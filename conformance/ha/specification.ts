import {type Config, type Effect, type Event, mapAll, outcomes, restart, type State, term} from '../../src/index.js';
import {factMistakes, repairMistakes} from '../mistakes.js';
import type {Mistake, Specification} from '../specification.js';
import {callingFor, follows, kindOf, ordering} from './effects.js';
import {isIdle} from './idle.js';
import {idsInEffect, idsInEvent} from './ids.js';
import {withoutNeedless} from './needless.js';
import {tellEffect, tellEvent} from './tell.js';

/** The HA module of one host. It starts as a secondary that has seen no term. */
export const haModule: Specification<Config, State, Event, Effect> = {
  module: 'ha',
  start: () => restart({term: term(0)}),
  // A subject may ask any subset next; `subsets` narrows the explorer's scenes, not what is allowed.
  outcomes: (config, state, event) =>
    mapAll(outcomes({...config, subsets: 'any'}, state, event), outcome => ({
      ...outcome,
      effects: withoutNeedless(event, outcome.effects),
    })),
  isStart: ({type}) => type === 'Restarted',
  withoutNeedless,
  isIdle,
  chapters: ['FB', 'TM', 'TO', 'WT'],
  ordering,
  idsInEffect,
  idsInStimulus: idsInEvent,
  kindOf,
  follows,
  callingFor,
  keeping: {kept: ({durable}) => durable, speaking: {term: ['TM-01', 'TM-05', 'TM-07', 'EL-09']}},
  remembering: {
    awaited: {what: 'who has still to answer', rules: ['FB-25']},
    fallbacks: {what: 'how far it is with a request', rules: ['FB', 'TO']},
    watches: {what: 'who waits for a VM here', rules: ['WT']},
  },
  mistakes: (config, event) => [...repairMistakes(config, event), ...overlooked(config, event)],
  tellStimulus: tellEvent,
  tellEffect,
};

const RESULTS = ['ok', 'failed', 'stale'];
const ACCESSES = [
  {namespace: false, all: false},
  {namespace: true, all: false},
  {namespace: true, all: true},
];

const overlooked = (config: Config, event: Event): readonly Mistake<Config, Event>[] => [
  ...factMistakes(config, event, ['message', 'accessible'], [false, true]),
  ...factMistakes(config, event, ['message', 'result'], RESULTS),
  ...factMistakes(config, event, ['result'], RESULTS),
  ...factMistakes(config, event, ['accessible'], ACCESSES),
];
