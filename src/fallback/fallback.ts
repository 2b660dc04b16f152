import type {Generation, HostId, Round, VmId} from '../cluster/ids.js';
import type {Protection} from '../storage/protection.js';
import type {Phase} from './phase.js';

/** What the primary remembers of a VM in every phase: what the platform wants last, and which attempt this is. */
export type Memory = {
  readonly vm: VmId;
  readonly value: Protection;
  readonly generation: Generation;
  readonly round: Round;
};

/** How far a round has come. All are sorted; `awaited` and `positive` are disjoint parts of `asked`. */
export type Tally = {
  /** Asked in this round. */
  readonly asked: readonly HostId[];
  /** Asked and not heard of yet. */
  readonly awaited: readonly HostId[];
  /** Said yes and not commanded yet. */
  readonly positive: readonly HostId[];
  /** What the storage modules of those that answered reach; empty unless the subset rule is `partition`. */
  readonly covered: readonly HostId[];
};

/** What is known in each phase, and only in that phase. */
type Known = {
  readonly idle: object;
  readonly queued: object;
  readonly setting: object;
  readonly querying: Tally;
  readonly commanding: Tally & {readonly commanded: HostId};
  readonly waiting: object;
};

export type In<P extends Phase> = Memory & {readonly phase: P} & Known[P];

/** Where the primary stands with one VM: the coordinator's state. */
export type Fallback = {readonly [P in Phase]: In<P>}[Phase];

const remembered = ({vm, value, generation, round}: Memory): Memory => ({vm, value, generation, round});
const counted = ({asked, awaited, positive, covered}: Tally): Tally => ({asked, awaited, positive, covered});

/** One constructor for each phase, so that equal states are equal as JSON. */
export const enter = {
  idle: (memory: Memory): In<'idle'> => ({...remembered(memory), phase: 'idle'}),
  queued: (memory: Memory): In<'queued'> => ({...remembered(memory), phase: 'queued'}),
  setting: (memory: Memory): In<'setting'> => ({...remembered(memory), phase: 'setting'}),
  querying: (memory: Memory, tally: Tally): In<'querying'> => ({
    ...remembered(memory),
    phase: 'querying',
    ...counted(tally),
  }),
  commanding: (memory: Memory, tally: Tally, commanded: HostId): In<'commanding'> => ({
    ...remembered(memory),
    phase: 'commanding',
    ...counted(tally),
    commanded,
  }),
  waiting: (memory: Memory): In<'waiting'> => ({...remembered(memory), phase: 'waiting'}),
} satisfies {readonly [P in Phase]: (memory: Memory, tally: Tally, commanded: HostId) => In<P>};
