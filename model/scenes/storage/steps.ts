// What the storage modules do by themselves: all of it is fair.

import type {HostId} from '../../../src/index.js';
import {type Builder, same} from '../../index.js';
import type {World} from './world.js';

export const declareSteps = (m: Builder, {cluster, cut, host, inbox, react}: World): void => {
  const {hosts, cuts} = cluster;
  const heardBy = (name: string, at: HostId): readonly HostId[] => cuts.get(name)?.[at] ?? [at];

  /** Each host notices at a time of its own. */
  m.action('notices the cut', {each: hosts, fair: 'weak'}, (read, name: HostId) => {
    const state = read(host(name));
    const reachable = heardBy(read(cut), name);
    return state.role === 'down' || same(state.reachable, reachable)
      ? []
      : react(read, name, {type: 'ViewChanged', reachable});
  });

  m.action('restarts', {each: hosts, fair: 'weak'}, (read, name: HostId) =>
    read(host(name)).role === 'down' ? react(read, name, {type: 'Restarted', reachable: heardBy(read(cut), name)}) : [],
  );

  /** Where the link is down, what is under way waits until it is up again. */
  m.receive(inbox, {name: 'message arrives', fair: 'weak'}, (read, name, {from, message}) =>
    heardBy(read(cut), name).includes(from) && read(host(name)).role === 'up'
      ? react(read, name, {type: 'Received', from, message})
      : [],
  );
};
