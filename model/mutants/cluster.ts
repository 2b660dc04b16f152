// Mutants of whole hosts: faults of one module that users of the cluster notice.

import {
  composedOf,
  type HostEffect,
  type HostEvent,
  type HostRelation,
  type Modules,
  type Term,
} from '../../src/index.js';
import {doing, ignoring, keeping, type Mutants, mistaking} from './mutant.js';
import {MUTANTS as STORAGE} from './storage.js';

/** What the scene calls: the modules, and whole hosts where what is wrong is how they are composed. */
export type Relations = Modules & {readonly hostOutcomes?: HostRelation};

type Recovering = Parameters<Modules['recoveryOutcomes']>;
type Running = Parameters<Modules['runtimeOutcomes']>;

/** The HA module takes what happens for something else. */
const seeing =
  (change: (...given: Recovering) => Recovering) =>
  ({recoveryOutcomes}: Modules) => ({recoveryOutcomes: mistaking(recoveryOutcomes, change)});

/** The VM runtime is told of something else than what happens. */
const running =
  (change: (...given: Running) => Running) =>
  ({runtimeOutcomes}: Modules) => ({runtimeOutcomes: mistaking(runtimeOutcomes, change)});

/** The HA module does not hear of some things. */
const deaf =
  (isUnheard: (event: Recovering[2]) => boolean) =>
  ({recoveryOutcomes}: Modules) => ({
    recoveryOutcomes: ignoring(
      recoveryOutcomes,
      (_config, state) => state,
      (_config, _state, event) => isUnheard(event),
    ),
  });

/** Whole hosts order something else than they should. */
const ordering = (isLeftOut: (effect: HostEffect, event: HostEvent) => boolean) => (modules: Modules) => ({
  hostOutcomes: doing(composedOf(modules), (effects, _config, _state, event) =>
    effects.filter(effect => !isLeftOut(effect, event)),
  ),
});

/** The VM runtime does not hear of some things. */
const unheard =
  (type: Running[2]['type']) =>
  ({runtimeOutcomes}: Modules) => ({
    runtimeOutcomes: ignoring(
      runtimeOutcomes,
      (_config, state) => state,
      (_config, _state, event) => event.type === type,
    ),
  });

/** The HA network is cut once, and a host that is alone is cut off altogether. */
const ALONE = {messages: 'queued', views: '0', splits: '1', toggles: '0', isolation: 'true'};

/** One VM and a storage network that is cut once, with all messages in one queue. */
const CUT = {messages: 'queued', toggles: '0'};

export const MUTANTS: Mutants<Relations> = {
  'takes-a-failed-set-for-done': {
    does: 'takes a SET that has failed for one that was carried out',
    fault: seeing((config, state, event) => [
      config,
      state,
      event.type === 'StorageReplied' ? {...event, result: 'ok'} : event,
    ]),
    trials: [
      {messages: 'queued', only: 'Service'},
      {messages: 'queued', only: 'ReportedImpliesDurable'},
    ],
  },
  'does-not-read-the-intent': {
    does: 'starts a VM for a primary without reading in its object whether it is to run',
    fault: running((config, state, event) => [
      {...config, repairs: {...config.repairs, 'intent-generation': event.type !== 'LockAnswered'}},
      state,
      event,
    ]),
    trials: [
      {messages: 'queued', only: 'Service'},
      {messages: 'queued', only: 'NoResurrection'},
    ],
  },
  'ignores-generations': {
    does: 'carries out a SET whatever its generation',
    fault: STORAGE['ignores-generations']?.fault ?? (() => ({})),
    trials: [{messages: 'queued', views: '1', toggles: '2', only: 'MonotoneMeta'}],
  },
  'acknowledges-and-does-not-write': {
    does: 'says that it has written what it has not',
    fault: STORAGE['acknowledges-and-does-not-write']?.fault ?? (() => ({})),
    trials: [{messages: 'queued', only: 'NoMinorityCommit'}],
  },
  'claims-any-term': {
    does: 'takes itself for the first host when it claims a term',
    fault: seeing((config, state, event) => {
      const hosts = [config.self, ...config.hosts.filter(host => host !== config.self)];
      return [
        event.type === 'TimerFired' || event.type === 'IsolationChecked' ? {...config, hosts} : config,
        state,
        event,
      ];
    }),
    trials: [{...CUT, views: '0', splits: '1', only: 'OnePrimaryPerTerm'}],
  },
  'acts-for-an-earlier-primary': {
    does: 'powers a VM on in the name of an earlier term than the one that its primary has',
    fault: ({recoveryOutcomes}) => ({
      recoveryOutcomes: doing(recoveryOutcomes, effects =>
        effects.map(effect =>
          effect.type === 'PowerOn' && effect.request.by === 'primary'
            ? {...effect, request: {...effect.request, term: (effect.request.term - 1) as Term}}
            : effect,
        ),
      ),
    }),
    trials: [{...CUT, only: 'SingleCommander'}],
  },
  'lists-twice': {
    does: 'has a VM on its lists twice',
    fault: ({recoveryOutcomes}) => ({
      recoveryOutcomes: keeping(recoveryOutcomes, after => {
        const {lead} = after;
        const [listed] = lead?.failover.inventory.filter(({stage}) => stage !== 'watched') ?? [];
        if (lead === null || listed === undefined || lead.failover.inventory.length > 1) return after;
        return {...after, lead: {...lead, failover: {...lead.failover, inventory: [listed, listed]}}};
      }),
    }),
    trials: [{...CUT, only: 'ListsExclusive'}],
  },
  'lists-what-nobody-can-access': {
    does: 'takes every VM for accessible',
    fault: seeing((config, state, event) => [
      config,
      state,
      event.type === 'Received' && event.message.type === 'PlaceAnswer'
        ? {...event, message: {...event.message, standing: {...event.message.standing, accessible: true}}}
        : event,
    ]),
    trials: [{...CUT, only: 'ListsSound'}],
  },
  'asks-about-what-is-elsewhere': {
    does: 'takes every VM for one whose files are in the object store',
    fault: seeing((config, state, event) => [
      {...config, plans: config.plans.map(plan => ({...plan, stored: true}))},
      state,
      event,
    ]),
    trials: [{...CUT, elsewhere: 'true', only: 'ListsSound'}],
  },
  'starts-without-its-disks': {
    does: 'starts a VM as soon as its namespace object can be used, whatever becomes of its disks',
    fault: running((config, state, event) => [
      config,
      state,
      event.type === 'LockAnswered'
        ? {...event, seen: {...event.seen, access: {...event.seen.access, all: event.seen.access.namespace}}}
        : event,
    ]),
    trials: [{...CUT, hosts: '4', query: 'namespace', only: 'StartsWithQuorum'}],
  },
  'keeps-its-ghost': {
    does: 'lets an instance run on that has lost its storage or its lock',
    fault: running((config, state, event) => [
      {...config, repairs: {...config.repairs, 'ghost-kill': false}},
      state,
      event,
    ]),
    trials: [{...CUT, only: 'GhostsEnd'}],
  },
  'ignores-the-platform': {
    does: 'does not hear what the platform wants',
    fault: deaf(event => event.type === 'Request'),
    trials: [{messages: 'queued', only: 'EventuallyProtected'}],
  },
  'never-hears-how-its-vms-fare': {
    does: 'does not hear how the VMs of other hosts fare',
    fault: deaf(event => event.type === 'Received' && event.message.type === 'VmStatus'),
    trials: [
      {...CUT, only: 'EventuallyServing'},
      {...CUT, only: 'KnowsWhoRuns'},
    ],
  },
  'never-reports': {
    does: 'does not say when it is done',
    fault: ({recoveryOutcomes}) => ({
      recoveryOutcomes: doing(recoveryOutcomes, effects => effects.filter(({type}) => type !== 'Report')),
    }),
    trials: [{messages: 'queued', views: '0', only: 'HealConverges'}],
  },
  'persists-nothing': {
    does: 'writes nothing to its disk',
    fault: ordering(({type}) => type === 'Persist'),
    trials: [{...CUT, only: 'Persists'}],
  },
  'sets-a-timer-once': {
    does: 'sets no timer when one has fired',
    fault: ordering(({type}, event) => type === 'SetTimer' && event.type === 'TimerFired'),
    trials: [{...ALONE, only: 'TimersRun'}],
  },
  'does-not-wait-for-its-lock': {
    does: 'asks for the lock of a VM, and forgets that it has',
    fault: modules => ({
      hostOutcomes: keeping(composedOf(modules), after => ({
        ...after,
        pending: after.pending.filter(({call}) => call.type !== 'TakeLock'),
      })),
    }),
    trials: [{...CUT, only: 'CallsAwaited'}],
  },
  'never-looks-at-its-storage': {
    does: 'does not tell its VMs what becomes of their storage',
    fault: unheard('StorageChanged'),
    trials: [{...CUT, only: 'ActsOnItsStorage'}],
  },
  'gives-no-lock-back': {
    does: 'gives no lock back',
    fault: ({runtimeOutcomes}) => ({
      runtimeOutcomes: doing(runtimeOutcomes, effects => effects.filter(({type}) => type !== 'ReleaseLock')),
    }),
    trials: [{messages: 'queued', views: '0', only: 'LocksServe'}],
  },
  'runs-on-in-isolation': {
    does: 'does not end its VMs when it is isolated',
    fault: unheard('Isolated'),
    trials: [{...ALONE, only: 'IsolationEnds'}],
  },
};
