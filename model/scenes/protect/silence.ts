// A timer fires in time when what its host waits for can no longer come.

import type {FallbackTimer, HostId, RequestId, State, Term, VmId} from '../../../src/index.js';
import type {Builder, Family, Read, Readable} from '../../index.js';
import {type Envelope, fallbackAt, placesOf, type World} from './world.js';

/** The timer that runs at a host for a VM, or null. */
export const timerAt = (state: State, vm: VmId): FallbackTimer | null => {
  const fallback = fallbackAt(state, vm);
  if (fallback === null || fallback.phase === 'idle' || fallback.phase === 'queued') return null;
  const {phase, generation, round} = fallback;
  return {type: 'Fallback', vm, phase, generation, round};
};

/** The id that the running round of a primary gives its requests, or null. */
export const requestAt = (state: State, vm: VmId): RequestId | null => {
  const fallback = fallbackAt(state, vm);
  if (fallback === null) return null;
  const {generation, round} = fallback;
  return {term: state.durable.term, vm, generation, round};
};

type Id = Pick<RequestId, 'vm' | 'generation' | 'round'> & {readonly term: Term};

export const sameRequest = (a: Id, b: Id): boolean =>
  a.vm === b.vm && a.term === b.term && a.generation === b.generation && a.round === b.round;

/** Whether a message of one of these types, about this request and from this host, lies among these. */
export const liesIn = (
  envelopes: readonly Envelope[],
  sender: HostId,
  id: RequestId,
  ...types: readonly Envelope['message']['type'][]
): boolean =>
  envelopes.some(
    ({from, message}) => from === sender && types.includes(message.type) && 'vm' in message && sameRequest(message, id),
  );

type Place = readonly [HostId, VmId];

/** By host and VM: whether it is a primary that waits for what can no longer come. */
export const declareSilence = (m: Builder, world: World, as = 'silence'): Family<Place, Readable<boolean>> => {
  const {cluster, vms, host, inbox, calls} = world;
  const {hosts} = cluster;
  const others = (name: HostId) => hosts.filter(other => other !== name);
  const places = placesOf(hosts, vms);
  const pairs = places.flatMap(([name, vm]) => others(name).map(other => [name, other, vm] as const));

  /** Whether an answer of `other` to the running round of `name` may still come: one boolean for a pair of hosts. */
  const mayAnswer = m.derives(`${as}: may answer`, pairs, (read, [name, other, vm]): boolean => {
    const id = requestAt(read(host(name)), vm);
    if (id === null) return false;
    if (liesIn(read(inbox(other)), name, id, 'AccessQuery', 'SetCommand')) return true;
    if (liesIn(read(inbox(name)), other, id, 'AccessAnswer', 'SetResult')) return true;
    return read(calls(other)).some(
      ({vm, generation, purpose}) =>
        purpose.type === 'Command' && purpose.from === name && sameRequest({...purpose, vm, generation}, id),
    );
  });

  /** Whether `other` knows that `name` waits, or has told it already, or need not know. */
  const isCovered = m.derives(`${as}: is covered`, pairs, (read, [name, other, vm]): boolean => {
    const id = requestAt(read(host(name)), vm);
    const state = read(host(other));
    if (id === null || state.durable.term > id.term || state.role === 'down') return true;
    if (state.role === 'secondary' && state.watches.some(watch => watch.primary === name && sameRequest(watch, id))) {
      return true;
    }
    if (state.role === 'primary' && state.durable.term === id.term) return true;
    return (
      liesIn(read(inbox(other)), name, id, 'WaitRegister') || liesIn(read(inbox(name)), other, id, 'BecameAccessible')
    );
  });

  return m.derives(as, places, (read, [name, vm]): boolean => {
    const fallback = fallbackAt(read(host(name)), vm);
    const answers = (other: HostId): boolean => read(mayAnswer([name, other, vm]));
    switch (fallback?.phase) {
      case undefined:
      case 'idle':
      case 'queued':
        return false;
      case 'setting':
        return !hasOwnCall(read, world, name, vm);
      case 'querying':
        return !fallback.awaited.some(answers);
      case 'commanding':
        return !answers(fallback.commanded);
      case 'waiting':
        return !others(name).every(other => read(isCovered([name, other, vm])));
    }
  });
};

const hasOwnCall = (read: Read, {host, calls}: World, name: HostId, about: VmId): boolean => {
  const id = requestAt(read(host(name)), about);
  return (
    id !== null &&
    read(calls(name)).some(
      ({vm, generation, purpose}) => purpose.type === 'Own' && sameRequest({...purpose, vm, generation}, id),
    )
  );
};
