// One object as an atomic register with a lock: spec/storage.md. That a quorum keeps what comes of it is up to
// those who call this.

import type {CallResult, Protection} from './wire.js';

export type Content = {
  readonly identity: number;
  readonly register: {readonly value: Protection; readonly generation: number; readonly current: readonly string[]};
  readonly lock: {readonly holder: string | null; readonly epoch: number};
  readonly attempts: number;
};

export type Call = {readonly identity: number} & (
  | {readonly type: 'Set'; readonly value: Protection; readonly generation: number}
  | {readonly type: 'Create'}
  | {
      readonly type: 'TakeLock';
      readonly host: string;
      readonly attempt: {readonly generation: number; readonly number: number} | null;
    }
  | {readonly type: 'ReleaseLock' | 'ClearAttempts' | 'Write'; readonly host: string; readonly epoch: number}
);

export type Outcome = {readonly content: Content; readonly result: CallResult};

export const firstContent = (identity: number, current: readonly string[]): Content => ({
  identity,
  register: {value: 'unprotected', generation: 0, current},
  lock: {holder: null, epoch: 0},
  attempts: 0,
});

/** Carries a call out where the object is accessible, by whoever reaches these hosts. */
export const carryOut = (content: Content, call: Call, reached: ReadonlySet<string>): Outcome => {
  const refused = (result: CallResult): Outcome => ({content, result});
  const current = content.register.current.filter(host => reached.has(host)); // ST-02: who misses this is stale
  const written = (change: Partial<Content>): Outcome => {
    const after = {...content, ...change};
    return {content: {...after, register: {...after.register, current}}, result: 'ok'};
  };
  const {register, lock, attempts} = content;

  if (call.type === 'Create') {
    if (call.identity <= content.identity) return refused('stale'); // ST-09
    const free = {holder: null, epoch: lock.epoch};
    const off = {...register, value: 'unprotected'} as const;
    return written({identity: call.identity, register: off, lock: free, attempts: 0}); // ST-10
  }
  if (call.identity !== content.identity) return refused('stale'); // ST-08
  switch (call.type) {
    case 'Set': {
      const {value, generation} = call;
      if (generation < register.generation) return refused('stale'); // ST-03
      if (generation === register.generation) return refused(value === register.value ? 'ok' : 'stale'); // ST-04
      return written({register: {value, generation, current}, attempts: 0}); // ST-02, ST-14
    }
    case 'TakeLock': {
      const {host, attempt} = call;
      const isHeld = lock.holder !== null && lock.holder !== host && reached.has(lock.holder);
      if (isHeld) return refused('held'); // LK-02
      const isCounted = attempt !== null && attempt.generation === register.generation;
      return written({
        lock: {holder: host, epoch: lock.epoch + 1}, // LK-01, LK-03
        attempts: isCounted ? Math.max(attempts, attempt.number + 1) : attempts, // LK-07
      });
    }
    default:
      if (call.host !== lock.holder || call.epoch !== lock.epoch) return refused('stale'); // LK-05
      if (call.type === 'ReleaseLock') return written({lock: {...lock, holder: null}}); // LK-04
      if (call.type === 'ClearAttempts' && attempts > 0) return written({attempts: 0}); // LK-08
      return refused('ok'); // LK-06: nothing changes here
  }
};

/** The same call has the same text, whatever order its fields came in. */
export const textOf = (call: Call): string =>
  JSON.stringify(
    Object.entries(call).sort(([a], [b]) => (a < b ? -1 : 1)),
    (_, value) =>
      value !== null && typeof value === 'object' && !Array.isArray(value)
        ? Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
        : value,
  );
