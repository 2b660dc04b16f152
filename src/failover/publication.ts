// Where hosts publish how VMs stand on them, the primary asks nobody and registers with nobody: it keeps what each said
// last, and a publication wakes a VM that waits.

import {match, P} from 'ts-pattern';
import {ignored} from '../kernel/outcome.js';
import {isReliable} from './choice.js';
import {type Entry, enter} from './entry.js';
import type {Standing} from './messages.js';
import {isPlace, moved, type Orchestration, type Primary, type Published} from './transition.js';

/** All publications, this one in place of what its host said of the VM before; the very same if nothing is new. */
export const published = (all: Primary['published'], news: Published): Primary['published'] => {
  const before = all.find(({vm, host}) => vm === news.vm && host === news.host);
  return before !== undefined && isSame(before.standing, news.standing)
    ? all
    : [...all.filter(other => other !== before), news].sort(byVmAndHost);
};

/** A host has published how the VM stands there; `before` is what it had published, or null. */
export const onPublished = (
  primary: Primary,
  from: Entry,
  before: Standing | null,
  standing: Standing,
): Orchestration => {
  const isNow = isPlace(primary, from, standing);
  const wasBefore = before === null ? !isReliable(primary) : isPlace(primary, from, before);
  return match({from, isNow, hasRoom: standing.capacity, isNews: !wasBefore})
    .with(
      P.union({from: {stage: 'waiting'}, isNow: true}, {from: {stage: 'lacking'}, isNow: true, hasRoom: true}),
      (): Orchestration => [moved(primary, from, 'listed', enter.queued(from), [], ['FO-52'])],
    )
    .with(
      {from: {stage: 'exhausted'}, isNow: true, isNews: true},
      (): Orchestration => [
        moved(primary, from, 'listed', enter.queued({...from, attempts: 0}), [], ['FO-52', 'FO-35']),
      ],
    )
    .otherwise(() => ignored(from, 'FO-34'));
};

const isSame = (a: Standing, b: Standing): boolean =>
  a.accessible === b.accessible && a.capacity === b.capacity && a.holder === b.holder;

const byVmAndHost = (a: Published, b: Published): number =>
  a.vm !== b.vm ? (a.vm < b.vm ? -1 : 1) : a.host < b.host ? -1 : 1;
