// What happens to two VMs when the storage network is cut: one is protected through the fallback and restarted where it
// can run, the other is moved to the side that has its objects.

import {generation, type HostId, hostId, vmId} from '../../cluster/ids.js';
import type {HostEffect} from '../../host/events.js';
import type {HostStep} from '../../host/module.js';
import type {Notice} from '../surroundings.js';
import {type Audience, type Cluster, startCluster} from './cluster.js';

const LEFT = ['h1', 'h2', 'h3'].map(hostId);
const RIGHT = ['h4', 'h5'].map(hostId);

/** The run as lines of text, the same each time. `watch` sees each step of each host. */
export const timeline = (watch: Audience['step'] = () => {}): readonly string[] => {
  const lines: string[] = [];
  const seen = new Map<HostId, readonly string[]>();
  let clock: Cluster['clock'] | null = null;
  const say = (who: string, what: string): void => {
    lines.push(`${seconds(clock?.now() ?? 0)}  ${who.padEnd(7)}  ${what}`);
  };
  const cluster = startCluster({
    step: (host, event, step) => {
      watch(host, event, step);
      const now = standing(step);
      const before = seen.get(host) ?? [];
      for (const fact of now) if (!before.includes(fact)) say(host, fact);
      seen.set(host, now);
      for (const effect of step.effects) {
        const sent = told(effect);
        if (sent !== null) say(host, sent);
      }
    },
    notice: (host, notice) => say(host, noticed(notice)),
  });
  clock = cluster.clock;
  const {networks} = cluster;
  const wait = (duration: number): void => cluster.clock.pass(duration * 1_000);

  wait(30);
  say('user', 'powers db on at h3');
  cluster.powerOn('h3', vmId('db'), generation(1));
  wait(30);
  say('network', 'the storage network is cut: h1 h2 h3 | h4 h5');
  networks.cut('storage', [LEFT, RIGHT]);
  wait(60);
  say('user', 'powers web on at h1');
  cluster.powerOn('h1', vmId('web'), generation(1));
  wait(30);
  say('host', 'h1 crashes');
  cluster.host('h1').crash();
  wait(60);
  say('network', 'the storage network is whole again');
  networks.cut('storage', [[...LEFT, ...RIGHT]]);
  wait(30);
  say('host', 'h1 comes up again');
  cluster.host('h1').start();
  wait(30);
  return lines;
};

const seconds = (milliseconds: number): string => `${(milliseconds / 1_000).toFixed(3).padStart(8)} s`;

/** What is worth telling of a host's state: its role, its VMs, what it restarts. */
const standing = ({host: {state}}: HostStep): readonly string[] => {
  const {ha, lead} = state.ha;
  const {term} = ha.durable;
  return [
    ...(ha.role === 'primary' ? [`is primary of term ${term}`] : []),
    ...(ha.role === 'primary' ? ha.silent.map(({host, state}) => `takes ${host} to be ${state}`) : []),
    ...state.runtime.map(({vm, power}) => `${vm} is ${power} here`),
    ...(lead?.failover.inventory ?? []).map(({vm, stage, value}) => `failover: ${vm} is ${value}, ${stage}`),
    ...state.ended.map(({vm}) => `${vm} was ended here`),
  ];
};

/** The messages of the fallback that write a protection state, and the commands to restart. */
const told = (effect: HostEffect): string | null => {
  if (effect.type !== 'Send' || effect.network !== 'ha') return null;
  const {to, message} = effect;
  switch (message.type) {
    case 'AccessQuery':
      return `asks ${to}: can you access ${message.vm}?`;
    case 'AccessAnswer':
      return `answers ${to}: ${message.accessible ? 'yes' : 'no'}`;
    case 'SetCommand':
      return `commands ${to}: SET ${message.vm} ${message.value}`;
    case 'SetResult':
      return `answers ${to}: SET ${message.vm} ${message.result}`;
    case 'RestartCommand':
      return `commands ${to}: restart ${message.vm}`;
    case 'RestartResult':
      return `answers ${to}: restart ${message.vm} ${message.result.type}`;
    default:
      return null;
  }
};

const noticed = (notice: Notice): string =>
  notice.type === 'Report'
    ? `tells the platform: ${notice.vm} is ${notice.value}`
    : `tells the user: power-on of ${notice.vm} ${notice.result.type}`;
