// Mutants whose fault shows first by another rule than the one that they were written to break: from outside the two
// cannot be told apart there, and whoever wrote the fault does as well to read the other one.

import type {RuleId} from '../../src/index.js';

export type Read = {readonly rule: RuleId; readonly why: string};

/** By the name of the mutant. */
export const READS: Readonly<Record<string, Read>> = {
  'does not persist its term': {rule: 'TM-01', why: 'only what it persists shows that it took on the term'},
  'persists its term twice': {rule: 'TM-01', why: 'only what it persists shows that it took on the term'},
  'persists the term before': {rule: 'TM-01', why: 'only what it persists shows that it took on the term'},
  'knows after a crash what it knew before': {rule: 'TM-11', why: 'it acts while it should be down'},
  'waits although it has access by now': {rule: 'WT-04', why: 'it looks at changes only, as a secondary too'},
  'notifies one of several primaries': {rule: 'WT-03', why: 'the other might as well not be registered'},
  'keeps the first registration of a primary only': {rule: 'WT-09', why: 'it tells of what nobody waits for any more'},
  'remembers registrations over a crash': {rule: 'WT-09', why: 'it tells of what nobody waits for any more'},
  'brings no component up to date': {rule: 'ST-01', why: 'only what can be accessed shows what is current'},
  'gives way to a primary of an older term': {rule: 'EL-05', why: 'only its next claim shows the term that it took on'},
};
