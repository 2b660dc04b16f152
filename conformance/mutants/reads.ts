// Mutants whose fault shows first by another rule than the one that they were written to break, where the suite does
// not name that one: from outside the two cannot be told apart there, and whoever wrote the fault does as well to read
// the other one.

import type {RuleId} from '../../src/index.js';

export type Read = {readonly rule: RuleId; readonly why: string};

/** The rule that is named, why that will do, and the mutants for which it does. */
const REASONS: readonly (Read & {readonly mutants: readonly string[]})[] = [
  {
    rule: 'TM-01',
    why: 'only what it persists shows that it took on the term',
    mutants: ['does not persist its term', 'persists its term twice', 'persists the term before'],
  },
  {
    rule: 'TM-11',
    why: 'it acts while it should be down',
    mutants: ['knows after a crash what it knew before'],
  },
  {
    rule: 'WT-03',
    why: 'the other might as well not be registered',
    mutants: ['notifies one of several primaries'],
  },
  {
    rule: 'WT-04',
    why: 'it tells of the wait that was replaced',
    mutants: ['keeps the first registration of a primary only', 'compares registrations by their rounds only'],
  },
  {
    rule: 'WT-09',
    why: 'it tells of what nobody waits for any more',
    mutants: ['tells at once and keeps the older registration', 'remembers registrations over a crash'],
  },
  {
    rule: 'LV-10',
    why: 'the next heartbeat shows whom it hears',
    mutants: ['believes a look at a host that it hears again'],
  },
  {
    rule: 'ST-01',
    why: 'only what can be accessed shows what is current',
    mutants: [
      'makes stale what a repeated SET does not reach',
      'makes stale what a refused SET does not reach',
      'brings no component up to date',
    ],
  },
  {
    rule: 'EL-05',
    why: 'only its next claim shows the term that it took on',
    mutants: ['gives way to a primary of an older term'],
  },
  {
    rule: 'HO-11',
    why: 'the call that ends it is never made, nor answered',
    mutants: ['lets a VM run from memory for ever'],
  },
  {
    rule: 'HO-19',
    why: 'the entry that gives them up is never persisted',
    mutants: ['gives up no votes'],
  },
  {
    rule: 'HO-11',
    why: 'only its answer to the user shows what it remembers',
    mutants: ['remembers its VMs over a crash'],
  },
  {
    rule: 'HO-11',
    why: 'that is what its storage call leads to',
    mutants: ['does not tell the user how the power-on went'],
  },
  {
    rule: 'DR-02',
    why: 'a reign counts the votes for all of its members',
    mutants: ['counts the votes that it reaches itself'],
  },
  {
    rule: 'CH-02',
    why: 'both rules say what the others are told',
    mutants: ['publishes nothing that it commits'],
  },
  {
    rule: 'CH-02',
    why: 'what is never committed is never told',
    mutants: ['counts no acknowledgement'],
  },
  {
    rule: 'HO-19',
    why: 'the lock is part of what it persists',
    mutants: [
      'starts a VM without its lock',
      'breaks the lock of a host that it reaches',
      'runs a VM of which a disk is out of reach',
      'leaves its VMs running though it is cut off',
    ],
  },
  {
    rule: 'FO-19',
    why: 'what it does not do then is to ask again',
    mutants: ['does not hear that a VM can be started somewhere'],
  },
  {
    rule: 'FO-19',
    why: 'what it does not do then is to ask for a place',
    mutants: ['learns nothing from other hosts'],
  },
  {
    rule: 'RS-12',
    why: 'the timer of a VM that stalls here is never set',
    mutants: ['does not notice that a VM has come to it'],
  },
  {
    rule: 'LV-08',
    why: 'an earlier look at the host was not acted upon',
    mutants: ['registers with nobody who is back'],
  },
  {
    rule: 'FO-30',
    why: 'it sets the timer of another attempt',
    mutants: ['takes what was refused for a failed attempt', 'counts a lack of room as a failed attempt'],
  },
  {
    rule: 'RS-09',
    why: 'the same repair says what a stop of the user leaves behind',
    mutants: ['starts what its user has stopped'],
  },
  {
    rule: 'FB-18',
    why: 'a result that it forgets is never told',
    mutants: ['forgets what it waits for from its storage module'],
  },
  {
    rule: 'TO-01',
    why: 'it counts what silence has settled',
    mutants: ['counts the answer of a host whose silence has counted as a no'],
  },
  {
    rule: 'FB-20',
    why: 'what it does not do then is to go on hearing',
    mutants: ['forgets who has still to answer when a command is not answered'],
  },
];

/** By the name of the mutant. */
export const READS: ReadonlyMap<string, Read> = new Map(
  REASONS.flatMap(({mutants, ...read}) => mutants.map(name => [name, read] as const)),
);
