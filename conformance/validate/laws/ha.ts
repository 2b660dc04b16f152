import {
  type Config,
  type Durable,
  type Effect,
  type Event,
  generation,
  type HostId,
  hostId,
  type Message,
  type State,
  type Timer,
  term,
} from '../../../src/index.js';
import {haModule} from '../../ha/specification.js';
import type {Facts} from '../facts.js';
import type {Law} from '../law.js';

const ACCESSES = [
  {namespace: true, all: true},
  {namespace: true, all: false},
  {namespace: false, all: false},
];

const RESULTS = ['ok', 'failed', 'stale'] as const;

/** The log of an HA module without failover and retrieval. */
export const haLaw: Law<Config, State, Event, Effect> = {
  specification: haModule,
  forms: {config: 'ha-config', event: 'ha-event', effect: 'ha-effect'},
  network: 'ha',
  begin: (config, durable) => {
    const known = (durable ?? {term: term(0)}) as Durable;
    return [{...haModule.start(config), durable: known} as State, {role: 'down', durable: known}];
  },
  crashed: {type: 'Crashed'},
  guesses: (config, facts) => [
    ...facts.messages.flatMap(({from, message}) =>
      locally(config, facts).map(
        (local): Event => ({type: 'Received', from: hostId(from), message: message as Message, ...local}),
      ),
    ),
    ...facts.timers.flatMap(timer =>
      locally(config, facts).map((local): Event => ({type: 'TimerFired', timer: timer as Timer, ...local})),
    ),
    ...facts.asked.flatMap(asked => answersTo(config, facts, asked as Effect)),
    ...facts.numbers('term').map((number): Event => ({type: 'Elected', term: term(number)})),
    ...config.vms.flatMap(({vm}): readonly Event[] => [
      ...facts
        .numbers('generation')
        .flatMap(number =>
          (['protected', 'unprotected'] as const).map(
            (value): Event => ({type: 'Request', vm, value, generation: generation(number)}),
          ),
        ),
      ...ACCESSES.map((accessible): Event => ({type: 'AccessibilityChanged', vm, accessible})),
    ]),
    {type: 'Crashed'},
    {type: 'Restarted'},
  ],
  isCurrent: (state, space) => isCurrentRound(state, space),
  roleOf: ({role}) => role,
};

/** What the own storage module may have said at that moment. */
const locally = (config: Config, {reachable}: Facts) =>
  ACCESSES.map(accessible => ({accessible, reachable: (reachable ?? config.hosts) as readonly HostId[]}));

const answersTo = (config: Config, facts: Facts, asked: Effect): readonly Event[] => {
  switch (asked.type) {
    case 'CallStorage':
      return RESULTS.flatMap(result =>
        locally(config, facts).map((local): Event => ({type: 'StorageReplied', call: asked.call, result, ...local})),
      );
    case 'Probe':
      return (['none', 'well', 'isolated'] as const).flatMap(heartbeat =>
        [true, false].map((ping): Event => ({type: 'Probed', host: asked.host, ping, heartbeat})),
      );
    case 'CheckIsolation':
      return [true, false].map((reachable): Event => ({type: 'IsolationChecked', reachable}));
    default:
      return [];
  }
};

/** The space of an id names VM and generation: those that the primary is about count, those of others do not. */
export const isCurrentRound = (state: State, space: string): boolean =>
  state.role === 'primary' &&
  state.fallbacks.some(({vm, generation}) => space.includes(`of ${vm}, generation ${generation},`));
