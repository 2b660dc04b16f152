// A whole host as a module under test: HA module, storage module and VM runtime together. What they say to each other
// is not looked at.

import {
  type ComposedState,
  downHost,
  type Effect,
  type Event,
  firstHostDurable,
  type HostConfig,
  type HostEffect,
  type HostEvent,
  hostOutcomes,
  mapAll,
} from '../../src/index.js';
import {isIdleOnHost} from '../ha/idle.js';
import * as ids from '../ha/ids.js';
import {withoutNeedless} from '../ha/needless.js';
import {factMistakes, repairMistakes} from '../mistakes.js';
import type {Specification} from '../specification.js';
import {callingFor, DECIDING, follows, kindOf, ordering, REMEMBERING, SPEAKING} from './effects.js';
import {standingOnHost} from './standing.js';
import {tellSince} from './tell.js';

/** One host. It starts down, as one that has never run, and is brought up by `Restarted`. */
export const wholeHost: Specification<HostConfig, ComposedState, HostEvent, HostEffect> = {
  module: 'host',
  start: config => downHost(firstHostDurable(config)),
  // A subject may ask any subset next; `subsets` narrows the explorer's scenes, not what is allowed.
  outcomes: (config, state, event) =>
    mapAll(hostOutcomes({...config, subsets: 'any'}, state, event), outcome => ({
      ...outcome,
      effects: withoutNeedless(event, outcome.effects),
    })),
  isStart: ({type}) => type === 'Restarted',
  withoutNeedless,
  isIdle: isIdleOnHost,
  chapters: ['CH', 'DR', 'EL', 'FB', 'FO', 'HO', 'LK', 'LV', 'OB', 'RS', 'RT', 'ST', 'TM', 'TO', 'WT'],
  ordering,
  // Only messages and timers of the fallback name ids of the subject's own: those that an HA module has by itself.
  idsInEffect: (config, effect) => ids.idsInEffect(config, effect as Effect),
  idsInStimulus: (config, event) => ids.idsInEvent(config, event as Event),
  kindOf,
  follows,
  callingFor,
  keeping: {kept: ({ha, storage}) => ({ha: ha.ha.durable, storage: storage.durable}), speaking: SPEAKING, tellSince},
  remembering: REMEMBERING,
  deciding: DECIDING,
  standing: standingOnHost,
  addressing: ['FO-19'],
  carrying: ['HO-19', 'DR-17', 'TM-04', 'HO-10', 'OB-04', 'OB-10', 'OB-12', 'OB-15', 'CH-01', 'FO-44'],
  mistakes: (config, event) => [
    ...repairMistakes(config, event),
    ...factMistakes(config, event, ['message', 'accessible'], [false, true]),
    ...factMistakes(config, event, ['message', 'result'], ['ok', 'failed', 'stale']),
    ...factMistakes(
      config,
      event,
      ['message', 'result', 'type'],
      ['ok', 'inaccessible', 'capacity', 'failed', 'refused'],
    ),
    ...factMistakes(config, event, ['message', 'standing', 'accessible'], [false, true]),
    ...factMistakes(config, event, ['message', 'standing', 'capacity'], [false, true]),
    ...factMistakes(config, event, ['message', 'standing', 'holder'], [null, ...config.hosts], ['FO-17']),
  ],
  ...tellSince(null),
};
