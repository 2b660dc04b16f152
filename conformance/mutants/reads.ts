// Mutants whose fault shows first by another rule than the one that they were written to break, where the suite does
// not name that one: from outside the two cannot be told apart there, and whoever wrote the fault does as well to read
// the other one.

import type {RuleId} from '../../src/index.js';

export type Read = {readonly rule: RuleId; readonly why: string};

/** The rule that is named, why that will do, and the mutants for which it does. */
const REASONS: readonly (Read & {readonly mutants: readonly string[]})[] = [
  {
    rule: 'LV-08',
    why: 'whether it heard that a host has failed, or noticed it, shows only by what comes of it',
    mutants: ['does not hear that a host has failed'],
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
      'makes stale what a refused SET does not reach',
      'keeps the generation of the first SET',
      'writes to the first component only',
    ],
  },
  {
    rule: 'EL-05',
    why: 'only its next claim shows the term that it took on',
    mutants: ['gives way to a primary of an older term'],
  },
  {
    rule: 'HO-11',
    why: 'only its answer to the user shows what it remembers',
    mutants: ['remembers its VMs over a crash'],
  },
  {
    rule: 'DR-02',
    why: 'a reign counts the votes for all of its members',
    mutants: ['counts the votes that it reaches itself'],
  },
  {rule: 'CH-02', why: 'both rules say what the others are told', mutants: ['publishes nothing that it commits']},
  {rule: 'CH-02', why: 'what is never committed is never told', mutants: ['counts no acknowledgement']},
  {
    rule: 'HO-19',
    why: 'the lock is part of what it persists',
    mutants: ['breaks the lock of a host that it reaches', 'leaves its VMs running though it is cut off'],
  },
  {
    rule: 'FO-19',
    why: 'what it does not do then is to ask again',
    mutants: ['does not hear that a VM can be started somewhere'],
  },
  {
    rule: 'FO-19',
    why: 'what it does not do then is to ask for a place',
    mutants: ['learns nothing from other hosts', 'asks its own host first for what is not in the object store'],
  },
  {
    rule: 'FO-23',
    why: 'it commands the host that has turned out to be the wrong one',
    mutants: ['believes what was published although it was refuted'],
  },
  {
    rule: 'FO-30',
    why: 'it sets the timer of another attempt',
    mutants: ['takes what was refused for a failed attempt', 'counts a lack of room as a failed attempt'],
  },
  {
    rule: 'FB-20',
    why: 'what it does not do then is to go on hearing',
    mutants: ['forgets who has still to answer when a command is not answered'],
  },
  {
    rule: 'TO-04',
    why: 'it goes on with what silence has settled',
    mutants: ['counts the answer of a host whose silence has counted as a no'],
  },
  {
    rule: 'CH-03',
    why: 'it does as if nothing were accessible again',
    mutants: ['keeps a lock that is granted too late'],
  },
  {
    rule: 'RS-12',
    why: 'it cancels the timer of what runs from memory',
    mutants: ['lets a VM run on when a disk is still out of reach'],
  },
  {
    rule: 'HO-19',
    why: 'the lock that it does not take is part of what it persists',
    mutants: ['has no room for what its user starts'],
  },
  {rule: 'TM-08', why: 'it follows a claim of an older term', mutants: ['forgets its term in a crash']},
  {rule: 'ST-04', why: 'what is repeated is no repetition to it', mutants: ['counts one generation too many']},
  {rule: 'HO-17', why: 'the timer is for giving up votes', mutants: ['gives up no votes']},
  {rule: 'RS-09', why: 'it does not heed the intent that was written', mutants: ['starts what its user has stopped']},
  {
    rule: 'HO-15',
    why: 'what it does not tell is how the power-on went',
    mutants: ['forgets what it waits for from its storage module'],
  },
];

/** By the name of the mutant. */
export const READS: ReadonlyMap<string, Read> = new Map(
  REASONS.flatMap(({mutants, ...read}) => mutants.map(name => [name, read] as const)),
);
