// By which rule a primary had to go on with a VM, told from what it did last and what it was told since.

import type {Effect, Event, RuleId, VmId} from '../../src/index.js';
import {at} from '../canonical.js';
import type {Step} from '../oracle/earlier.js';

/** The rule by which it goes on when nothing comes of what it did last. */
const UNANSWERED: Readonly<Partial<Record<string, RuleId>>> = {
  CallStorage: 'TO-03',
  AccessQuery: 'TO-01',
  SetCommand: 'TO-02',
  WaitRegister: 'WT-07',
};

const PHASES: Readonly<Record<string, RuleId>> = {
  setting: 'TO-03',
  querying: 'TO-01',
  commanding: 'TO-02',
  waiting: 'WT-07',
};

/** The steps begin with the request. */
export const ruleAfter = (steps: readonly Step<Event>[], vm: VmId): RuleId => {
  const did = steps.findLastIndex(({observed}) => observed.some(effect => unanswered(effect, vm) !== null));
  const heard = steps.findLastIndex(({stimulus}) => answered(stimulus, vm) !== null);
  if (heard > did) return answered(steps[heard]?.stimulus, vm) ?? 'FB-01';
  const last = steps[did]?.observed.map(effect => unanswered(effect, vm)).findLast(rule => rule !== null);
  return last ?? 'FB-01';
};

const unanswered = (effect: unknown, vm: VmId): RuleId | null => {
  const {type} = effect as Partial<Effect>;
  const part = type === 'CallStorage' ? 'call' : 'message';
  if (at(effect, [part, 'vm']) !== vm) return null;
  return UNANSWERED[type === 'Send' ? String(at(effect, ['message', 'type'])) : String(type)] ?? null;
};

const answered = (stimulus: Event | undefined, vm: VmId): RuleId | null => {
  switch (stimulus?.type) {
    case 'Request':
      return stimulus.vm === vm ? 'FB-01' : null;
    case 'StorageReplied':
      return stimulus.call.vm !== vm ? null : stimulus.result === 'ok' ? 'FB-06' : 'FB-09';
    case 'AccessibilityChanged':
      return stimulus.vm === vm ? 'WT-06' : null;
    case 'TimerFired':
      return stimulus.timer.type === 'Fallback' && stimulus.timer.vm === vm
        ? (PHASES[stimulus.timer.phase] ?? null)
        : null;
    case 'Received': {
      const {message} = stimulus;
      if (!('vm' in message) || message.vm !== vm) return null;
      if (message.type === 'AccessAnswer') return message.accessible ? 'FB-14' : 'FB-10';
      if (message.type === 'SetResult') return message.result === 'ok' ? 'FB-06' : 'FB-19';
      return message.type === 'BecameAccessible' ? 'WT-06' : null;
    }
    default:
      return null;
  }
};
