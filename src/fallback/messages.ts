// What HA modules say to each other about one VM's protection state. An answer echoes term, generation and round of
// what it answers: together with the VM they are the id of a request (FB-23).

import type {HostId} from '../cluster/ids.js';
import type {RequestId} from '../cluster/request.js';
import type {Scope} from '../storage/accessibility.js';
import type {Protection} from '../storage/protection.js';
import type {SetResult} from '../storage/register.js';

/** What HA modules say to each other about one VM's protection state. */
export type FallbackMessage =
  | (RequestId & {readonly type: 'AccessQuery'; readonly scope: Scope})
  | (RequestId & {
      readonly type: 'AccessAnswer';
      readonly accessible: boolean;
      /** The hosts that the answering host's storage module reaches; empty unless the subset rule is `partition`. */
      readonly reachable: readonly HostId[];
    })
  | (RequestId & {readonly type: 'SetCommand'; readonly value: Protection})
  | (RequestId & {readonly type: 'SetResult'; readonly result: SetResult})
  | (RequestId & {readonly type: 'WaitRegister'; readonly scope: Scope})
  | (RequestId & {readonly type: 'BecameAccessible'});
