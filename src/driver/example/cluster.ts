// Five hosts side by side, on a clock of their own.

import {type Generation, type HostId, hostId, objectId, type VmId, vmId} from '../../cluster/ids.js';
import {mirrored} from '../../cluster/layout.js';
import {CONCURRENCY, SCHEDULE} from '../../failover/config.js';
import type {HostConfig} from '../../host/config.js';
import {DURATIONS, durationOf} from '../../host/durations.js';
import {eager} from '../../policy/policies.js';
import {profile} from '../../profile/profiles.js';
import type {Protection} from '../../storage/protection.js';
import {type Observer, type RunningHost, runHost} from '../driver.js';
import {type Clock, createClock} from '../memory/clock.js';
import {createDisk} from '../memory/disk.js';
import {createNetworks, type Networks} from '../memory/networks.js';
import {createTimers} from '../memory/timers.js';
import type {Notice} from '../surroundings.js';

const HOSTS = ['h1', 'h2', 'h3', 'h4', 'h5'].map(hostId);
const [h1, h2, h3, h4, h5] = HOSTS as [HostId, HostId, HostId, HostId, HostId];

/** `web` lies on h1, h2 and h3; `db` on h3, h4 and h5. */
const VMS = [
  {vm: vmId('db'), namespace: mirrored(objectId('db home'), 'namespace', [h4, h5, h3]), disks: []},
  {vm: vmId('web'), namespace: mirrored(objectId('web home'), 'namespace', [h1, h2, h3]), disks: []},
];

/** Every host is told the same, but for its name. */
export const configOf = (self: HostId): HostConfig => ({
  self,
  hosts: HOSTS,
  vms: VMS,
  repairs: profile('hardened'),
  elector: 'builtin',
  datastores: 1,
  isolationResponse: 'leave',
  subsets: 'complement',
  plans: VMS.map(({vm}) => ({vm, stored: true, priority: 0})),
  placement: 'ask',
  scope: 'all',
  schedule: SCHEDULE,
  concurrency: CONCURRENCY,
  notices: 'per-vm',
  capacity: 4,
  cleanByDefault: false,
});

/** Who watches: each step of each host, and what the platform and the user are told. */
export type Audience = {
  readonly step: (host: HostId, ...step: Parameters<Observer>) => void;
  readonly notice: (host: HostId, notice: Notice) => void;
};

export type Cluster = {
  readonly clock: Clock;
  readonly networks: Networks;
  readonly host: (name: string) => RunningHost;
  /** The user switches the VM on at this host, and the platform asks the primary to protect it. */
  readonly powerOn: (name: string, vm: VmId, generation: Generation) => void;
};

export const startCluster = (audience: Audience): Cluster => {
  const clock = createClock();
  const networks = createNetworks(clock, HOSTS, 1);
  const running = new Map(
    HOSTS.map(self => {
      const config = configOf(self);
      const surroundings = {
        transport: networks.transportOf(self),
        timers: createTimers(clock, timer => durationOf(DURATIONS, config, timer)),
        disk: createDisk(),
        tell: (notice: Notice) => audience.notice(self, notice),
      };
      return [self, runHost(config, eager, surroundings, (...step) => audience.step(self, ...step))];
    }),
  );
  for (const host of running.values()) host.start();

  const host = (name: string): RunningHost => {
    const known = running.get(hostId(name));
    if (known === undefined) throw new RangeError(`no host ${name}`);
    return known;
  };
  const request = (vm: VmId, value: Protection, generation: Generation): void => {
    for (const each of running.values()) {
      if (each.now().state.ha.ha.role === 'primary') each.demand({type: 'Request', vm, value, generation});
    }
  };
  return {
    clock,
    networks,
    host,
    powerOn: (name, vm, generation) => {
      host(name).demand({type: 'PowerOn', vm, generation});
      request(vm, 'protected', generation);
    },
  };
};
