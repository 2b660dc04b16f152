// Both networks of a whole cluster, in memory. Each can be cut into sides.

import type {HostId} from '../../cluster/ids.js';
import type {Carried} from '../../host/events.js';
import {reachableFrom, type View} from '../../storage/view.js';
import type {Listener, Transport} from '../surroundings.js';
import type {Clock} from './clock.js';

export type Networks = {
  readonly transportOf: (host: HostId) => Transport;
  /** From now on only hosts on one side reach each other, and what is under way between sides is lost. */
  readonly cut: (network: Carried['network'], view: View) => void;
};

/** Messages take `latency` milliseconds. Nobody has heartbeat datastores; all reach the isolation address. */
export const createNetworks = (clock: Clock, hosts: readonly HostId[], latency: number): Networks => {
  const listeners = new Map<HostId, Listener>();
  const views: Record<Carried['network'], View> = {ha: [hosts], storage: [hosts]};
  const told = new Map<HostId, string>();

  const reached = (network: Carried['network'], host: HostId): readonly HostId[] =>
    reachableFrom(views[network], host).filter(other => other === host || listeners.has(other));

  /** Every storage module that hears others than before is told so. */
  const tellViews = (): void => {
    for (const [host, {view}] of [...listeners]) {
      const reachable = reached('storage', host);
      if (told.get(host) !== reachable.join(' ')) {
        told.set(host, reachable.join(' '));
        view(reachable);
      }
    }
  };

  return {
    transportOf: self => ({
      send: (to, carried) => {
        const listener = listeners.get(to);
        clock.after(latency, () => {
          const isThere = listener !== undefined && listeners.get(to) === listener;
          if (isThere && reached(carried.network, self).includes(to)) {
            listener.receive(self, JSON.parse(JSON.stringify(carried)) as Carried);
          }
        });
      },
      open: listener => {
        listeners.set(self, listener);
        const reachable = reached('storage', self);
        told.set(self, reachable.join(' '));
        clock.after(0, tellViews);
        return reachable;
      },
      close: () => {
        listeners.delete(self);
        tellViews();
      },
      isolationAddress: () => true,
      probe: host => ({ping: reached('ha', self).includes(host) && listeners.has(host), heartbeat: 'none'}),
    }),
    cut: (network, view) => {
      views[network] = view;
      tellViews();
    },
  };
};
