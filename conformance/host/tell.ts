// Events and effects of a host as a person would tell them.

import type {HostEvent} from '../../src/index.js';
import {at} from '../canonical.js';
import {inOrder} from '../fields-in-order.js';
import {effectTeller, timerText} from '../ha/tell.js';
import {isPersist} from '../oracle/oracle.js';
import type {Telling} from '../specification.js';
import {toldBeside} from './told-entry.js';
import {keptIn, newsIn} from './told-news.js';

/** Words for what is put to a host and what it does, after this was persisted last (null: nothing so far). */
export const tellSince = (last: unknown): Telling<HostEvent> => {
  const short = toldBeside(keptIn(last));
  const told = (value: unknown): string => short(inOrder(value));
  const tellEffect = effectTeller(told);
  return {
    tellStimulus: event => eventText(event, told),
    tellEffect: effect => {
      const network = at(effect, ['network']);
      const news = isPersist(effect) ? newsIn(at(effect, ['durable']), last) : null;
      if (news !== null) return `Persist, new: ${news}`;
      return at(effect, ['type']) === 'Send' && typeof network === 'string'
        ? `on ${network}: ${tellEffect(effect)}`
        : tellEffect(effect);
    },
  };
};

const eventText = (event: HostEvent, told: (value: unknown) => string): string => {
  switch (event.type) {
    case 'Received':
      return `${event.from} sends on the ${event.network === 'ha' ? 'HA' : 'storage'} network: ${told(event.message)}`;
    case 'TimerFired':
      return `${timerText(event.timer, told)} fires`;
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
