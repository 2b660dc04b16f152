// What every future ignores, and so may be forgotten: what belongs to an earlier term, and what tells nothing new.

import {type HostId, retrievalOutcomes} from '../../../src/index.js';
import type {Builder, Read} from '../../index.js';
import type {Envelope, World} from './world.js';

export const declareDead = (m: Builder, {hosts, repairs, primary, inbox, gets, configOf}: World): void => {
  /** With generations a primary learns newer ones only, so what it ignores once it ignores for ever. */
  const isDead = (read: Read, at: HostId, {from, message}: Envelope): boolean => {
    const {host, term, known} = read(primary);
    if (message.term !== term) return true;
    if (message.type === 'Retrieve') return from !== host;
    if (at !== host || message.retrievals.length === 0) return true;
    const [{state}] = retrievalOutcomes(configOf(host), term, known, {type: 'Received', message});
    return repairs.generations && state === known;
  };

  for (const host of hosts) {
    m.normalise(`dead messages to ${host}`, {of: inbox(host)}, (messages, read) =>
      messages.filter(envelope => !isDead(read, host, envelope)),
    );
    m.normalise(`dead GETs of ${host}`, {of: gets(host)}, (pending, read) =>
      pending.filter(({term}) => term === read(primary).term),
    );
  }
};
