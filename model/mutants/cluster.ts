// Mutants of whole hosts: faults of one module that users of the cluster notice.

import type {Modules, Term} from '../../src/index.js';
import {doing, ignoring, keeping, type Mutants, mistaking} from './mutant.js';
import {MUTANTS as STORAGE} from './storage.js';

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

/** One VM and a storage network that is cut once, with all messages in one queue. */
const CUT = {messages: 'queued', toggles: '0'};

export const MUTANTS: Mutants<Modules> = {
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
    trials: [{...CUT, only: 'EventuallyServing'}],
  },
  'never-reports': {
    does: 'does not say when it is done',
    fault: ({recoveryOutcomes}) => ({
      recoveryOutcomes: doing(recoveryOutcomes, effects => effects.filter(({type}) => type !== 'Report')),
    }),
    trials: [{messages: 'queued', views: '0', only: 'HealConverges'}],
  },
};
