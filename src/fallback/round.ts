// The steps of one round at the primary: SET on its own host, ask, command, give up. Each is a row of the phase table.

import type {Config} from '../cluster/config.js';
import {type HostId, nextRound} from '../cluster/ids.js';
import {append, mapAll, type NonEmpty, nonEmpty} from '../kernel/nonempty.js';
import {toEach} from '../kernel/orders.js';
import {difference, union} from '../kernel/sorted.js';
import type {RuleId} from '../rules.js';
import type {Scope} from '../storage/accessibility.js';
import type {Local} from '../storage/local.js';
import type {FallbackEffect, StorageCall} from './events.js';
import {enter, type Fallback, type In, type Memory, type Tally} from './fallback.js';
import type {FallbackMessage} from './messages.js';
import {subsetsToAsk} from './subset.js';
import {type Coordinated, type Coordination, moved, type Primary, requestIdOf} from './transition.js';

/** What a primary asks about, and waits for. */
export const scopeOf = ({repairs}: Config): Scope => (repairs['namespace-query'] ? 'namespace' : 'all');

/** The memory of the round after this one. Without request ids nobody looks at the number, so it stays. */
export const nextAttempt = ({config}: Primary, {vm, value, generation, round}: Memory): Memory => ({
  vm,
  value,
  generation,
  round: config.repairs['request-ids'] ? nextRound(round) : round,
});

/** P1: SET on the own host. Every round starts here; in serial processing it has to wait for its turn (FB-31). */
export const startRound = (
  primary: Primary,
  from: Fallback,
  trigger: 'requested' | 'released' | 'spared' | 'woken',
  memory: Memory,
  rules: NonEmpty<RuleId>,
): Coordinated =>
  primary.occupied
    ? moved(primary, from, 'held', enter.queued(memory), [], append(rules, 'FB-31'))
    : moved(
        primary,
        from,
        trigger,
        enter.setting(memory),
        [{type: 'CallStorage', call: ownCall(primary, memory)}],
        rules,
      );

/** The SET is done, on whichever host. */
export const complete = (primary: Primary, from: Fallback): Coordinated => {
  const {vm, value, generation} = from;
  return primary.config.repairs['completion-report']
    ? moved(primary, from, 'committed', enter.idle(from), [{type: 'Report', vm, value, generation}], ['FB-05', 'FB-06'])
    : moved(primary, from, 'committed', enter.idle(from), [], ['FB-05']);
};

/** A newer generation is committed already. The platform asked for that one later, so this one needs no report. */
export const outdate = (primary: Primary, from: Fallback): Coordinated =>
  moved(primary, from, 'outdated', enter.idle(from), [], ['FB-08']);

/**
 * P2 and P4, steps (1) and (2) of claim 1: identify a subset of those not asked yet, each choice an outcome, and query
 * it in parallel. When none is left, give up.
 */
export const askFurther = (
  primary: Primary,
  from: Fallback,
  {asked, covered}: Pick<Tally, 'asked' | 'covered'>,
  local: Local,
  because: readonly RuleId[],
): Coordination => {
  const {self, hosts} = primary.config;
  const unasked = nonEmpty(difference(difference(hosts, [self]), asked));
  if (unasked === null) return [giveUp(primary, from, local, because)];
  const {subsets, rules} = subsetsToAsk(primary.config, {unasked, reachable: local.reachable, covered});
  return subsets === null
    ? [giveUp(primary, from, local, [...because, ...rules])]
    : mapAll(subsets, subset => ask(primary, from, {asked, covered}, subset, [...because, ...rules]));
};

const ask = (
  primary: Primary,
  from: Fallback,
  {asked, covered}: Pick<Tally, 'asked' | 'covered'>,
  subset: NonEmpty<HostId>,
  because: readonly RuleId[],
): Coordinated => {
  const scope = scopeOf(primary.config);
  return moved(
    primary,
    from,
    'asked',
    enter.querying(from, {asked: union(asked, subset), awaited: subset, positive: [], covered}),
    toEach(subset, {type: 'AccessQuery', ...requestIdOf(primary, from), scope}),
    append(
      [...because, asked.length === 0 ? 'FB-09' : 'FB-10'],
      primary.config.repairs['namespace-query'] ? 'FB-11' : 'FB-12',
    ),
  );
};

/** P3, step (3) of claim 1: command any one of those that said yes, each an outcome. */
export const commandOneOf = (
  primary: Primary,
  from: Fallback,
  {asked, awaited, positive, covered}: Tally,
  candidates: NonEmpty<HostId>,
  because: readonly RuleId[],
): Coordination =>
  mapAll(candidates, host => {
    const message: FallbackMessage = {type: 'SetCommand', ...requestIdOf(primary, from), value: from.value};
    return moved(
      primary,
      from,
      'commanded',
      enter.commanding(from, {asked, awaited, positive: difference(positive, [host]), covered}, host),
      toEach([host], message),
      append(because, 'FB-14'),
    );
  });

/** The commanded host could not: try another that said yes, wait for those still to answer, or ask the others. */
export const afterFailure = (
  primary: Primary,
  from: In<'commanding'>,
  local: Local,
  because: readonly RuleId[],
): Coordination => {
  if (!primary.config.repairs['every-responder']) {
    return askFurther(primary, from, from, local, [...because, 'FB-22']);
  }
  const positive = nonEmpty(from.positive);
  if (positive !== null) return commandOneOf(primary, from, from, positive, [...because, 'FB-19']);
  if (from.awaited.length === 0) return askFurther(primary, from, from, local, because);
  return [moved(primary, from, 'resumed', enter.querying(from, from), [], append(because, 'FB-20'))];
};

/** P4: nobody is left to ask. Wait, unless the own host can access the VM by now (WT-02). */
const giveUp = (primary: Primary, from: Fallback, {accessible}: Local, because: readonly RuleId[]): Coordinated => {
  const {config} = primary;
  return config.repairs['level-triggered'] && accessible[scopeOf(config)]
    ? startRound(primary, from, 'spared', nextAttempt(primary, from), append(because, 'WT-02'))
    : moved(primary, from, 'exhausted', enter.waiting(from), registrations(primary, from), append(because, 'WT-01'));
};

/** The registrations of a wait, once more, to every other host. */
export const registerAgain = (primary: Primary, from: Fallback): Coordinated =>
  moved(primary, from, 'repeated', enter.waiting(from), registrations(primary, from), ['WT-07']);

const registrations = (primary: Primary, memory: Memory): readonly FallbackEffect[] => {
  const {self, hosts} = primary.config;
  const scope = scopeOf(primary.config);
  return toEach(difference(hosts, [self]), {type: 'WaitRegister', ...requestIdOf(primary, memory), scope});
};

const ownCall = ({term}: Primary, {vm, value, generation, round}: Memory): StorageCall => ({
  vm,
  value,
  generation,
  purpose: {type: 'Own', term, round},
});
