// How things stand when nothing more happens by itself: what the liveness properties speak of.

import type {Access, VmId} from '../../../src/index.js';
import type {Read} from '../../index.js';
import type {World} from './world.js';

/** What the user wanted last is committed. */
export const isCommitted =
  ({platform, register}: World) =>
  (read: Read, vm: VmId): boolean =>
    read(register(vm)).generation === read(platform(vm)).generation;

/** Some host whose HA module is up can access the object, or all objects. */
export const canAccess =
  ({cluster, host, access}: World, scope: keyof Access) =>
  (read: Read, vm: VmId): boolean =>
    cluster.hosts.some(name => read(access([name, vm]))[scope] && read(host(name)).role !== 'down');
