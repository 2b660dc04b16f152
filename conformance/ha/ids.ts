// The ids that an HA module chooses itself: the numbers of its rounds, and the purposes of its SETs.

import {
  type Config,
  type Effect,
  type Event,
  type FallbackTimer,
  type RequestId,
  round,
  type StorageCall,
  term,
} from '../../src/index.js';
import {at} from '../canonical.js';
import type {IdUse} from '../specification.js';

/** A number that no round of the relation has: an answer with this one belongs to no request. */
const NO_ROUND = round(-1);

/** Without request ids nobody looks at the round of a message, so a subject may count as it likes. */
const ofRequest = ({repairs}: Config, {term, vm, generation}: RequestId): IdUse => ({
  path: ['message', 'round'],
  space: `round of ${vm}, generation ${generation}, term ${term}`,
  use: repairs['request-ids'] ? 'counts' : 'free',
  unknown: NO_ROUND,
  rule: 'FB-23',
});

/** Starting a timer names it; only that name stops it. */
const ofTimer = ({vm, phase, generation}: FallbackTimer, use: 'renews' | 'current'): IdUse => ({
  path: ['timer', 'round'],
  space: `${phase} timer of ${vm}, generation ${generation}`,
  use,
  unknown: NO_ROUND,
  rule: 'TO-04',
});

/** The purpose is the caller's own. It has to tell apart the calls that the relation tells apart. */
const ofCall = ({vm, value, generation, purpose}: StorageCall): IdUse => ({
  path: ['call', 'purpose'],
  space: `SET of ${vm}, generation ${generation}, ${value}`,
  use: 'adds',
  unknown: {type: 'Own', term: term(-1), round: NO_ROUND},
  rule: at(purpose, ['type']) === 'Own' ? 'FB-01' : 'FB-24',
});

/** Requests carry the sender's round; answers echo the round of whoever asked. */
export const idsInEffect = (config: Config, effect: Effect): readonly IdUse[] => {
  switch (effect.type) {
    case 'CallStorage':
      return [ofCall(effect.call)];
    case 'SetTimer':
      return effect.timer.type === 'Fallback' ? [ofTimer(effect.timer, 'renews')] : [];
    case 'CancelTimer':
      return effect.timer.type === 'Fallback' ? [ofTimer(effect.timer, 'current')] : [];
    case 'Send': {
      const {message} = effect;
      return message.type === 'AccessQuery' || message.type === 'SetCommand' || message.type === 'WaitRegister'
        ? [ofRequest(config, message)]
        : [];
    }
    default:
      return [];
  }
};

/** Answers and timers come back with the subject's own ids; requests of other primaries carry theirs. */
export const idsInEvent = (config: Config, event: Event): readonly IdUse[] => {
  switch (event.type) {
    case 'StorageReplied':
      return [ofCall(event.call)];
    case 'TimerFired':
      return event.timer.type === 'Fallback' ? [ofTimer(event.timer, 'current')] : [];
    case 'Received': {
      const {message} = event;
      return message.type === 'AccessAnswer' || message.type === 'SetResult' || message.type === 'BecameAccessible'
        ? [ofRequest(config, message)]
        : [];
    }
    default:
      return [];
  }
};
