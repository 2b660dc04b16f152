// The effects of an HA module by kind: which rules call for one, and which of them have an order.

import {type Config, type Effect, type FallbackTimer, isApplicable, type RuleId, type Timer} from '../../src/index.js';
import {at} from '../canonical.js';
import type {Ordering} from '../specification.js';

type EffectOf<T extends Effect['type']> = Extract<Effect, {readonly type: T}>;
type TimerOrder = 'SetTimer' | 'CancelTimer';
type TimerKind = Exclude<Timer['type'], 'Fallback'> | FallbackTimer['phase'];

/** What tells the kinds of effects apart: the type, and that of the message or timer, or its phase. */
export type EffectKind =
  | Exclude<Effect['type'], 'Send' | TimerOrder>
  | `Send ${EffectOf<'Send'>['message']['type']}`
  | `${TimerOrder} ${TimerKind}`;

/** Every kind, and the rules that call for an effect of that kind. */
export const CALLING_FOR: {readonly [K in EffectKind]: readonly RuleId[]} = {
  Persist: ['TM-04', 'TM-01', 'TM-05', 'TM-07', 'EL-09'],
  CallStorage: ['FB-01', 'FB-17', 'FB-32', 'WT-02', 'WT-06'],
  Report: ['FB-06', 'FB-07'],
  CheckIsolation: ['EL-10', 'EL-13', 'LV-10'],
  PowerOffVms: ['EL-15'],
  Probe: ['LV-04'],
  'Send Claim': ['TM-05', 'EL-05', 'EL-09', 'LV-01'],
  'Send Superseded': ['TM-03'],
  'Send Candidacy': ['EL-01', 'EL-04', 'EL-07', 'EL-08', 'EL-13', 'EL-14', 'EL-16'],
  'Send Alive': ['LV-02'],
  'Send AccessQuery': ['FB-09', 'FB-10'],
  'Send AccessAnswer': ['FB-13'],
  'Send SetCommand': ['FB-14', 'FB-19'],
  'Send SetResult': ['FB-18'],
  'Send WaitRegister': ['WT-01', 'WT-07'],
  'Send BecameAccessible': ['WT-04', 'WT-05'],
  'SetTimer Election': ['EL-01', 'EL-07', 'EL-08', 'EL-10', 'EL-14', 'EL-16'],
  'SetTimer Silence': ['TM-01', 'TM-07', 'TM-10', 'LV-02'],
  'SetTimer Isolation': ['EL-12', 'EL-13', 'LV-11'],
  'SetTimer Heartbeat': ['EL-09', 'LV-01'],
  'SetTimer Host': ['EL-09', 'LV-03', 'LV-04'],
  'SetTimer setting': ['TO-03'],
  'SetTimer querying': ['TO-01'],
  'SetTimer commanding': ['TO-02'],
  'SetTimer waiting': ['WT-07'],
  'CancelTimer Election': ['EL-17', 'EL-09', 'EL-12', 'EL-18'],
  'CancelTimer Silence': ['EL-01', 'EL-07', 'EL-18'],
  'CancelTimer Isolation': ['EL-14', 'EL-16', 'EL-17', 'EL-18'],
  'CancelTimer Heartbeat': ['LV-11', 'LV-09'],
  'CancelTimer Host': ['LV-11', 'LV-09'],
  'CancelTimer setting': ['TO-04'],
  'CancelTimer querying': ['TO-04'],
  'CancelTimer commanding': ['TO-04'],
  'CancelTimer waiting': ['TO-04'],
};

/** The kind of whatever a subject sent; for what is no effect at all, a name that no rule calls for. */
export const kindOf = (effect: unknown): string =>
  [
    at(effect, ['type']),
    at(effect, ['message', 'type']) ?? at(effect, ['timer', 'phase']) ?? at(effect, ['timer', 'type']),
  ]
    .filter(part => typeof part === 'string')
    .join(' ');

/** Timers go with what is waited for. */
export const follows = (effect: unknown): boolean =>
  ['SetTimer', 'CancelTimer'].some(type => at(effect, ['type']) === type);

export const callingFor = ({repairs}: Config, kind: string): readonly RuleId[] =>
  Object.entries(CALLING_FOR).flatMap(([known, rules]) =>
    known === kind ? rules.filter(rule => isApplicable(rule, repairs)) : [],
  );

/** Each host, the storage module, the platform, the disk and each timer is a channel of its own. */
const channelOf = (effect: Effect): string => {
  switch (effect.type) {
    case 'Send':
      return `to ${effect.to}`;
    case 'SetTimer':
    case 'CancelTimer':
      return `timer ${channelOfTimer(effect.timer)}`;
    default:
      return effect.type;
  }
};

const channelOfTimer = (timer: Timer): string => {
  switch (timer.type) {
    case 'Fallback':
      return `${timer.vm} ${timer.phase} ${timer.generation}`;
    case 'Host':
      return `Host ${timer.host}`;
    default:
      return timer.type;
  }
};

/** Order matters within a channel, and what is persisted comes before what is sent (TM-04). */
export const ordering = (a: Effect, b: Effect): Ordering | null => {
  if (channelOf(a) === channelOf(b)) return {rule: null};
  const types = [a.type, b.type];
  return types.includes('Persist') && types.includes('Send') ? {rule: 'TM-04'} : null;
};
