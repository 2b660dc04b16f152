import type {HostId, VmId} from '../cluster/ids.js';
import type {Seen} from '../runtime/events.js';
import type {RuntimeConfig, RuntimeState} from '../runtime/module.js';
import type {Scope} from '../storage/accessibility.js';
import type {Standing} from './messages.js';

/**
 * What a host says of a VM: asked of its storage module and its runtime at the same instant. A lock whose holder cannot
 * be reached can be broken (LK-03), so it holds nobody off; nor does one that this host holds for nothing. Where the VM
 * is starting, this host is about to hold the lock; where it executes, be it as a ghost, it has held it.
 */
export const standingOf = (
  {self, capacity}: RuntimeConfig,
  scope: Scope,
  vm: VmId,
  runtime: RuntimeState,
  {access, home}: Seen,
  reachable: readonly HostId[],
): Standing => {
  const instance = runtime.find(instance => instance.vm === vm) ?? null;
  const holder = home?.lock.holder ?? null;
  const isHeld = holder !== null && holder !== self && reachable.includes(holder);
  return {
    accessible: access[scope],
    capacity: instance !== null || runtime.length < capacity,
    holder: instance !== null ? self : isHeld ? holder : null,
  };
};
