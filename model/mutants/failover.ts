// Mutants of restarts after failures: the primary's lists, the hosts that answer it, and the runtime.

import {
  attendantOutcomes,
  type FailoverEffect,
  type FailoverEvent,
  type FailoverState,
  failoverOutcomes,
  isOnWaitList,
  type RuntimeConfig,
  type RuntimeEvent,
  type RuntimeState,
  runtimeOutcomes,
} from '../../src/index.js';
import {deafTo} from './deaf.js';
import {doing, ignoring, keeping, type Mutants, mistaking} from './mutant.js';
import {PUBLICATION_MUTANTS} from './publication.js';
import {SILENCE_MUTANTS} from './silence.js';

/** What the scene calls. */
export const RELATIONS = {failoverOutcomes, attendantOutcomes, runtimeOutcomes};

type Relations = typeof RELATIONS;

/** The primary takes what happens for something else. */
const seeing =
  (change: (event: FailoverEvent) => FailoverEvent) =>
  ({failoverOutcomes}: Relations) => ({
    failoverOutcomes: mistaking(
      failoverOutcomes,
      (config, term, state, event): Parameters<typeof failoverOutcomes> => [config, term, state, change(event)],
    ),
  });

/** The runtime takes what happens for something else. */
const running =
  (change: (event: RuntimeEvent) => RuntimeEvent) =>
  ({runtimeOutcomes}: Relations) => ({
    runtimeOutcomes: mistaking(
      runtimeOutcomes,
      (config, state, event): Parameters<typeof runtimeOutcomes> => [config, state, change(event)],
    ),
  });

/** The runtime is configured in another way than it says. */
const configured =
  (change: (config: RuntimeConfig, event: RuntimeEvent) => RuntimeConfig) =>
  ({runtimeOutcomes}: Relations) => ({
    runtimeOutcomes: mistaking(
      runtimeOutcomes,
      (config, state, event): Parameters<typeof runtimeOutcomes> => [change(config, event), state, event],
    ),
  });

/** The runtime does not notice something. */
const numbTo =
  (when: (event: RuntimeEvent) => boolean) =>
  ({runtimeOutcomes}: Relations) => ({
    runtimeOutcomes: ignoring(
      runtimeOutcomes,
      (_config, state): RuntimeState => state,
      (_config, _state, event) => when(event),
    ),
  });

/** What an event is about, where it is one VM that was asked for or told of. */
const subjectOf = (event: FailoverEvent) =>
  event.type === 'VmReported' ? event.vm : event.type === 'Received' ? event.message.vm : null;

const waitsForAnother = ({inventory}: FailoverState, event: FailoverEvent): boolean => {
  const vm = subjectOf(event);
  return vm !== null && inventory.some(entry => entry.vm !== vm && isOnWaitList(entry));
};

/** The host does not say something. */
const silent =
  (type: 'PlaceAnswer' | 'RestartResult' | 'BecamePlaceable') =>
  ({attendantOutcomes}: Relations) => ({
    attendantOutcomes: doing(attendantOutcomes, effects =>
      effects.filter((effect: FailoverEffect) => effect.type !== 'Send' || effect.message.type !== type),
    ),
  });

const CRASH = {views: '0', crashes: '1'};
const VIEW = {views: '1', crashes: '0'};

export const MUTANTS: Mutants<Relations> = {
  'starts-without-the-lock': {
    does: 'starts a VM whose lock another host holds',
    fault: running(event =>
      event.type === 'LockAnswered' && event.answer.type === 'locked' && event.seen.home !== null
        ? {...event, answer: {type: 'taken', epoch: event.seen.home.lock.epoch}}
        : event,
    ),
    trials: [{views: '0', crashes: '1', splits: '1', leases: 'true'}],
  },
  'keeps-its-ghost': {
    does: 'lets an instance run on that has lost its storage or its lock',
    fault: configured(config => ({...config, repairs: {...config.repairs, 'ghost-kill': false}})),
    trials: [VIEW, {views: '2', crashes: '0', only: 'HealConverges'}],
  },
  'restarts-without-a-look': {
    does: 'starts what the user has switched off since',
    fault: configured((config, event) =>
      event.type === 'LockAnswered' ? {...config, repairs: {...config.repairs, 'intent-generation': false}} : config,
    ),
    trials: [{...VIEW, toggles: '1'}],
  },
  'lists-twice': {
    does: 'has a VM on its lists twice',
    fault: ({failoverOutcomes}) => ({
      failoverOutcomes: (config, term, state, event) => {
        const [{state: after, effects, rules}] = failoverOutcomes(config, term, state, event);
        const inventory = event.type === 'HostChanged' ? [...after.inventory, ...after.inventory] : after.inventory;
        return [{state: {...after, inventory}, effects, rules}];
      },
    }),
    trials: [CRASH],
  },
  'lists-what-nobody-can-access': {
    does: 'takes every VM for accessible',
    fault: seeing(event =>
      event.type === 'Received' && event.message.type === 'PlaceAnswer'
        ? {...event, message: {...event.message, standing: {...event.message.standing, accessible: true, holder: null}}}
        : event,
    ),
    trials: [
      {views: '1', crashes: '1'},
      {views: '1', crashes: '1', futile: '1', only: 'BoundedFutileRestarts'},
    ],
  },
  'never-hears-of-crashes': {
    does: 'does nothing about a host that has failed',
    fault: deafTo(event => event.type === 'HostChanged' && !event.running),
    trials: [CRASH],
  },
  'leaves-what-lost-its-storage': {
    does: 'does nothing about a VM that has lost its storage',
    fault: deafTo(event => event.type === 'VmReported' && event.report.type === 'storageLost'),
    trials: [VIEW],
    harmless: 'The ghost is ended all the same, and its host tells the primary of that.',
  },
  'never-answers': {
    does: 'does not say whether a VM can be started on it',
    fault: silent('PlaceAnswer'),
    trials: [CRASH],
  },
  'never-tells-how-it-went': {
    does: 'does not say how a restart went',
    fault: silent('RestartResult'),
    trials: [
      {views: '1', crashes: '1'},
      {...CRASH, only: 'RestartsEnd'},
    ],
  },
  'never-notifies': {
    does: 'does not say that a VM can be started on it now',
    fault: silent('BecamePlaceable'),
    trials: [{views: '1', crashes: '1'}],
  },
  'sleeps-through-delays': {
    does: 'never ends the delay before another attempt',
    fault: deafTo(event => event.type === 'TimerFired'),
    trials: [{views: '1', crashes: '1'}],
  },
  'takes-off-for-on': {
    does: 'takes what the user has switched off for something that he wants to run',
    fault: seeing(event => (event.type === 'Unprotected' ? {...event, type: 'Protected', host: null} : event)),
    trials: [{views: '1', crashes: '0', toggles: '1'}],
  },
  'looks-at-the-namespace-only': {
    does: 'starts a VM as soon as its namespace object can be used, whatever becomes of its disks',
    fault: running(event =>
      event.type === 'LockAnswered'
        ? {...event, seen: {...event.seen, access: {...event.seen.access, all: event.seen.access.namespace}}}
        : event,
    ),
    trials: [{hosts: '4', views: '1', crashes: '1', only: 'StartsWithQuorum'}],
  },
  'never-notices-lost-storage': {
    does: 'does not notice that a VM has lost its storage',
    fault: numbTo(event => event.type === 'StorageChanged'),
    trials: [VIEW],
  },
  'waits-for-one-with-all': {
    does: 'works on no other VM while one waits',
    fault: ({failoverOutcomes}) => ({
      failoverOutcomes: ignoring(
        failoverOutcomes,
        (_config, _term, state) => state,
        (_config, _term, state, event) => waitsForAnother(state, event),
      ),
    }),
    trials: [{...VIEW, cuts: 'any', vms: '2', pinned: 'true', only: 'NonInterference'}],
  },
  'registers-once': {
    does: 'does not register its wait again after an attempt that failed',
    fault: ({failoverOutcomes}) => ({
      failoverOutcomes: doing(failoverOutcomes, effects =>
        effects.filter(
          (effect: FailoverEffect) =>
            effect.type !== 'Send' || effect.message.type !== 'PlaceRegister' || effect.message.round <= 1,
        ),
      ),
    }),
    trials: [{views: '2', crashes: '1', cuts: 'alone', attempts: '1', only: 'RestartedInTheEnd'}],
  },
  'goes-on-without-the-others': {
    does: 'takes the first answer about a place for the last',
    fault: ({failoverOutcomes}) => ({
      failoverOutcomes: mistaking(
        failoverOutcomes,
        (config, term, state, event): Parameters<typeof failoverOutcomes> => {
          if (event.type !== 'Received' || event.message.type !== 'PlaceAnswer') return [config, term, state, event];
          const inventory = state.inventory.map(entry =>
            entry.stage === 'placing' ? {...entry, awaited: [event.from]} : entry,
          );
          return [config, term, {...state, inventory}, event];
        },
      ),
    }),
    trials: [{...VIEW, only: 'HearsAll'}],
  },
  'commands-whoever-answers': {
    does: 'commands a host that said no',
    fault: seeing(event =>
      event.type === 'Received' && event.message.type === 'PlaceAnswer'
        ? {...event, message: {...event.message, standing: {accessible: true, capacity: true, holder: null}}}
        : event,
    ),
    trials: [{views: '1', crashes: '0', only: 'CommandsPlaces'}],
  },
  'counts-no-attempts': {
    does: 'does not count an attempt that has failed',
    fault: ({failoverOutcomes}) => ({
      failoverOutcomes: keeping(failoverOutcomes, after => ({
        ...after,
        inventory: after.inventory.map(entry => ({...entry, attempts: 0})),
      })),
    }),
    trials: [{hosts: '4', views: '1', crashes: '0', query: 'namespace', only: 'AttemptsCounted'}],
  },
  'takes-a-turn-more': {
    does: 'places and starts one VM more at a time than it may',
    fault: ({failoverOutcomes}) => ({
      failoverOutcomes: mistaking(
        failoverOutcomes,
        (config, term, state, event): Parameters<typeof failoverOutcomes> => [
          {...config, concurrency: config.concurrency + 1},
          term,
          state,
          event,
        ],
      ),
    }),
    trials: [{views: '0', crashes: '2', vms: '2', only: 'TurnsKept'}],
  },
  'takes-any-answer-for-its-own': {
    does: 'takes an answer to an earlier round for one to the present one',
    fault: ({failoverOutcomes}) => ({
      failoverOutcomes: mistaking(failoverOutcomes, (config, term, state, event) => {
        if (event.type !== 'Received') return [config, term, state, event];
        const entry = state.inventory.find(({vm}) => vm === event.message.vm);
        const round = entry?.round ?? event.message.round;
        return [config, term, state, {...event, message: {...event.message, round}}];
      }),
    }),
    trials: [{views: '1', crashes: '1', only: 'HeedsItsRound'}],
  },
  'makes-room-for-one-more': {
    does: 'takes a VM more than there is room for',
    fault: configured(config => ({...config, capacity: config.capacity + 1})),
    trials: [{...CRASH, vms: '2', capacity: '1', lasting: 'true', placement: 'try', only: 'CapacityKept'}],
  },
  'does-not-clear-the-count': {
    does: 'does not clear the count of attempts when the VM runs',
    fault: ({runtimeOutcomes}) => ({
      runtimeOutcomes: doing(runtimeOutcomes, effects => effects.filter(({type}) => type !== 'ClearAttempts')),
    }),
    trials: [{...CRASH, lasting: 'true', only: 'CountedInTheObject'}],
  },
  'does-not-write-the-intent': {
    does: 'does not write into its object that a VM was switched off',
    fault: ({runtimeOutcomes}) => ({
      runtimeOutcomes: doing(runtimeOutcomes, effects => effects.filter(({type}) => type !== 'WriteIntent')),
    }),
    trials: [{views: '0', crashes: '0', toggles: '1', only: 'StopsAreWritten'}],
  },
  ...PUBLICATION_MUTANTS,
  ...SILENCE_MUTANTS,
};
