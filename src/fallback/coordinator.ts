// The primary's side of the fallback (US 9,513,946, claim 1), one VM at a time: what it does about each event.

import {match} from 'ts-pattern';
import {type HostId, round} from '../cluster/ids.js';
import type {RequestId} from '../cluster/request.js';
import {append, nonEmpty} from '../kernel/nonempty.js';
import {ignored} from '../kernel/outcome.js';
import {difference, union} from '../kernel/sorted.js';
import type {RuleId} from '../rules.js';
import type {Access} from '../storage/accessibility.js';
import type {Local} from '../storage/local.js';
import type {SetResult} from '../storage/register.js';
import type {FallbackEventOf, FallbackMessageOf, FallbackTimer, StorageCall} from './events.js';
import {enter, type Fallback, type In, type Memory, type Tally} from './fallback.js';
import {
  afterFailure,
  askFurther,
  commandOneOf,
  complete,
  nextAttempt,
  outdate,
  registerAgain,
  scopeOf,
  startRound,
} from './round.js';
import {type Coordination, type Primary, timerOf} from './transition.js';

/** P0: the platform wants this VM protected, or no longer. `known` is null for a VM it has not asked about before. */
export const onRequest = (
  primary: Primary,
  known: Fallback | null,
  request: FallbackEventOf<'Request'>,
): Coordination => {
  const {vm, value, generation} = request;
  const fresh: Memory = {vm, value, generation, round: round(0)};
  const from = known ?? enter.idle(fresh);
  const repeated = known !== null && generation === known.generation && value === known.value;
  if (primary.config.repairs.generations && generation < from.generation) return ignored(from, 'FB-03');
  if (repeated && from.phase !== 'idle') return ignored(from, 'FB-04');
  const memory = generation === known?.generation ? {...nextAttempt(primary, known), value} : fresh;
  const started = startRound(primary, from, 'requested', memory, ['FB-01']);
  return primary.config.repairs['completion-report']
    ? [started]
    : [
        {
          ...started,
          effects: [...started.effects, {type: 'Report', vm, value, generation}],
          rules: append(started.rules, 'FB-07'),
        },
      ];
};

/** The own storage module has answered a SET of this primary. */
export const onOwnReply = (
  primary: Primary,
  from: Fallback,
  {purpose, vm, generation}: StorageCall,
  result: SetResult,
  local: Local,
): Coordination => {
  const {term, round} = purpose;
  if (from.phase !== 'setting' || !isOfRound(primary, from, {term, vm, generation, round}))
    return ignored(from, 'FB-24');
  return match(result)
    .with('ok', (): Coordination => [complete(primary, from)])
    .with('stale', (): Coordination => [outdate(primary, from)])
    .with('failed', () => askFurther(primary, from, UNASKED, local, []))
    .exhaustive();
};

/** A host says whether it can access the VM. */
export const onAnswer = (
  primary: Primary,
  from: Fallback,
  host: HostId,
  answer: FallbackMessageOf<'AccessAnswer'>,
  local: Local,
): Coordination => {
  if (isForeign(primary, from, answer)) return ignored(from, 'FB-23');
  if ((from.phase !== 'querying' && from.phase !== 'commanding') || !from.awaited.includes(host)) {
    return ignored(from, 'FB-25');
  }
  const tally = {
    asked: from.asked,
    awaited: difference(from.awaited, [host]),
    positive: answer.accessible ? union(from.positive, [host]) : from.positive,
    covered: union(from.covered, answer.reachable),
  };
  return from.phase === 'querying'
    ? weigh(primary, from, tally, local, [])
    : [{state: enter.commanding(from, tally, from.commanded), effects: [], rules: ['FB-21']}];
};

/** What the answers so far allow: command one that said yes, hear more of them, or go on without. */
const weigh = (
  primary: Primary,
  from: In<'querying'>,
  tally: Tally,
  local: Local,
  because: readonly RuleId[],
): Coordination => {
  const positive = nonEmpty(tally.positive);
  const heard = enter.querying(from, tally);
  if (positive !== null) {
    const commands = commandOneOf(primary, from, tally, positive, because);
    return tally.awaited.length === 0
      ? commands
      : append(commands, {state: heard, effects: [], rules: append(because, 'FB-15')});
  }
  return tally.awaited.length === 0
    ? askFurther(primary, from, tally, local, because)
    : [{state: heard, effects: [], rules: append(because, 'FB-16')}];
};

/** The commanded host says how the SET went there. */
export const onResult = (
  primary: Primary,
  from: Fallback,
  host: HostId,
  answer: FallbackMessageOf<'SetResult'>,
  local: Local,
): Coordination => {
  if (isForeign(primary, from, answer)) return ignored(from, 'FB-23');
  if (from.phase !== 'commanding' || from.commanded !== host) return ignored(from, 'FB-25');
  return match(answer.result)
    .with('ok', (): Coordination => [complete(primary, from)])
    .with('stale', (): Coordination => [outdate(primary, from)])
    .with('failed', () => afterFailure(primary, from, local, []))
    .exhaustive();
};

/** P5: a secondary says that its host can access the VM. */
export const onNotice = (
  primary: Primary,
  from: Fallback,
  notice: FallbackMessageOf<'BecameAccessible'>,
): Coordination => {
  if (isForeign(primary, from, notice)) return ignored(from, 'FB-23');
  return [startRound(primary, from, 'woken', nextAttempt(primary, from), ['WT-06'])];
};

/** P5: the own storage module says what this host can access now. */
export const onOwnChange = (primary: Primary, from: Fallback, accessible: Access): Coordination =>
  from.phase === 'waiting' && accessible[scopeOf(primary.config)]
    ? [startRound(primary, from, 'woken', nextAttempt(primary, from), ['WT-06'])]
    : ignored(from, 'WT-09');

/** Silence has lasted long enough to count as a no. It may be wrong. */
export const onTimer = (primary: Primary, from: Fallback, timer: FallbackTimer, local: Local): Coordination => {
  const running = timerOf(from);
  const fired =
    primary.config.repairs.timeouts &&
    running !== null &&
    running.phase === timer.phase &&
    running.generation === timer.generation &&
    running.round === timer.round;
  if (!fired) return ignored(from, 'TO-04');
  return match(from)
    .with({phase: 'idle'}, {phase: 'queued'}, still => ignored(still, 'TO-04'))
    .with({phase: 'setting'}, setting => askFurther(primary, setting, UNASKED, local, ['TO-03']))
    .with({phase: 'querying'}, querying => weigh(primary, querying, {...querying, awaited: []}, local, ['TO-01']))
    .with({phase: 'commanding'}, commanding => afterFailure(primary, commanding, local, ['TO-02']))
    .with({phase: 'waiting'}, (waiting): Coordination => [registerAgain(primary, waiting)])
    .exhaustive();
};

/** In this round nobody has been asked, and nobody has answered. */
const UNASKED = {asked: [], covered: []};

/** Whether a message belongs to another round than the one that runs. Without request ids nobody can tell. */
const isForeign = (primary: Primary, memory: Memory, id: RequestId): boolean =>
  primary.config.repairs['request-ids'] && !isOfRound(primary, memory, id);

const isOfRound = ({term}: Primary, memory: Memory, id: RequestId): boolean =>
  id.term === term && id.generation === memory.generation && id.round === memory.round;
