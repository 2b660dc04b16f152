import type {Generation, HostId, Round, VmId} from '../cluster/ids.js';
import type {Protection} from '../storage/protection.js';
import type {Stage} from './stage.js';

/** What the primary knows of a VM in every stage. */
export type Memory = {
  readonly vm: VmId;
  readonly generation: Generation;
  /** What that generation says. What is unprotected is never put on a list. */
  readonly value: Protection;
  /** Where the VM runs, or ran last, as far as the primary knows. Null: nowhere, or not known. */
  readonly host: HostId | null;
  /** Failed power-ons since the last change for the better. */
  readonly attempts: number;
  /** Counts, from 0, what this primary has begun anew for this VM; its requests carry it. */
  readonly round: Round;
};

/** What the hosts have answered about a place. All are sorted. */
export type Tally = {
  /** Asked and not heard of yet. */
  readonly awaited: readonly HostId[];
  /** Can access the VM and have room for it. */
  readonly candidates: readonly HostId[];
  /** Whether some host could access the VM and had no room. */
  readonly crowded: boolean;
};

/** What is known in each stage, and only in that stage. */
type Known = {
  readonly [S in Stage]: S extends 'placing'
    ? Tally
    : S extends 'starting'
      ? {readonly on: HostId}
      : S extends 'rechecking'
        ? {readonly refuted: boolean}
        : S extends 'exhausted'
          ? {/** Whether a host where it can be started already was to say so at once. */ readonly level: boolean}
          : object;
};

export type In<S extends Stage> = Memory & {readonly stage: S} & Known[S];

/** What the primary has registered with other hosts: that it waits until one of them can start the VM. */
export type Waiting = In<'waiting'> | In<'lacking'> | In<'exhausted'>;

/** Where the primary stands with one VM that it knows to be, or to have been, protected. */
export type Entry = {readonly [S in Stage]: In<S>}[Stage];

const remembered = ({vm, generation, value, host, attempts, round}: Memory): Memory => ({
  vm,
  generation,
  value,
  host,
  attempts,
  round,
});

const plain =
  <S extends Exclude<Stage, 'placing' | 'starting' | 'rechecking' | 'exhausted'>>(stage: S) =>
  (memory: Memory): Memory & {readonly stage: S} => ({...remembered(memory), stage});

/** One constructor for each stage: what was known in the stage before is lost. */
export const enter = {
  watched: plain('watched'),
  checking: plain('checking'),
  queued: plain('queued'),
  delayed: plain('delayed'),
  lacking: plain('lacking'),
  waiting: plain('waiting'),
  placing: (memory: Memory, {awaited, candidates, crowded}: Tally): In<'placing'> => ({
    ...remembered(memory),
    stage: 'placing',
    awaited,
    candidates,
    crowded,
  }),
  rechecking: (memory: Memory, refuted: boolean): In<'rechecking'> => ({
    ...remembered(memory),
    stage: 'rechecking',
    refuted,
  }),
  starting: (memory: Memory, on: HostId): In<'starting'> => ({...remembered(memory), stage: 'starting', on}),
  exhausted: (memory: Memory, level: boolean): In<'exhausted'> => ({...remembered(memory), stage: 'exhausted', level}),
} satisfies {readonly [S in Stage]: (memory: Memory, ...known: never[]) => In<S>};

const RESTART_LIST: readonly Stage[] = ['queued', 'placing', 'starting', 'rechecking', 'delayed', 'lacking'];
const WAIT_LIST: readonly Stage[] = ['waiting', 'exhausted'];

/** To be restarted, and accessible when last asked (or not in the object store). */
export const isOnRestartList = ({stage}: Entry): boolean => RESTART_LIST.includes(stage);

/** To be restarted, and waiting for somebody to be able to. */
export const isOnWaitList = ({stage}: Entry): boolean => WAIT_LIST.includes(stage);
