// The HA network: who hears whom, and who reaches the isolation address.

import type {HostId} from '../../../src/index.js';
import {partitions, subsets} from '../../index.js';
import type {ElectionOptions} from './options.js';

/** The isolation address, as a place in the network. */
const GATEWAY = 'gateway';

/** The links that are up, as `h1 h2`, the first being less than the second; sorted. */
export type Network = readonly string[];

const linkOf = (a: string, b: string): string => (a < b ? `${a} ${b}` : `${b} ${a}`);

export const isLinked = (network: Network, a: HostId, b: HostId): boolean => network.includes(linkOf(a, b));

export const reachesGateway = (network: Network, host: HostId): boolean => network.includes(linkOf(GATEWAY, host));

const pairs = (places: readonly string[]): readonly string[] =>
  places.flatMap((a, i) => places.slice(i + 1).map(b => linkOf(a, b)));

/** Every network there may be; the whole one first. Unless the gateway takes part, everyone reaches it always. */
export const networksOf = (hosts: readonly HostId[], {topology, gateway}: ElectionOptions): readonly Network[] => {
  const places = gateway ? [...hosts, GATEWAY] : hosts;
  const always = gateway ? [] : hosts.map(host => linkOf(GATEWAY, host));
  const graphs = topology === 'links' ? subsets(pairs(places)) : partitions(places).map(sides => sides.flatMap(pairs));
  return graphs.map(links => [...links, ...always].sort()).sort((a, b) => b.length - a.length);
};

/** The hosts that this one hears, itself among them, where the network splits into sides. */
export const sideOf = (network: Network, hosts: readonly HostId[], host: HostId): readonly HostId[] =>
  hosts.filter(other => other === host || isLinked(network, host, other));
