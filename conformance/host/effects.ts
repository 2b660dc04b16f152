// How the effects of a host are compared: which of them are of a kind, and whose order matters.

import {type HostConfig, type HostEffect, isApplicable, type RuleId} from '../../src/index.js';
import {at, canonical} from '../canonical.js';
import * as ha from '../ha/effects.js';
import type {Ordering} from '../specification.js';

export {follows} from '../ha/effects.js';

/** Kinds of effects that an HA module by itself does not have, and the rules that call for one of that kind. */
const CALLING_FOR: Readonly<Record<string, readonly RuleId[]>> = {
  Persist: ['HO-19', 'DR-17', 'TM-04'],
  PoweredOn: ['HO-15', 'HO-11', 'RS-02', 'RS-04', 'RS-05', 'RS-07', 'HO-12'],
  'Send VmStatus': ['HO-06', 'HO-14'],
  'Send PlacePublished': ['FO-49'],
  'Send Retrieve': ['RT-01', 'RT-02', 'RT-05'],
  'Send Retrieved': ['RT-03', 'RT-04'],
  'Send PlaceQuery': ['FO-19', 'FO-18', 'FO-29'],
  'Send PlaceAnswer': ['FO-42'],
  'Send RestartCommand': ['FO-23'],
  'Send RestartResult': ['FO-44', 'RS-02', 'RS-03', 'RS-05', 'RS-07', 'RS-11'],
  'Send PlaceRegister': ['FO-30', 'FO-31', 'FO-38', 'FO-55'],
  'Send BecamePlaceable': ['FO-45', 'FO-47'],
  'Send Hello': ['DR-02', 'DR-19', 'OB-20'],
  'Send Lead': ['DR-01', 'DR-04', 'DR-05', 'DR-06', 'DR-14', 'DR-22', 'OB-20'],
  'Send Refused': ['DR-09'],
  'Send Joined': ['DR-08', 'DR-11'],
  'Send Left': ['DR-02', 'OB-06'],
  'Send ComponentWrite': ['RS-01', 'OB-04', 'OB-11', 'OB-12', 'OB-16', 'OB-17', 'OB-18', 'OB-21'],
  'Send ComponentAck': ['OB-05', 'OB-07'],
  'Send Publish': ['CH-01', 'CH-02', 'OB-08', 'OB-10'],
  'Send Call Set': ['OB-15', 'FB-01', 'FB-17', 'RS-09'],
  'Send Call TakeLock': ['OB-15', 'RS-01'],
  'Send Call ReleaseLock': ['OB-15', 'RS-06', 'RS-07', 'RS-11', 'RS-12', 'RS-13', 'RS-14', 'RS-15', 'HO-12'],
  'Send Call ClearAttempts': ['OB-15', 'RS-04'],
  'Send Call Create': ['OB-15'],
  'Send Reply': ['OB-10', 'OB-14'],
  'SetTimer Ghost': ['RS-20', 'RS-16', 'RS-12'],
  'SetTimer Absence': ['HO-17'],
  'SetTimer Failover delayed': ['FO-28', 'FO-30'],
  'SetTimer Failover placing': ['FO-53'],
  'SetTimer Failover starting': ['FO-54'],
  'SetTimer Failover lacking': ['FO-55'],
  'SetTimer Failover waiting': ['FO-55'],
  'SetTimer Failover exhausted': ['FO-55'],
  'SetTimer Retrieval': ['RT-05'],
  'CancelTimer Ghost': ['RS-18', 'RS-14', 'RS-15', 'RS-12'],
  'CancelTimer Absence': ['HO-17'],
  'CancelTimer Failover delayed': ['HO-02', 'FO-03'],
  'CancelTimer Failover placing': ['FO-53', 'HO-02', 'FO-03'],
  'CancelTimer Failover starting': ['FO-54', 'HO-02', 'FO-03'],
  'CancelTimer Failover lacking': ['FO-33', 'HO-02', 'FO-03', 'FO-55'],
  'CancelTimer Failover waiting': ['FO-33', 'HO-02', 'FO-03', 'FO-55'],
  'CancelTimer Failover exhausted': ['FO-33', 'HO-02', 'FO-03', 'FO-55'],
  'CancelTimer Retrieval': ['HO-02'],
};

/** As those of an HA module; the timers of failover are told apart by the stage that each belongs to. */
export const kindOf = (effect: unknown): string =>
  [ha.kindOf(effect), at(effect, ['timer', 'stage']), called(effect)]
    .filter(part => typeof part === 'string')
    .join(' ');

const called = (effect: unknown): unknown =>
  at(effect, ['message', 'type']) === 'Call' ? at(effect, ['message', 'call', 'type']) : null;

export const callingFor = (config: HostConfig, kind: string): readonly RuleId[] => [
  ...new Set([
    ...(Object.hasOwn(CALLING_FOR, kind) ? (CALLING_FOR[kind] ?? []) : []).filter(rule =>
      isApplicable(rule, config.repairs),
    ),
    ...ha.callingFor(config, kind),
  ]),
];

/** The parts of what a host knows, and the rules or chapters that speak of each. */
export const REMEMBERING = {
  published: {what: 'what hosts have published', rules: ['FO-50']},
  placeWatches: {what: 'who waits for a place here', rules: ['FO-46', 'FO-47', 'FO-48', 'FO-45']},
  inventory: {what: 'what it knows of the VM as primary', rules: ['FO', 'HO-04', 'HO-05']},
  whereabouts: {what: 'which host runs the VM', rules: ['HO-07', 'HO-05']},
  knowledge: {what: 'what was read back', rules: ['RT']},
  silent: {what: 'which hosts are silent', rules: ['LV', 'HO-03']},
  fallbacks: {what: 'how far it is with a request', rules: ['FB', 'TO', 'WT']},
  awaited: {what: 'who has still to answer', rules: ['FB', 'TO', 'FB-25']},
  work: {what: 'what it answers a call', rules: ['LK', 'ST', 'OB-12']},
  watches: {what: 'who waits for a VM here', rules: ['WT']},
  queue: {what: 'which calls wait', rules: ['OB-13', 'RS', 'FB']},
  runtime: {what: 'how the VM fares here', rules: ['RS']},
  directory: {what: 'what it knows of the objects', rules: ['CH']},
  pending: {what: 'which calls are not answered yet', rules: ['HO-11', 'HO-12']},
} as const;

/** Fields of effects, and the rules that say what stands there. */
export const DECIDING: Readonly<Record<string, readonly RuleId[]>> = {
  attempt: ['FO-35', 'FO-40', 'FO-41', 'FO-12'],
  attempts: ['ST-10', 'ST-14', 'LK-07', 'LK-08'],
  level: ['FO-31', 'FO-38', 'FO-55'],
  capacity: ['FO-42', 'RS-03', 'FO-24', 'FO-27', 'FO-31', 'FO-55'],
  holder: ['FO-42', 'HO-11', 'LK-02'],
  clean: ['RS-08'],
  promised: ['DR-09'],
  identity: ['HO-13'],
  epoch: ['RS-04', 'RS-16', 'LK-04', 'LK-05', 'ST-10'],
  result: ['LK-02', 'LK-05', 'LK-08', 'ST-01', 'ST-03', 'ST-08', 'ST-09'],
};

/** The parts of what survives a crash, and the rules or chapters that speak of each. */
export const SPEAKING = {
  lock: ['RS', 'LK', 'HO-16', 'ST-10'],
  attempts: ['RS-04', 'LK-07', 'ST-10', 'ST-14'],
  register: ['ST'],
  current: ['ST', 'OB-11', 'OB-12'],
  identity: ['ST'],
  voters: ['OB-16', 'OB-17', 'OB-18'],
  former: ['OB-16', 'OB-17', 'OB-10'],
  number: ['DR'],
  term: ['TM', 'EL'],
  version: ['RS', 'LK', 'ST', 'OB-01', 'OB-03', 'OB-04'],
  components: ['OB', 'DR'],
} as const;

/** The VM or the object that a message is about. */
const ABOUT = [['vm'], ['object'], ['entry', 'object'], ['known', 'object']];

/**
 * Neither network keeps messages in order, so it matters only among those of one type about one thing to one host; the
 * platform, the user, the disk and each timer are channels of their own.
 */
const channelOf = (effect: HostEffect): string => {
  switch (effect.type) {
    case 'Send':
      return [
        effect.network,
        effect.to,
        effect.message.type,
        ...ABOUT.map(path => canonical(at(effect.message, path))),
      ].join(' ');
    case 'SetTimer':
    case 'CancelTimer': {
      const {type} = effect.timer;
      const names = [['vm'], ['phase'], ['stage'], ['generation'], ['host'], ['object'], ['round'], ['attempt']];
      return `timer ${type} ${names.map(path => canonical(at(effect.timer, path))).join(' ')}`;
    }
    default:
      return effect.type;
  }
};

/** Order matters within a channel, and what survives a crash is persisted before anything else (HO-19). */
export const ordering = (a: HostEffect, b: HostEffect): Ordering | null => {
  if (channelOf(a) === channelOf(b)) return {rule: null};
  return [a.type, b.type].includes('Persist') ? {rule: 'HO-19'} : null;
};
