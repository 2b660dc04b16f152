// Hosts that nothing tells apart: those that hold one component each of every object that anybody asks about. Any two
// of the three components are a majority, and one of two is a replica, so that replica and witness count the same.

import type {HostId} from '../../../src/index.js';
import {type Builder, occursIn, setOf} from '../../index.js';
import type {World} from './world.js';

type Rename = (host: HostId) => HostId;

export const declareAlike = (m: Builder, world: World): void => {
  const {cluster, vms, view, register, election, platform, host, told, inbox, calls} = world;
  const alike = cluster.alike;
  if (alike.length < 2) return;

  const renamed = <T>(value: T, rename: Rename): T => {
    if (typeof value === 'string')
      return (alike.some(host => host === String(value)) ? rename(value as never) : value) as T;
    if (Array.isArray(value)) {
      const members = value.map(member => renamed(member, rename));
      return (members.every(member => typeof member === 'string') ? members.sort() : members) as T;
    }
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, held]) => [key, renamed(held, rename)])) as T;
  };

  m.symmetry(alike, {
    families: [host, inbox, calls, ...vms.map(vm => (name: HostId) => told([name, vm]))],
    renamed: [
      occursIn(view, (held, rename: Rename) => cluster.standsFor([...renamed(held, rename)].sort(bySide))),
      occursIn(inbox, (held, rename: Rename) => setOf(renamed(held, rename))),
      ...[register, platform, calls].map(family => occursIn<HostId, unknown>(family, renamed)),
      occursIn<HostId, unknown>(election, renamed),
      occursIn(host, (held, rename: Rename) => {
        const state = renamed(held, rename);
        return state.role === 'secondary' ? {...state, watches: [...state.watches].sort(byWait)} : state;
      }),
    ],
  });
};

/** Sides of a partition stand in the order of their first hosts. */
const bySide = ([a = '']: readonly string[], [b = '']: readonly string[]): number => (a < b ? -1 : 1);

type Wait = {readonly vm: string; readonly primary: string};

const byWait = (a: Wait, b: Wait): number =>
  a.vm !== b.vm ? (a.vm < b.vm ? -1 : 1) : a.primary < b.primary ? -1 : a.primary > b.primary ? 1 : 0;
