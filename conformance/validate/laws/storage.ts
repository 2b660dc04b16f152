import {
  awake,
  firstDurable,
  type HostId,
  hostId,
  type StorageConfig,
  type StorageDurable,
  type StorageEffect,
  type StorageEvent,
  type StorageMessage,
  type StorageState,
  storageOutcomes,
} from '../../../src/index.js';
import {textInOrder} from '../../fields-in-order.js';
import {kindOf} from '../../ha/effects.js';
import {repairMistakes} from '../../mistakes.js';
import type {Facts} from '../facts.js';
import type {Law} from '../law.js';

const told = (event: StorageEvent): string => {
  switch (event.type) {
    case 'Received':
      return `${event.from} sends ${textInOrder(event.message)}`;
    case 'ViewChanged':
      return `the storage network reaches ${event.reachable.join(' ')}`;
    case 'Called':
      return `${event.vm} is called: ${textInOrder(event.call)}`;
    case 'ComponentLost':
      return `the component of ${event.object} is lost`;
    case 'AbsenceLasted':
      return `a component of ${event.object} has been absent for long`;
    case 'Crashed':
      return 'crashes';
    case 'Restarted':
      return `restarts, and reaches ${event.reachable.join(' ')}`;
  }
};

/** The log of one host's storage module. */
export const storageLaw: Law<StorageConfig, StorageState, StorageEvent, StorageEffect> = {
  specification: {
    module: 'storage',
    start: config => ({role: 'down', durable: firstDurable(config)}),
    outcomes: storageOutcomes,
    isStart: ({type}) => type === 'Restarted',
    withoutNeedless: (_, effects) => effects,
    chapters: ['DR', 'OB', 'ST', 'LK'],
    ordering: (a, b) => {
      const isAlike = a.type === b.type && (a.type !== 'Send' || b.type !== 'Send' || a.to === b.to);
      return isAlike || [a.type, b.type].includes('Persist') ? {rule: null} : null;
    },
    idsInEffect: () => [],
    idsInStimulus: () => [],
    follows: () => false,
    kindOf,
    callingFor: () => [],
    mistakes: repairMistakes,
    tellStimulus: told,
    tellEffect: textInOrder,
  },
  forms: {config: 'storage-config', event: 'storage-event', effect: 'storage-effect'},
  network: 'storage',
  begin: (config, durable) => {
    const known = (durable ?? firstDurable(config)) as StorageDurable;
    return [{role: 'down', durable: known}, awake(known)];
  },
  crashed: {type: 'Crashed'},
  guesses: (config, facts) => [
    ...facts.messages.map(
      ({from, message}): StorageEvent => ({type: 'Received', from: hostId(from), message: message as StorageMessage}),
    ),
    ...viewsOf(config, facts).flatMap((reachable): readonly StorageEvent[] => [
      {type: 'ViewChanged', reachable},
      {type: 'Restarted', reachable},
    ]),
    ...config.vms
      .flatMap(({namespace, disks}) => [namespace, ...disks])
      .flatMap(({object}): readonly StorageEvent[] => [
        {type: 'ComponentLost', object},
        {type: 'AbsenceLasted', object},
      ]),
    {type: 'Crashed'},
  ],
  isCurrent: () => false,
  roleOf: state => (state.role === 'down' ? 'down' : state.reign === null ? 'member' : 'owner'),
};

/** A host of a large cluster has too many views to try them all. */
const MOST_PEERS = 6;

/** Every set of hosts that this one may reach; of many hosts only the whole, itself, and what it last reached. */
export const viewsOf = (
  {self, hosts}: {readonly self: HostId; readonly hosts: readonly HostId[]},
  {reachable}: Pick<Facts, 'reachable'>,
): readonly (readonly HostId[])[] => {
  const peers = hosts.filter(host => host !== self);
  if (peers.length > MOST_PEERS) return [hosts, [self], (reachable ?? hosts) as readonly HostId[]];
  return peers
    .reduce<readonly (readonly HostId[])[]>((all, peer) => [...all, ...all.map(view => [...view, peer])], [[self]])
    .map(view => [...view].sort());
};
