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
  'notifies one of several primaries': {rule: 'WT-03', why: 'the other might as well not be registered'},
  'keeps the first registration of a primary only': {rule: 'WT-04', why: 'it tells of the wait that was replaced'},
  'compares registrations by their rounds only': {rule: 'WT-04', why: 'it tells of the wait that was replaced'},
  'tells at once and keeps the older registration': {rule: 'WT-09', why: 'it tells of what nobody waits for any more'},
  'believes a look at a host that it hears again': {rule: 'LV-10', why: 'the next heartbeat shows whom it hears'},
  'makes stale what a repeated SET does not reach': {
    rule: 'ST-01',
    why: 'only what can be accessed shows what is current',
  },
  'makes stale what a refused SET does not reach': {
    rule: 'ST-01',
    why: 'only what can be accessed shows what is current',
  },
  'remembers registrations over a crash': {rule: 'WT-09', why: 'it tells of what nobody waits for any more'},
  'brings no component up to date': {rule: 'ST-01', why: 'only what can be accessed shows what is current'},
  'gives way to a primary of an older term': {rule: 'EL-05', why: 'only its next claim shows the term that it took on'},
  'lets a VM run from memory for ever': {rule: 'HO-11', why: 'the call that ends it is never made, nor answered'},
  'gives up no votes': {rule: 'HO-19', why: 'the entry that gives them up is never persisted'},
  'remembers its VMs over a crash': {rule: 'HO-11', why: 'only its answer to the user shows what it remembers'},
  'does not tell the user how the power-on went': {rule: 'HO-11', why: 'that is what its storage call leads to'},
  'counts the votes that it reaches itself': {rule: 'DR-02', why: 'a reign counts the votes for all of its members'},
  'publishes nothing that it commits': {rule: 'CH-02', why: 'both rules say what the others are told'},
  'counts no acknowledgement': {rule: 'CH-02', why: 'what is never committed is never told'},
  'starts a VM without its lock': {rule: 'HO-19', why: 'the lock is part of what it persists'},
  'does not hear that a VM can be started somewhere': {rule: 'FO-19', why: 'what it does not do then is to ask again'},
  'learns nothing from other hosts': {rule: 'FO-19', why: 'what it does not do then is to ask for a place'},
  'does not notice that a VM has come to it': {rule: 'RS-12', why: 'the timer of a VM that stalls here is never set'},
  'registers with nobody who is back': {rule: 'LV-08', why: 'an earlier look at the host was not acted upon'},
  'takes what was refused for a failed attempt': {rule: 'FO-30', why: 'it sets the timer of another attempt'},
  'counts a lack of room as a failed attempt': {rule: 'FO-30', why: 'it sets the timer of another attempt'},
  'starts what its user has stopped': {
    rule: 'RS-09',
    why: 'the same repair says what a stop of the user leaves behind',
  },
  'breaks the lock of a host that it reaches': {rule: 'HO-19', why: 'the lock is part of what it persists'},
  'runs a VM of which a disk is out of reach': {rule: 'HO-19', why: 'the lock is part of what it persists'},
  'leaves its VMs running though it is cut off': {rule: 'HO-19', why: 'the lock is part of what it persists'},
  'forgets what it waits for from its storage module': {rule: 'FB-18', why: 'a result that it forgets is never told'},
};
