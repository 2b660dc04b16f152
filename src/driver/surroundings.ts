// What a caller supplies so that a host can run: two networks, timers, a disk, and somebody to tell.

import type {HostId} from '../cluster/ids.js';
import type {Carried, HostEffect, HostTimer} from '../host/events.js';
import type {HostDurable} from '../host/state.js';
import type {Probe} from '../liveness/host-state.js';

/** What arrives on the two networks. `view`: the hosts whose storage modules are heard, sorted, the own among them. */
export type Listener = {
  readonly receive: (from: HostId, carried: Carried) => void;
  readonly view: (reachable: readonly HostId[]) => void;
};

/**
 * Both networks of one host. Messages between two storage modules arrive in the order in which they were sent, as on a
 * connection, or a new view says that it has broken; HA messages may be lost, doubled and overtaken.
 */
export type Transport = {
  readonly send: (to: HostId, carried: Carried) => void;
  /** From now on the host listens; answers the view of the storage network at that moment. */
  readonly open: (listener: Listener) => readonly HostId[];
  /** It no longer listens: what arrives is lost. */
  readonly close: () => void;
  /** Whether the isolation address can be reached on the HA network. */
  readonly isolationAddress: () => boolean;
  /** A ping on the HA network, and what the host last wrote into the heartbeat datastores. */
  readonly probe: (host: HostId) => Probe;
};

/** The timers of one host. Each value of `HostTimer` is one timer, compared by content. */
export type Timers = {
  /** Starts it, anew if it runs. `due` is called at most once for each start. */
  readonly set: (timer: HostTimer, due: () => void) => void;
  readonly cancel: (timer: HostTimer) => void;
  readonly clear: () => void;
};

/** What survives a crash of one host. `write` returns when it is safe: what is sent after it may rely on it. */
export type Disk = {
  readonly read: () => HostDurable | null;
  readonly write: (durable: HostDurable) => void;
};

/** What the platform and the user are told. */
export type Notice = Extract<HostEffect, {readonly type: 'Report' | 'PoweredOn'}>;

export type Surroundings = {
  readonly transport: Transport;
  readonly timers: Timers;
  readonly disk: Disk;
  readonly tell: (notice: Notice) => void;
};
