// A timer fires in time when what its host waits for can no longer come.

import type {Fallback, FallbackTimer, HostId, RequestId, State, Term} from '../../../src/index.js';
import type {Builder, Read, Readable} from '../../index.js';
import type {Envelope, World} from './world.js';

/** The scene has one VM, so a primary has at most one fallback. */
export const fallbackAt = (state: State): Fallback | null =>
  state.role === 'primary' ? (state.fallbacks[0] ?? null) : null;

/** The timer that runs at a host, or null. */
export const timerAt = (state: State): FallbackTimer | null => {
  const fallback = fallbackAt(state);
  if (fallback === null || fallback.phase === 'idle') return null;
  const {vm, phase, generation, round} = fallback;
  return {type: 'Fallback', vm, phase, generation, round};
};

/** The id that the running round of a primary gives its requests, or null. */
export const requestAt = (state: State): RequestId | null => {
  const fallback = fallbackAt(state);
  if (fallback === null) return null;
  const {vm, generation, round} = fallback;
  return {term: state.durable.term, vm, generation, round};
};

type Id = Pick<RequestId, 'generation' | 'round'> & {readonly term: Term};

export const sameRequest = (a: Id, b: Id): boolean =>
  a.term === b.term && a.generation === b.generation && a.round === b.round;

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

/** By host: whether it is a primary that waits for what can no longer come. */
export const declareSilence = (m: Builder, world: World): ((name: HostId) => Readable<boolean>) => {
  const {cluster, host, inbox, calls} = world;
  const {hosts} = cluster;
  const others = (name: HostId) => hosts.filter(other => other !== name);
  const pairs = hosts.flatMap(name => others(name).map(other => `${name} ${other}`));

  /** Whether an answer of `other` to the running round of `name` may still come: one boolean for a pair of hosts. */
  const mayAnswer = m.derives('may answer', pairs, (read, pair): boolean => {
    const [name, other] = pair.split(' ') as [HostId, HostId];
    const id = requestAt(read(host(name)));
    if (id === null) return false;
    if (liesIn(read(inbox(other)), name, id, 'AccessQuery', 'SetCommand')) return true;
    if (liesIn(read(inbox(name)), other, id, 'AccessAnswer', 'SetResult')) return true;
    return read(calls(other)).some(
      ({generation, purpose}) =>
        purpose.type === 'Command' && purpose.from === name && sameRequest({...purpose, generation}, id),
    );
  });

  /** Whether `other` knows that `name` waits, or has told it already, or need not know. */
  const isCovered = m.derives('is covered', pairs, (read, pair): boolean => {
    const [name, other] = pair.split(' ') as [HostId, HostId];
    const id = requestAt(read(host(name)));
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

  return m.derives('silence', hosts, (read, name): boolean => {
    const fallback = fallbackAt(read(host(name)));
    const answers = (other: HostId): boolean => read(mayAnswer(`${name} ${other}`));
    switch (fallback?.phase) {
      case undefined:
      case 'idle':
        return false;
      case 'setting':
        return !hasOwnCall(read, world, name);
      case 'querying':
        return !fallback.awaited.some(answers);
      case 'commanding':
        return !answers(fallback.commanded);
      case 'waiting':
        return !others(name).every(other => read(isCovered(`${name} ${other}`)));
    }
  });
};

const hasOwnCall = (read: Read, {host, calls}: World, name: HostId): boolean => {
  const id = requestAt(read(host(name)));
  return (
    id !== null &&
    read(calls(name)).some(
      ({generation, purpose}) => purpose.type === 'Own' && sameRequest({...purpose, generation}, id),
    )
  );
};
