// Events and effects of an HA module as a person would tell them.

import type {Access, Event, Timer} from '../../src/index.js';
import {at, type Path} from '../canonical.js';
import {textInOrder} from '../fields-in-order.js';

export const tellEvent = (event: Event): string => {
  switch (event.type) {
    case 'Request':
      return `the platform wants ${event.vm} ${event.value} (generation ${event.generation})`;
    case 'Received': {
      const access = 'vm' in event.message ? tellAccess(event.accessible) : '';
      return `${event.from} sends ${textInOrder(event.message)}${access}`;
    }
    case 'StorageReplied': {
      const {vm, value, generation} = event.call;
      const call = `SET ${vm} ${value} (generation ${generation})`;
      return `the storage module answers ${call}: ${event.result}${tellAccess(event.accessible)}`;
    }
    case 'AccessibilityChanged':
      return `the storage module announces a change of ${event.vm}${tellAccess(event.accessible)}`;
    case 'TimerFired':
      return `the ${tellTimer(event.timer)} fires${tellAccess(event.accessible)}`;
    case 'IsolationChecked':
      return `the isolation address can${event.reachable ? '' : 'not'} be reached`;
    case 'Probed': {
      const heartbeat = event.heartbeat === 'none' ? 'no heartbeat' : `says it is ${event.heartbeat}`;
      return `${event.host} ${event.ping ? 'answers' : 'does not answer'} a ping; in the datastores: ${heartbeat}`;
    }
    case 'Elected':
      return `elected in term ${event.term}`;
    case 'Crashed':
      return 'crashes';
    case 'Restarted':
      return 'restarts';
  }
};

const tellTimer = (timer: Timer): string => {
  switch (timer.type) {
    case 'Fallback':
      return `${timer.phase} timer of ${timer.vm} (generation ${timer.generation}, round ${timer.round})`;
    case 'Host':
      return `timer of ${timer.host}`;
    default:
      return `${timer.type.toLowerCase()} timer`;
  }
};

const tellAccess = ({namespace, all}: Access): string =>
  `; own access: ${all ? 'all objects' : namespace ? 'namespace object only' : 'none'}`;

/** A timer of whatever kind, with its article. */
export const timerText = (timer: unknown, told: (value: unknown) => string): string => {
  const part = (name: string): string => told(at(timer, [name]));
  return at(timer, ['phase']) === undefined
    ? `the timer ${told(timer)}`
    : `the ${part('phase')} timer of ${part('vm')} (generation ${part('generation')}, round ${part('round')})`;
};

/** Tells whatever a subject sent: in words if it is an effect, as it is if not. `told` says values. */
export const effectTeller =
  (told: (value: unknown) => string): ((effect: unknown) => string) =>
  effect => {
    const part = (...path: Path): string => told(at(effect, path));
    const timer = timerText(at(effect, ['timer']), told);
    switch (at(effect, ['type'])) {
      case 'Send':
        return `send to ${part('to')}: ${part('message')}`;
      case 'CallStorage': {
        const call = `SET ${part('call', 'vm')} ${part('call', 'value')} (generation ${part('call', 'generation')})`;
        return `call ${call}, purpose ${part('call', 'purpose')}`;
      }
      case 'SetTimer':
        return `set ${timer}`;
      case 'CancelTimer':
        return `cancel ${timer}`;
      default:
        return told(effect);
    }
  };

export const tellEffect = effectTeller(textInOrder);
