// The effects of an HA module by kind: which rules call for one, and which of them have an order.

import {type Config, type Effect, isApplicable, type RuleId} from '../../src/index.js';
import {at} from '../canonical.js';
import type {Ordering} from '../specification.js';

type EffectOf<T extends Effect['type']> = Extract<Effect, {readonly type: T}>;
type TimerOrder = 'SetTimer' | 'CancelTimer';

/** What tells the kinds of effects apart: the type, and that of the message or the phase of the timer. */
export type EffectKind =
  | Exclude<Effect['type'], 'Send' | TimerOrder>
  | `Send ${EffectOf<'Send'>['message']['type']}`
  | `${TimerOrder} ${EffectOf<'SetTimer'>['timer']['phase']}`;

/** Every kind, and the rules that call for an effect of that kind. */
export const CALLING_FOR: {readonly [K in EffectKind]: readonly RuleId[]} = {
  Persist: ['TM-01', 'TM-05', 'TM-07', 'TM-04'],
  CallStorage: ['FB-01', 'FB-17', 'WT-02', 'WT-06'],
  Report: ['FB-06', 'FB-07'],
  'Send Claim': ['TM-05'],
  'Send Superseded': ['TM-03'],
  'Send AccessQuery': ['FB-09', 'FB-10'],
  'Send AccessAnswer': ['FB-13'],
  'Send SetCommand': ['FB-14', 'FB-19'],
  'Send SetResult': ['FB-18'],
  'Send WaitRegister': ['WT-01', 'WT-07'],
  'Send BecameAccessible': ['WT-04', 'WT-05'],
  'SetTimer setting': ['TO-03'],
  'SetTimer querying': ['TO-01'],
  'SetTimer commanding': ['TO-02'],
  'SetTimer waiting': ['WT-07'],
  'CancelTimer setting': ['TO-04'],
  'CancelTimer querying': ['TO-04'],
  'CancelTimer commanding': ['TO-04'],
  'CancelTimer waiting': ['TO-04'],
};

/** The kind of whatever a subject sent; for what is no effect at all, a name that no rule calls for. */
export const kindOf = (effect: unknown): string =>
  [at(effect, ['type']), at(effect, ['message', 'type']) ?? at(effect, ['timer', 'phase'])]
    .filter(part => typeof part === 'string')
    .join(' ');

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
      return `timer ${effect.timer.vm} ${effect.timer.phase} ${effect.timer.generation}`;
    default:
      return effect.type;
  }
};

/** Order matters within a channel, and what is persisted comes before what is sent (TM-04). */
export const ordering = (a: Effect, b: Effect): Ordering | null => {
  if (channelOf(a) === channelOf(b)) return {rule: null};
  const types = [a.type, b.type];
  return types.includes('Persist') && types.includes('Send') ? {rule: 'TM-04'} : null;
};
