// What the other hosts, the hypervisor, the clock and the network may answer to what a host orders.

import {
  type Carried,
  configuration,
  createdObject,
  type DirectoryEntry,
  epoch,
  generation,
  type HostConfig,
  type HostEffect,
  type HostEvent,
  type HostId,
  identity,
  type ObjectLayout,
  type RecoveryMessage,
  type Retrieval,
  type Standing,
  type StorageMessage,
  term,
  type Version,
} from '../../src/index.js';
import type {Facts} from './facts.js';

type Layouts = Pick<HostConfig, 'vms'>;

/** Every namespace object has components on each of three hosts, and what they hold is the same. */
export const layoutsOf = ({vms}: Layouts): readonly ObjectLayout[] =>
  vms.flatMap(({namespace, disks}) => [namespace, ...disks]);

/** What a component holds: the object as it was created, or as a later SET has left it. */
export const entryOf = (layout: ObjectLayout, version: Version, isProtected: boolean): DirectoryEntry => {
  const content = createdObject(layout, identity(1));
  const set = {...content, register: {...content.register, value: 'protected' as const, generation: generation(3)}};
  return {
    object: layout.object,
    version,
    content: isProtected ? set : content,
    voters: layout.components,
    former: null,
  };
};

/** In an order that depends on nothing but the effect. */
export const answersTo = (config: HostConfig, facts: Facts, effect: HostEffect): readonly HostEvent[] => {
  switch (effect.type) {
    case 'SetTimer':
      return [{type: 'TimerFired', timer: effect.timer}];
    case 'CheckIsolation':
      return [true, false].map(reachable => ({type: 'IsolationChecked', reachable}));
    case 'Probe': {
      const {host} = effect;
      return [
        {type: 'Probed', host, ping: true, heartbeat: 'none'},
        ...(['none', 'well', 'isolated'] as const).map(
          heartbeat => ({type: 'Probed', host, ping: false, heartbeat}) as const,
        ),
      ];
    }
    case 'Send':
      return effect.network === 'ha'
        ? haReplies(config, facts, effect.to, effect.message).map(message => ({
            type: 'Received',
            network: 'ha',
            from: effect.to,
            message,
          }))
        : storageReplies(config, effect.to, effect.message).map(message => ({
            type: 'Received',
            network: 'storage',
            from: effect.to,
            message,
          }));
    default:
      return [];
  }
};

/** What GET may have said of the VMs: nothing, that they were protected once, or that they are protected since. */
const retrievals = ({vms}: Layouts): readonly (readonly Retrieval[])[] => [
  [],
  ...[3, 5].map(number =>
    vms.map(({vm}) => ({vm, value: 'protected' as const, generation: generation(number), attempts: 1})),
  ),
];

/** How a VM may stand on a host: well, out of reach, without room, or locked by another one. */
const standingsOf = (other: HostId): readonly Standing[] => [
  {accessible: true, capacity: true, holder: null},
  {accessible: false, capacity: true, holder: null},
  {accessible: true, capacity: false, holder: null},
  {accessible: true, capacity: true, holder: other},
];

const haReplies = (
  config: HostConfig,
  facts: Facts,
  to: HostId,
  message: RecoveryMessage,
): readonly RecoveryMessage[] => {
  const other = config.hosts.find(host => host !== config.self && host !== to) ?? config.self;
  const newer = term(Math.max(facts.term, message.term) + 1);
  switch (message.type) {
    case 'Candidacy':
      return [
        {type: 'Candidacy', term: message.term, datastores: 0},
        {type: 'Claim', term: newer},
      ];
    case 'Claim':
      return [{type: 'Alive', term: message.term}];
    case 'AccessQuery': {
      const {scope: _, ...id} = message;
      return [true, false].map(accessible => ({...id, type: 'AccessAnswer', accessible, reachable: []}));
    }
    case 'SetCommand': {
      const {value: _, ...id} = message;
      return [
        ...(['ok', 'failed', 'stale'] as const).map(result => ({...id, type: 'SetResult', result}) as const),
        {type: 'Superseded', term: newer},
      ];
    }
    case 'WaitRegister': {
      const {scope: _, ...id} = message;
      return [{...id, type: 'BecameAccessible'}];
    }
    case 'Retrieve':
      return facts.generation === 0
        ? retrievals(config).map(told => ({type: 'Retrieved', term: message.term, retrievals: told}))
        : [];
    case 'PlaceQuery':
      return standingsOf(other).map(standing => ({...message, type: 'PlaceAnswer', standing}));
    case 'RestartCommand': {
      const {attempt: _, ...id} = message;
      const plain = (['ok', 'inaccessible', 'capacity', 'failed', 'refused'] as const).map(type => ({type}));
      return [...plain, {type: 'locked', holder: other} as const].map(result => ({
        ...id,
        type: 'RestartResult',
        result,
      }));
    }
    case 'PlaceRegister': {
      const {wanted: _, ...id} = message;
      return [{...id, type: 'BecamePlaceable'}];
    }
    default:
      return [];
  }
};

const FIRST: Version = {configuration: configuration(0), sequence: 0};

const storageReplies = ({vms}: HostConfig, to: HostId, message: StorageMessage): readonly StorageMessage[] => {
  const {number} = message;
  const written: Version = {configuration: number, sequence: 1};
  const layouts = layoutsOf({vms}).filter(({components}) => components.some(({host}) => host === to));
  switch (message.type) {
    case 'Lead':
      return [
        {type: 'Joined', number, components: layouts.map(layout => entryOf(layout, FIRST, false))},
        {type: 'Joined', number, components: layouts.map(layout => entryOf(layout, {...FIRST, sequence: 1}, true))},
        {type: 'Refused', number, promised: configuration(number + 4)},
      ];
    case 'Hello':
      return [{type: 'Lead', number: configuration(number + 1)}];
    case 'Joined':
      return layoutsOf({vms})
        .slice(0, 1)
        .map(layout => ({type: 'ComponentWrite', number, entry: entryOf(layout, written, false)}));
    case 'ComponentWrite': {
      const {object, version} = message.entry;
      return [
        {type: 'ComponentAck', number, object, version},
        {type: 'Left', number},
      ];
    }
    case 'ComponentAck': {
      const layout = layoutsOf({vms}).find(({object}) => object === message.object);
      if (layout === undefined) return [];
      const {object, version} = message;
      const {content} = entryOf(layout, version, version.sequence > written.sequence);
      const taken = {...content, lock: {holder: to, epoch: epoch(5)}};
      return [content, taken].map(each => ({type: 'Publish', number, known: {object, version, content: each}}));
    }
    case 'Call': {
      const {object, call} = message;
      const results = call.type === 'TakeLock' ? (['ok', 'held'] as const) : (['ok', 'failed', 'stale'] as const);
      return results.map(result => ({type: 'Reply', number, object, call, result, epoch: epoch(1)}));
    }
    default:
      return [];
  }
};

export const received = (from: HostId, carried: Carried): HostEvent =>
  ({...carried, type: 'Received', from}) as HostEvent;
