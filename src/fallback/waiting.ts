// The secondary's side of a wait: it tells the primary when its own host can access the VM.

import type {HostId} from '../cluster/ids.js';
import {ignored, type Outcomes} from '../kernel/outcome.js';
import type {Repairs} from '../profile/repairs.js';
import type {Access} from '../storage/accessibility.js';
import type {FallbackEffect, FallbackMessageOf} from './events.js';
import type {Watch} from './watch.js';

/** Sorted by VM, then primary. */
export type Watches = readonly Watch[];

/** A primary waits. Without `level-triggered` only a change from now on counts, even where this host has access. */
export const onRegister = (
  repairs: Repairs,
  watches: Watches,
  primary: HostId,
  {vm, term, generation, round, scope}: FallbackMessageOf<'WaitRegister'>,
  accessible: Access,
): Outcomes<Watches, FallbackEffect> => {
  const watch: Watch = {vm, primary, term, generation, round, scope};
  const kept = watches.find(other => isSameWait(other, watch));
  const others = watches.filter(other => other !== kept);
  if (repairs['request-ids'] && kept !== undefined && isOlder(watch, kept)) return ignored(watches, 'WT-08');
  return repairs['level-triggered'] && accessible[scope]
    ? [{state: others, effects: [notice(watch)], rules: ['WT-04']}]
    : [{state: [...others, watch].sort(byWait), effects: [], rules: ['WT-03']}];
};

/** The own storage module says what this host can access now: each registration that asked for this is spent. */
export const onChange = (watches: Watches, vm: Watch['vm'], accessible: Access): Outcomes<Watches, FallbackEffect> => {
  const due = watches.filter(watch => watch.vm === vm && accessible[watch.scope]);
  return due.length === 0
    ? ignored(watches, 'WT-09')
    : [{state: watches.filter(watch => !due.includes(watch)), effects: due.map(notice), rules: ['WT-05']}];
};

const notice = ({vm, primary, term, generation, round}: Watch): FallbackEffect => ({
  type: 'Send',
  to: primary,
  message: {type: 'BecameAccessible', term, vm, generation, round},
});

const isSameWait = (a: Watch, b: Watch): boolean => a.vm === b.vm && a.primary === b.primary;

/** Whether `a` registers an earlier round than `b`: by term, then generation, then round. */
const isOlder = (a: Watch, b: Watch): boolean =>
  a.term !== b.term ? a.term < b.term : a.generation !== b.generation ? a.generation < b.generation : a.round < b.round;

const byWait = (a: Watch, b: Watch): number =>
  a.vm !== b.vm ? (a.vm < b.vm ? -1 : 1) : a.primary < b.primary ? -1 : a.primary > b.primary ? 1 : 0;
