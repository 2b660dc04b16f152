// What every future ignores, and so may be forgotten. It is not declared: the library itself is asked.
//
// A host's number only grows, and no two reigns have the same. So what a host ignores because it belongs to a reign
// that is over for it, it ignores for ever; and a write of such a reign, which is answered, is dead if its answer is.

import {awake, type HostId, type StorageMessage, type StorageState, storageOutcomes} from '../../../src/index.js';
import type {Builder, Read} from '../../index.js';
import type {Envelope, World} from './world.js';

export const declareDead = (m: Builder, {cluster, host, inbox}: World): void => {
  const {hosts, configOf} = cluster;

  const standing = (read: Read, name: HostId): StorageState => {
    const state = read(host(name));
    return state.role === 'down' ? awake(state.durable) : state;
  };

  const isDead = (read: Read, name: HostId, {from, message}: Envelope): boolean => {
    const state = standing(read, name);
    // The scene does not look at the answer to a call, but for that of the lock.
    if (message.type === 'Reply') return message.call.type !== 'TakeLock' || message.result !== 'ok';
    const [{state: after, effects}] = storageOutcomes(configOf(name), state, {type: 'Received', from, message});
    if (after !== state || !isForGood(message, state)) return false;
    // What is ignored in silence now may be answered later, so it is dead only where the answer would be.
    const isAnswered = message.type === 'Lead' || message.type === 'ComponentWrite';
    if (isAnswered && read(host(from)).durable.number <= message.number) return false;
    return effects.every(
      effect =>
        effect.type === 'Send' &&
        effect.to === from &&
        effect.message.type !== 'Hello' &&
        read(host(from)).durable.number > effect.message.number,
    );
  };

  for (const name of hosts) {
    m.normalise(`dead messages to ${name}`, {of: inbox(name)}, (messages, read) =>
      messages.filter(envelope => !isDead(read, name, envelope)),
    );
  }
};

/** Whether what leaves the host as it is will do so for ever, whatever the host does meanwhile. */
const isForGood = (message: StorageMessage, {durable: {number}}: StorageState): boolean => {
  switch (message.type) {
    case 'Hello':
      return false;
    case 'Left':
    case 'ComponentWrite':
      return message.number < number;
    default:
      return message.number <= number;
  }
};
