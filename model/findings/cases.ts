// How often the cases arise that the fallback is for: every placement, every cut and every primary, each as likely as
// any other. The library is asked what can be accessed.

import {accessOf, type HostId, hostId, hostsOf, mirrored, objectId, vmId} from '../../src/index.js';
import {partitions, range} from '../index.js';

/** Of how many cases; the rest counts some of them. */
export type Cases = {
  readonly hosts: number;
  readonly sides: number;
  readonly all: number;
  /** The primary's own host cannot SET, and another can: what the fallback is for. */
  readonly delegated: number;
  /** Some host can access all objects of the VM, so that it can be restarted. */
  readonly restartable: number;
  /** Some host can access the namespace object, and none all objects. */
  readonly parted: number;
  /** Those of the last kind in which the primary itself cannot SET: nobody says yes who is asked about all objects. */
  readonly refused: number;
};

/** The cuts that the table shows: how many hosts, into how many sides. */
export const SHOWN: readonly (readonly [number, number])[] = [
  [3, 2],
  [4, 2],
  [5, 2],
  [6, 2],
  [5, 3],
];

/** One namespace object and one disk, each a replica on two hosts and a witness on a third. */
export const casesOf = (count: number, sides: number): Cases => {
  const hosts = range(count).map(index => hostId(`h${index + 1}`));
  const views = partitions(hosts).filter(view => view.length === sides);
  const placements = triplesOf(hosts);
  const found = {all: 0, delegated: 0, restartable: 0, parted: 0, refused: 0};
  for (const home of placements) {
    for (const disk of placements) {
      const vm = {
        vm: vmId('v'),
        namespace: mirrored(objectId('home'), 'namespace', home),
        disks: [mirrored(objectId('disk'), 'disk', disk)],
      };
      const layouts = new Map([vm.namespace, ...vm.disks].map(layout => [layout.object, hostsOf(layout)]));
      for (const view of views) {
        const access = view.map(side => ({side, ...accessOf(vm, object => layouts.get(object) ?? [], side)}));
        const canSet = access.find(({namespace}) => namespace)?.side ?? [];
        const isRestartable = access.some(({all}) => all);
        const isParted = canSet.length > 0 && !isRestartable;
        const outside = canSet.length === 0 ? 0 : count - canSet.length;
        found.all += count;
        found.delegated += outside;
        found.restartable += isRestartable ? count : 0;
        found.parted += isParted ? count : 0;
        found.refused += isParted ? outside : 0;
      }
    }
  }
  return {hosts: count, sides, ...found};
};

const triplesOf = (hosts: readonly HostId[]): readonly (readonly [HostId, HostId, HostId])[] =>
  hosts.flatMap((a, first) =>
    hosts.slice(first + 1).flatMap((b, second) => hosts.slice(first + second + 2).map(c => [a, b, c] as const)),
  );
