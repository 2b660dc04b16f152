// What the primary does about one VM when something happens.

import {match, P} from 'ts-pattern';
import type {HostId} from '../cluster/ids.js';
import type {RequestId} from '../cluster/request.js';
import {ignored} from '../kernel/outcome.js';
import {difference} from '../kernel/sorted.js';
import type {Ending} from '../runtime/events.js';
import {choose, onChecked, onRechecked, settle} from './choice.js';
import {type Entry, enter} from './entry.js';
import type {FailoverTimer, VmReport} from './events.js';
import type {FailoverMessageOf} from './messages.js';
import {registerAgain, registrationBack} from './registration.js';
import {decide, fail, onAnswer, onResult, onSilence} from './restart.js';
import {moved, type Orchestration, type Primary, requestIdOf, timerOf} from './transition.js';

/** A host has failed, as far as liveness can tell. */
export const onHostGone = (primary: Primary, from: Entry, host: HostId): Orchestration =>
  match(from)
    .with({stage: 'watched', host}, (): Orchestration => [choose(primary, from, from, ['FO-04'])])
    .with(
      {stage: 'watched', host: P.string},
      (): Orchestration =>
        primary.config.repairs['lock-registration'] ? [choose(primary, from, from, ['FO-05'])] : ignored(from, 'FO-34'),
    )
    .with({stage: 'placing'}, placing => {
      const {awaited, candidates, crowded} = placing;
      const without = {awaited: difference(awaited, [host]), candidates: difference(candidates, [host]), crowded};
      return awaited.includes(host) || candidates.includes(host)
        ? decide(primary, placing, without, ['FO-37'])
        : ignored(from, 'FO-34');
    })
    .with({stage: 'starting', on: host}, (starting): Orchestration => [fail(primary, starting, true, ['FO-37'])])
    .otherwise(() => ignored(from, 'FO-34'));

/** A host is up again, and knows of no registration. Where places are published it will publish anew. */
export const onHostBack = (primary: Primary, from: Entry, host: HostId): Orchestration => {
  if (primary.config.placement === 'publish') return ignored(from, 'FO-34');
  return match(from)
    .with(
      {stage: P.union('waiting', 'exhausted', 'lacking')},
      (waiting): Orchestration => [{state: from, effects: registrationBack(primary, waiting, host), rules: ['FO-38']}],
    )
    .otherwise(() => ignored(from, 'FO-34'));
};

/** A host says how one of its VMs fares. */
export const onReport = (primary: Primary, from: Entry, host: HostId, report: VmReport): Orchestration =>
  match(report)
    .with(
      {type: 'running'},
      (): Orchestration =>
        from.stage === 'watched' && from.host === host
          ? ignored(from, 'FO-34')
          : [settle(primary, from, {...from, host}, ['FO-12'], keptAttempts(primary, from, host))],
    )
    .with({type: 'storageLost'}, (): Orchestration => {
      if (!primary.config.repairs['storage-loss-trigger']) return ignored(from, 'FO-11');
      return from.stage === 'watched' && from.host === host
        ? [choose(primary, from, from, ['FO-10'])]
        : ignored(from, 'FO-34');
    })
    .with(
      {type: 'absent'},
      (): Orchestration =>
        primary.config.repairs['lock-registration'] && from.stage === 'watched' && from.host === host
          ? [choose(primary, from, from, ['FO-05'])]
          : ignored(from, 'FO-34'),
    )
    .with({type: 'ended'}, ({ending}) => onEnding(primary, from, host, ending))
    .exhaustive();

/**
 * What a host says that was not commanded may be the word of a ghost. The object still counts what has failed, and so
 * does its primary.
 */
const keptAttempts = ({config}: Primary, from: Entry, host: HostId): number =>
  config.repairs['shared-attempts'] && !(from.stage === 'starting' && from.on === host) ? from.attempts : 0;

/** An instance has ended on a host that did not crash. Did the user want that? */
const onEnding = (primary: Primary, from: Entry, host: HostId, {clean, intent}: Ending): Orchestration => {
  if (primary.config.repairs['intent-generation']) {
    if (intent !== null && intent > from.generation) {
      return [settle(primary, from, {...from, generation: intent, value: 'unprotected', host: null}, ['FO-09'])];
    }
    return from.stage === 'watched' && from.host === host
      ? [choose(primary, from, from, ['FO-07'])]
      : ignored(from, 'FO-34');
  }
  if (from.host !== host) return ignored(from, 'FO-34');
  if (clean) return [settle(primary, from, {...from, host: null}, ['FO-08'])];
  return from.stage === 'watched' ? [choose(primary, from, from, ['FO-06'])] : ignored(from, 'FO-34');
};

/** The delay before an attempt is over, patience with hosts that are silent, or the time until one registers again. */
export const onTimer = (primary: Primary, from: Entry, timer: FailoverTimer): Orchestration => {
  const running = timerOf(primary.config, from);
  if (running?.stage !== timer.stage || running.round !== timer.round) return ignored(from, 'FO-34');
  return match(from)
    .with({stage: 'delayed'}, (): Orchestration => [moved(primary, from, 'listed', enter.queued(from), [], ['FO-32'])])
    .with({stage: P.union('placing', 'starting')}, silent => onSilence(primary, silent))
    .with(
      {stage: P.union('lacking', 'waiting', 'exhausted')},
      (waiting): Orchestration => [registerAgain(primary, waiting)],
    )
    .otherwise(() => ignored(from, 'FO-34'));
};

/** A host answers a question about a place. */
export const onPlaceAnswer = (
  primary: Primary,
  from: Entry,
  host: HostId,
  answer: FailoverMessageOf<'PlaceAnswer'>,
): Orchestration => {
  if (!isOf(primary, from, answer)) return ignored(from, 'FO-34');
  const isOwn = host === primary.config.self;
  return match(from)
    .with({stage: 'placing'}, placing => onAnswer(primary, placing, host, answer.standing))
    .with({stage: 'checking'}, () => (isOwn ? onChecked(primary, from, answer.standing) : ignored(from, 'FO-34')))
    .with({stage: 'rechecking'}, rechecking =>
      isOwn ? onRechecked(primary, rechecking, answer.standing) : ignored(from, 'FO-34'),
    )
    .otherwise(() => ignored(from, 'FO-34'));
};

/** A host answers a command. */
export const onRestartResult = (
  primary: Primary,
  from: Entry,
  host: HostId,
  answer: FailoverMessageOf<'RestartResult'>,
): Orchestration =>
  from.stage === 'starting' && from.on === host && isOf(primary, from, answer)
    ? onResult(primary, from, answer.result)
    : ignored(from, 'FO-34');

/**
 * W2: a host says that the VM can be started there. Of one that is exhausted that is news, and what failed before is no
 * longer counted; of one that waits it may have been so all the time.
 */
export const onNotice = (
  primary: Primary,
  from: Entry,
  notice: FailoverMessageOf<'BecamePlaceable'>,
): Orchestration => {
  if (!isOf(primary, from, notice)) return ignored(from, 'FO-34');
  return match(from)
    .with(
      {stage: P.union('lacking', 'waiting')},
      (): Orchestration => [moved(primary, from, 'listed', enter.queued(from), [], ['FO-33'])],
    )
    .with(
      {stage: 'exhausted'},
      (): Orchestration => [
        moved(primary, from, 'listed', enter.queued({...from, attempts: 0}), [], ['FO-33', 'FO-35']),
      ],
    )
    .otherwise(() => ignored(from, 'FO-34'));
};

/** Whether this belongs to what the primary does now: not to an earlier round, generation or term. */
const isOf = (primary: Primary, entry: Entry, id: RequestId): boolean => {
  const {term, generation, round} = requestIdOf(primary, entry);
  return id.term === term && id.generation === generation && id.round === round;
};
