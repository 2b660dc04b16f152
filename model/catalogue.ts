// The built-in models, in the order in which they are listed and checked.

import type {Model} from './define/model.js';

/** One exploration of a built-in model that belongs to `holdfast check`, and what must come out. */
export type Trial = {
  readonly choices: Readonly<Record<string, string>>;
  readonly expected: 'holds' | 'violated';
};

export type Entry = {
  readonly name: string;
  /** Loads the model; until then it costs nothing. */
  readonly load: () => Promise<Model>;
  readonly trials: readonly Trial[];
};

const HOLDS: readonly Trial[] = [{choices: {}, expected: 'holds'}];
const VIOLATED: readonly Trial[] = [{choices: {}, expected: 'violated'}];

/** The protocol. */
const SCENES: readonly Entry[] = [
  {
    name: 'protect',
    load: async () => (await import('./scenes/protect/protect.js')).protect,
    trials: [
      {choices: {}, expected: 'holds'},
      {choices: {hosts: '3', views: '2', handovers: '1'}, expected: 'holds'},
      {choices: {views: '2', toggles: '1', subsets: 'one', unreduced: 'true'}, expected: 'holds'},
      {choices: {profile: 'claimed'}, expected: 'violated'},
    ],
  },
  {
    name: 'election',
    load: async () => (await import('./scenes/election/election.js')).election,
    trials: [
      {choices: {}, expected: 'holds'},
      {choices: {hosts: '2', gateway: 'true', datastores: 'true', crashes: '1'}, expected: 'holds'},
      {choices: {topology: 'links', cuts: '1', commands: '1'}, expected: 'holds'},
      {choices: {cuts: '1', commands: '1', without: 'terms'}, expected: 'violated'},
    ],
  },
  {
    name: 'storage',
    load: async () => (await import('./scenes/storage/storage.js')).storage,
    trials: [
      {choices: {}, expected: 'holds'},
      {choices: {profile: 'claimed', links: 'graphs'}, expected: 'violated'},
    ],
  },
  {
    name: 'failover',
    load: async () => (await import('./scenes/failover/failover.js')).failover,
    trials: [
      {choices: {}, expected: 'holds'},
      {choices: {attempts: '1'}, expected: 'holds'},
      {choices: {views: '2'}, expected: 'holds'},
      {choices: {views: '0', splits: '1'}, expected: 'holds'},
      {choices: {splits: '1', crashes: '0'}, expected: 'holds'},
      {choices: {hosts: '4', crashes: '2', lasting: 'true'}, expected: 'holds'},
      {choices: {hosts: '4', vms: '2', capacity: '1', lasting: 'true'}, expected: 'holds'},
      {choices: {migrations: '1'}, expected: 'holds'},
      {choices: {crashes: '0', toggles: '2'}, expected: 'holds'},
      {choices: {toggles: '1'}, expected: 'holds'},
      {choices: {profile: 'claimed'}, expected: 'violated'},
    ],
  },
  {
    name: 'retrieve',
    load: async () => (await import('./scenes/retrieve/retrieve.js')).retrieve,
    trials: [
      {choices: {}, expected: 'holds'},
      {choices: {losses: '1'}, expected: 'holds'},
      {choices: {profile: 'claimed'}, expected: 'violated'},
    ],
  },
  {
    name: 'cluster',
    load: async () => (await import('./scenes/cluster/cluster.js')).cluster,
    trials: [
      {choices: {}, expected: 'holds'},
      {choices: {profile: 'claimed'}, expected: 'violated'},
    ],
  },
  {
    name: 'partition-1',
    load: async () => (await import('./scenes/cluster/partitions.js')).partition1,
    trials: HOLDS,
  },
  {
    name: 'partition-2',
    load: async () => (await import('./scenes/cluster/partitions.js')).partition2,
    trials: HOLDS,
  },
  {
    name: 'partition-3',
    load: async () => (await import('./scenes/cluster/partitions.js')).partition3,
    trials: HOLDS,
  },
  {
    name: 'partition-4',
    load: async () => (await import('./scenes/cluster/partitions.js')).partition4,
    trials: [{choices: {messages: 'queued'}, expected: 'holds'}],
  },
];

/** Models of others, with published counts: from puzzles over mutual exclusion and rings to agreement. */
const EXAMPLES: readonly Entry[] = [
  {
    name: 'die-hard',
    load: async () => (await import('./examples/die-hard.js')).dieHard,
    trials: VIOLATED,
  },
  {
    name: 'peterson',
    load: async () => (await import('./examples/peterson.js')).peterson,
    trials: HOLDS,
  },
  {
    name: 'dining-philosophers',
    load: async () => (await import('./examples/dining-philosophers.js')).diningPhilosophers,
    trials: HOLDS,
  },
  {
    name: 'cigarette-smokers',
    load: async () => (await import('./examples/cigarette-smokers.js')).cigaretteSmokers,
    trials: HOLDS,
  },
  {
    name: 'readers-writers',
    load: async () => (await import('./examples/readers-writers.js')).readersWriters,
    trials: HOLDS,
  },
  {
    name: 'simple-allocator',
    load: async () => (await import('./examples/simple-allocator.js')).simpleAllocator,
    trials: HOLDS,
  },
  {
    name: 'chameneos',
    load: async () => (await import('./examples/chameneos.js')).chameneos,
    trials: HOLDS,
  },
  {
    name: 'parallel-reachability',
    load: async () => (await import('./examples/parallel-reachability.js')).parallelReachability,
    trials: HOLDS,
  },
  {
    name: 'teaching-concurrency',
    load: async () => (await import('./examples/teaching-concurrency.js')).teachingConcurrency,
    trials: HOLDS,
  },
  {
    name: 'token-ring',
    load: async () => (await import('./examples/token-ring.js')).tokenRing,
    trials: HOLDS,
  },
  {
    name: 'termination-detection',
    load: async () => (await import('./examples/termination-detection.js')).terminationDetection,
    trials: HOLDS,
  },
  {
    name: 'ewd840',
    load: async () => (await import('./examples/ewd840.js')).ewd840,
    trials: HOLDS,
  },
  {
    name: 'ewd998',
    load: async () => (await import('./examples/ewd998.js')).ewd998,
    trials: HOLDS,
  },
  {
    name: 'elevator',
    load: async () => (await import('./examples/elevator.js')).elevator,
    trials: HOLDS,
  },
  {
    name: 'german',
    load: async () => (await import('./examples/german.js')).german,
    trials: HOLDS,
  },
  {
    name: 'lamport-mutex',
    load: async () => (await import('./examples/lamport-mutex.js')).lamportMutex,
    trials: HOLDS,
  },
  {
    name: 'inner-fifo',
    load: async () => (await import('./examples/inner-fifo.js')).innerFifo,
    trials: HOLDS,
  },
  {
    name: 'alternating-bit',
    load: async () => (await import('./examples/alternating-bit.js')).alternatingBit,
    trials: HOLDS,
  },
  {
    name: 'tcp',
    load: async () => (await import('./examples/tcp.js')).tcp,
    trials: HOLDS,
  },
  {
    name: 'transaction-commit',
    load: async () => (await import('./examples/transaction-commit.js')).transactionCommit,
    trials: HOLDS,
  },
  {
    name: 'two-phase-commit',
    load: async () => (await import('./examples/two-phase-commit.js')).twoPhaseCommit,
    trials: HOLDS,
  },
  {
    name: 'two-phase-commit-messages',
    load: async () => (await import('./examples/two-phase-commit-messages.js')).twoPhaseCommitMessages,
    trials: HOLDS,
  },
  {
    name: 'two-phase-commit-backup',
    load: async () => (await import('./examples/two-phase-commit-backup.js')).twoPhaseCommitBackup,
    trials: HOLDS,
  },
  {
    name: 'atomic-commit',
    load: async () => (await import('./examples/atomic-commit.js')).atomicCommit,
    trials: HOLDS,
  },
  {
    name: 'paxos',
    load: async () => (await import('./examples/paxos.js')).paxos,
    trials: HOLDS,
  },
  {
    name: 'paxos-commit',
    load: async () => (await import('./examples/paxos-commit.js')).paxosCommit,
    trials: HOLDS,
  },
];

export const CATALOGUE: readonly Entry[] = [...SCENES, ...EXAMPLES];
