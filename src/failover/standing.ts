import type {HostId, VmId} from '../cluster/ids.js';
import type {Seen} from '../runtime/events.js';
import {isExecuting} from '../runtime/instance.js';
import type {RuntimeConfig, RuntimeState} from '../runtime/module.js';
import type {Scope} from '../storage/accessibility.js';
import type {Standing} from './messages.js';

/**
 * What a host says of a VM: asked of its storage module and its runtime at the same instant. A lock whose holder cannot
 * be reached can be broken (LK-03), so it holds nobody off; nor does one that this host holds for nothing. Where the VM
 * executes, be it as a ghost, this host has held it; where it is starting there is no room to start it once more, and
 * if that fails nothing has become better.
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
  const executes = isExecuting(instance);
  return {
    accessible: access[scope],
    capacity: executes || (instance === null && runtime.length < capacity),
    holder: executes ? self : isHeld ? holder : null,
  };
};
