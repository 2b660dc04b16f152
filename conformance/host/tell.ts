// Events and effects of a host as a person would tell them.

import type {HostEvent} from '../../src/index.js';
import {at} from '../canonical.js';
import {effectTeller} from '../ha/tell.js';
import {toldShort} from './told-entry.js';

export const tellHostEvent = (event: HostEvent): string => {
  switch (event.type) {
    case 'Received':
      return `${event.from} sends on the ${event.network === 'ha' ? 'HA' : 'storage'} network: ${toldShort(event.message)}`;
    case 'TimerFired':
      return `a timer fires: ${toldShort(event.timer)}`;
    case 'ViewChanged':
      return `the storage network reaches ${event.reachable.join(' ')}`;
    case 'ComponentLost':
      return `the disk under the component of ${event.object} fails`;
    case 'Request':
      return `the platform wants ${event.vm} ${event.value} (generation ${event.generation})`;
    case 'IsolationChecked':
      return `the isolation address can${event.reachable ? '' : 'not'} be reached`;
    case 'Probed':
      return `${event.host} ${event.ping ? 'answers' : 'does not answer'} a ping; its heartbeat: ${event.heartbeat}`;
    case 'PowerOn':
      return `the user powers ${event.vm} on (generation ${event.generation})`;
    case 'PowerOff':
      return `the user powers ${event.vm} off (generation ${event.generation})`;
    case 'MigratedIn':
      return `${event.vm} migrates to this host, with epoch ${event.epoch} of its lock`;
    case 'MigratedOut':
      return `${event.vm} migrates to another host`;
    case 'Created':
      return `the user creates ${event.vm} anew (identity ${event.identity})`;
    case 'Crashed':
      return 'crashes';
    case 'Restarted':
      return `comes up; the storage network reaches ${event.reachable.join(' ')}`;
  }
};

const tellEffect = effectTeller(toldShort);

/** Whatever a subject sent: in words if it is an effect, as it is if not. */
export const tellHostEffect = (effect: unknown): string => {
  const network = at(effect, ['network']);
  return at(effect, ['type']) === 'Send' && typeof network === 'string'
    ? `on ${network}: ${tellEffect(effect)}`
    : tellEffect(effect);
};
