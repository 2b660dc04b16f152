import {alternatingBit} from '../../model/examples/alternating-bit.js';
import {atomicCommit} from '../../model/examples/atomic-commit.js';
import {chameneos} from '../../model/examples/chameneos.js';
import {cigaretteSmokers} from '../../model/examples/cigarette-smokers.js';
import {dieHard} from '../../model/examples/die-hard.js';
import {diningPhilosophers} from '../../model/examples/dining-philosophers.js';
import {elevator} from '../../model/examples/elevator.js';
import {ewd840} from '../../model/examples/ewd840.js';
import {ewd998} from '../../model/examples/ewd998.js';
import {german} from '../../model/examples/german.js';
import {innerFifo} from '../../model/examples/inner-fifo.js';
import {lamportMutex} from '../../model/examples/lamport-mutex.js';
import {parallelReachability} from '../../model/examples/parallel-reachability.js';
import {paxos} from '../../model/examples/paxos.js';
import {paxosCommit} from '../../model/examples/paxos-commit.js';
import {peterson} from '../../model/examples/peterson.js';
import {readersWriters} from '../../model/examples/readers-writers.js';
import {simpleAllocator} from '../../model/examples/simple-allocator.js';
import {tcp} from '../../model/examples/tcp.js';
import {teachingConcurrency} from '../../model/examples/teaching-concurrency.js';
import {terminationDetection} from '../../model/examples/termination-detection.js';
import {tokenRing} from '../../model/examples/token-ring.js';
import {transactionCommit} from '../../model/examples/transaction-commit.js';
import {twoPhaseCommit} from '../../model/examples/two-phase-commit.js';
import {twoPhaseCommitBackup} from '../../model/examples/two-phase-commit-backup.js';
import type {Model} from '../../model/index.js';

/** An exhaustive run of TLC on the specification that a model translates. The model must give the same counts. */
export type Published = {
  readonly model: Model;
  readonly options: Readonly<Record<string, number>>;
  readonly verdict: 'holds' | 'violated';
  readonly distinct: number;
  /** Initial states and every successor, repetitions included. */
  readonly generated: number;
  readonly depth: number;
  /** The configuration in the repository of the TLA+ examples, below `specifications/`. */
  readonly source: string;
};

const run = (
  model: Model,
  options: Published['options'],
  [distinct, generated, depth]: readonly [number, number, number],
  source: string,
): Published => ({model, options, verdict: 'holds', distinct, generated, depth, source});

/** Runs of TLC that the TLA+ examples record, and a few more; where a comment says so, a figure is ours. */
export const PUBLISHED: readonly Published[] = [
  // Only the 16 states are published, as TLC stops at the solution. Each has six successors. The depth is ours.
  run(dieHard, {goal: 6}, [16, 97, 8], 'DieHard/DieHard.cfg, without a goal'),
  run(diningPhilosophers, {}, [67, 336, 29], 'DiningPhilosophers/DiningPhilosophers.cfg'),
  run(peterson, {}, [42, 77, 11], 'locks_auxiliary_vars/Peterson.cfg'),
  run(alternatingBit, {}, [240, 1392, 10], 'SpecifyingSystems/TLC/MCAlternatingBit.cfg'),
  // The published depth is 10, ours 9. TLC with several workers is not strictly breadth first and may overstate depths:
  // its published depth for 4 nodes, and its depth with one worker for 8, are three states per node as well.
  run(ewd840, {}, [302, 2001, 9], 'ewd840/EWD840.cfg'),
  run(ewd840, {nodes: 4}, [1566, 15986, 12], 'ewd840/EWD840_json.cfg'),
  // The depth is ours.
  run(ewd840, {nodes: 5}, [7742, 114211, 15], 'ewd840/EWD840.cfg with N = 5'),
  run(elevator, {}, [4122, 14296, 36], 'MultiCarElevator/ElevatorLivenessMedium.cfg'),
  // Both count orbits of nodes that are interchangeable.
  run(german, {}, [1107, 3281, 19], 'GermanProtocol/MCGerman.cfg'),
  run(chameneos, {}, [34534, 104697, 13], 'Chameneos/Chameneos.cfg'),
  run(readersWriters, {}, [21527, 59674, 13], 'ReadersWriters/MC.cfg'),
  run(simpleAllocator, {}, [400, 1633, 6], 'allocator/SimpleAllocator.cfg'),
  run(cigaretteSmokers, {}, [6, 15, 2], 'CigaretteSmokers/CigaretteSmokers.cfg'),
  run(parallelReachability, {}, [393, 747, 18], 'MisraReachability/MCParReach.cfg'),
  run(paxos, {}, [3921, 23563, 17], 'PaxosHowToWinATuringAward/MCPaxosTiny.cfg'),
  run(paxos, {maxBallot: 2}, [185369, 1361380, 25], 'PaxosHowToWinATuringAward/MCPaxosSmall.cfg'),
  run(innerFifo, {}, [3864, 9660, 11], 'SpecifyingSystems/FIFO/MCInnerFIFO.cfg'),
  run(teachingConcurrency, {}, [723, 1842, 11], 'TeachingConcurrency/Simple.cfg'),
  run(atomicCommit, {}, [54944, 218352, 21], 'acp/ACP_SB_TLC.cfg'),
  run(tokenRing, {}, [46656, 248832, 1], 'ewd426/TokenRing.cfg'),
  run(terminationDetection, {}, [129, 3722, 1], 'ewd840/SyncTerminationDetection.cfg'),
  run(tcp, {}, [1182, 6322, 14], 'tcp/MCtcp.cfg'),
  run(twoPhaseCommitBackup, {}, [1245, 5841, 15], 'transaction_commit/2PCwithBTM.cfg'),
  run(transactionCommit, {}, [34, 94, 7], 'transaction_commit/TCommit.cfg'),
  run(twoPhaseCommit, {}, [288, 1146, 11], 'transaction_commit/TwoPhase.cfg'),
  // The depth is ours.
  run(twoPhaseCommit, {rms: 6}, [50816, 402306, 20], 'transaction_commit/TwoPhase.cfg with 6 resource managers'),
];

/** The runs that find more than a quarter of a million states. */
export const PUBLISHED_LARGE: readonly Published[] = [
  run(ewd998, {}, [321370, 2808396, 47], 'ewd998/EWD998PCal.cfg'),
  run(lamportMutex, {}, [724274, 2729079, 61], 'lamport_mutex/MCLamportMutex.cfg'),
  run(paxosCommit, {}, [1321761, 16959159, 28], 'transaction_commit/PaxosCommit.cfg'),
  run(ewd840, {nodes: 8}, [786942, 26990854, 24], 'ewd840/EWD840.cfg with N = 8'),
  // Their depths are ours.
  run(twoPhaseCommit, {rms: 7}, [296448, 2744706, 23], 'transaction_commit/TwoPhase.cfg with 7 resource managers'),
  run(twoPhaseCommit, {rms: 8}, [1745408, 18507778, 26], 'transaction_commit/TwoPhase.cfg with 8 resource managers'),
];
