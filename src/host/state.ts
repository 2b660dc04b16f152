import {type Configuration, term, type VmId} from '../cluster/ids.js';
import type {StorageCall} from '../fallback/events.js';
import {type RecoveryState, recoveryRestart} from '../ha/recovery/state.js';
import {type Durable, enter} from '../ha/state.js';
import type {Ending} from '../runtime/events.js';
import type {RuntimeState} from '../runtime/module.js';
import {firstDurable, type StorageDurable, type StorageState} from '../storage/directory/state.js';
import type {ObjectCall} from '../storage/namespace.js';
import type {HostConfig} from './config.js';

/** What survives a crash. */
export type HostDurable = {readonly ha: Durable; readonly storage: StorageDurable};

/** A call that the storage module has not answered yet, made in the reign of this number. */
export type Pending = {
  readonly vm: VmId;
  readonly number: Configuration;
  readonly call: ObjectCall;
  /** The SET as the HA module called it; null where a power-on waits for the lock. */
  readonly set: StorageCall | null;
  /** Not so of a lock whose power-on was ended before the answer. */
  readonly isWanted: boolean;
};

/** How a VM ended on this host; forgotten when it runs here again. */
export type Ended = {readonly vm: VmId; readonly ending: Ending};

/** The state of one host: plain data that survives JSON. */
export type ComposedState = {
  readonly ha: RecoveryState;
  readonly storage: StorageState;
  readonly runtime: RuntimeState;
  /** In the order in which they were made. */
  readonly pending: readonly Pending[];
  /** Sorted by VM. */
  readonly ended: readonly Ended[];
};

export const durableOf = ({ha, storage}: ComposedState): HostDurable => ({ha: ha.ha.durable, storage: storage.durable});

/** What a host keeps when the cluster is created. */
export const firstHostDurable = (config: HostConfig): HostDurable => ({
  ha: {term: term(0)},
  storage: firstDurable(config),
});

/** A host that is down, with what it keeps: `Restarted` brings it up. */
export const downHost = ({ha, storage}: HostDurable): ComposedState => ({
  ha: {...recoveryRestart(ha), ha: enter.down(ha)},
  storage: {role: 'down', durable: storage},
  runtime: [],
  pending: [],
  ended: [],
});
