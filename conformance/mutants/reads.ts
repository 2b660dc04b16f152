// Mutants whose fault shows first by another rule than the one that they were written to break, where the suite does
// not name that one: from outside the two cannot be told apart there, and whoever wrote the fault does as well to read
// the other one.

import type {RuleId} from '../../src/index.js';

export type Read = {readonly rule: RuleId; readonly why: string};

/** The rule that is named, why that will do, and the mutants for which it does. */
const REASONS: readonly (Read & {readonly mutants: readonly string[]})[] = [
  {
    rule: 'LV-10',
    why: 'the next heartbeat shows whom it hears',
    mutants: ['believes a look at a host that it hears again'],
  },
  {
    rule: 'ST-01',
    why: 'only what can be accessed shows what is current',
    mutants: [
      'keeps the generation of the first SET',
      'writes to the first component only',
      'loses what a host writes that is enough by itself',
    ],
  },
  {
    rule: 'EL-05',
    why: 'only its next claim shows the term that it took on',
    mutants: ['gives way to a primary of an older term'],
  },
  {
    rule: 'DR-02',
    why: 'a reign counts the votes for all of its members',
    mutants: ['counts the votes that it reaches itself'],
  },
  {rule: 'CH-02', why: 'what is never committed is never told', mutants: ['counts no acknowledgement']},
  {rule: 'HO-17', why: 'the timer is for giving up votes', mutants: ['gives up no votes']},
  {rule: 'FO-18', why: 'what it does not know of it does not restart', mutants: ['learns nothing from other hosts']},
  {
    rule: 'FO-03',
    why: 'what it does not do then is to take the VM off its lists',
    mutants: ['does not hear of the generation that it knows that it is unprotected'],
  },
  {rule: 'FO-33', why: 'the timer ends with the wait', mutants: ['lets the timer run of what waits no more']},
  {
    rule: 'RS-01',
    why: 'what it does not do then is to take the lock',
    mutants: ['has no room for what its user starts'],
  },
  {rule: 'RS-09', why: 'it does not heed the intent that was written', mutants: ['starts what its user has stopped']},
];

/** By the name of the mutant. */
export const READS: ReadonlyMap<string, Read> = new Map(
  REASONS.flatMap(({mutants, ...read}) => mutants.map(name => [name, read] as const)),
);
