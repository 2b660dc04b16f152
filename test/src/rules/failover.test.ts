// The rules of a primary's lists, each with what it does.

import test from 'ava';
import type {RuleId} from '../../../src/index.js';
import {
  CASES,
  type FailoverCase,
  generationIn,
  is,
  isIn,
  isStored,
  isUnchanged,
  LISTED,
  reportOf,
  resultOf,
  sameHosts,
  sent,
  up,
  was,
} from './failover-cases.js';
import {keeps} from './sampled.js';

const rule = (id: RuleId, what: string, isKept: (each: FailoverCase) => boolean): void =>
  test(`${id}: ${what}`, t => keeps(t, CASES, id, isKept));

rule('FO-01', 'what the platform says is protected is in the inventory, with the host that it names', each => {
  const {event} = each;
  const now = is(each);
  return event.type === 'Protected' && now?.value === 'protected' && now.host === event.host;
});
rule('FO-02', 'news of a generation that is not newer changes nothing', each => {
  const known = was(each)?.generation ?? 0;
  return generationIn(each) <= known && JSON.stringify(was(each)) === JSON.stringify(is(each));
});
rule('FO-03', 'what is unprotected is on no list', each => {
  const now = is(each);
  return now?.value === 'unprotected' && (isIn(now, 'watched') || JSON.stringify(now) === JSON.stringify(was(each)));
});
rule(
  'FO-04',
  'when a host fails, its VMs are to be restarted',
  each =>
    each.event.type === 'HostChanged' &&
    !each.event.running &&
    was(each)?.host === each.event.host &&
    !isIn(is(each), 'queued'),
);
rule(
  'FO-05',
  'with lock-registration, so is a VM that its host says is not there, or that may be on the one gone',
  each => {
    const isAbsent = reportOf(each)?.type === 'absent';
    const isGone = each.event.type === 'HostChanged' && !each.event.running;
    return each.config.repairs['lock-registration'] && isIn(was(each), 'watched') && (isAbsent || isGone);
  },
);
rule('FO-06', 'without numbered intents, so is a VM that ended and not cleanly', each => {
  const report = reportOf(each);
  return report?.type === 'ended' && !report.ending.clean && !each.config.repairs['intent-generation'];
});
rule('FO-07', 'with them, so is one that ended by no newer intent', each => {
  const report = reportOf(each);
  const intent = report?.type === 'ended' ? report.ending.intent : null;
  return report?.type === 'ended' && (intent === null || intent <= (was(each)?.generation ?? 0));
});
rule('FO-08', 'without them, what has ended cleanly is left alone', each => {
  const report = reportOf(each);
  return report?.type === 'ended' && report.ending.clean && isIn(is(each), 'watched') && is(each)?.host === null;
});
rule('FO-09', 'with them, what a newer intent has ended is unprotected from then on', each => {
  const report = reportOf(each);
  const intent = report?.type === 'ended' ? report.ending.intent : null;
  return is(each)?.value === 'unprotected' && is(each)?.generation === intent && isIn(is(each), 'watched');
});
rule(
  'FO-10',
  'with storage-loss-trigger, a VM that has lost its storage is to be restarted',
  each =>
    reportOf(each)?.type === 'storageLost' && each.config.repairs['storage-loss-trigger'] && isIn(was(each), 'watched'),
);
rule(
  'FO-11',
  'without it, it is left alone',
  each => isUnchanged(each) || !each.config.repairs['storage-loss-trigger'],
);
rule(
  'FO-12',
  'a VM that a host says is running is on no list, and runs there',
  each =>
    reportOf(each)?.type === 'running' &&
    isIn(is(each), 'watched') &&
    each.event.type === 'VmReported' &&
    is(each)?.host === each.event.from,
);
rule(
  'FO-13',
  'what is not in the object store is put on the restart list at once',
  each => !isStored(each, is(each)) && isIn(is(each), ...LISTED),
);
rule(
  'FO-14',
  'for what is, the own host is asked first',
  each =>
    isStored(each, is(each)) && isIn(is(each), 'checking') && sent(each, 'PlaceQuery').join() === each.config.self,
);
rule(
  'FO-15',
  'what the own host can access is put on the restart list',
  each => isIn(was(each), 'checking') && isIn(is(each), ...LISTED) && each.rules[0] === 'FO-15',
);
rule(
  'FO-16',
  'what it cannot access waits, and every host that is up is to say when it can',
  each =>
    isIn(is(each), 'waiting') &&
    (each.config.placement === 'publish' || sameHosts(sent(each, 'PlaceRegister'), up(each))),
);
rule('FO-17', 'so does what another host holds the lock of', each => {
  const message = each.event.type === 'Received' ? each.event.message : null;
  const isLocked = message?.type === 'PlaceAnswer' && message.standing.accessible && message.standing.holder !== null;
  return isLocked && isIn(is(each), 'waiting');
});
rule(
  'FO-18',
  'no more are placed and started at a time than configured',
  each => each.after.inventory.filter(entry => isIn(entry, 'placing', 'starting')).length <= each.config.concurrency,
);
rule(
  'FO-19',
  'every host that is up is asked for a place',
  each => sameHosts(sent(each, 'PlaceQuery').slice(-up(each).length), up(each)) && each.config.placement === 'ask',
);
rule('FO-20', 'where places are tried, every host that is up is a candidate', each => {
  const commanded = sent(each, 'RestartCommand');
  return (
    each.config.placement === 'try' &&
    sent(each, 'PlaceQuery').length === 0 &&
    commanded.every(host => up(each).includes(host))
  );
});
rule('FO-22', 'nothing is started before all that were asked have answered', each => {
  const entry = is(each);
  return entry?.stage === 'placing' && entry.awaited.length > 0 && sent(each, 'RestartCommand').length === 0;
});
rule('FO-24', 'where all who can access it are full, a change of capacity is waited for', each =>
  isIn(is(each), 'lacking'),
);
rule('FO-25', 'where nobody can, access is waited for', each => isIn(is(each), 'waiting'));
rule('FO-26', 'what the commanded host says is running is on no list', each => {
  const before = was(each);
  return (
    isIn(is(each), 'watched') && before?.stage === 'starting' && is(each)?.host === before.on && resultOf(each) === 'ok'
  );
});
rule(
  'FO-27',
  'where the commanded host has no room, it waits for a change of capacity',
  each => isIn(was(each), 'starting') && isIn(is(each), 'lacking') && resultOf(each) === 'capacity',
);
rule(
  'FO-28',
  'what is not in the object store is tried again after a delay',
  each => !isStored(each, was(each)) && isIn(is(each), 'delayed') && each.effects.some(({type}) => type === 'SetTimer'),
);
rule('FO-29', 'for what is, the own host is asked again when an attempt has failed, and the attempt counts', each => {
  const [before, now] = [was(each), is(each)];
  const asked = sent(each, 'PlaceQuery').join() === each.config.self;
  return isStored(each, before) && isIn(now, 'rechecking') && asked && now?.attempts === (before?.attempts ?? 0) + 1;
});
rule(
  'FO-30',
  'if it can be accessed, there is another attempt after a delay',
  each =>
    isIn(was(each), 'rechecking') && isIn(is(each), 'delayed') && each.effects.some(({type}) => type === 'SetTimer'),
);
rule('FO-31', 'as many attempts as the schedule has, and no more', each => {
  const now = is(each);
  return isIn(now, 'exhausted') && (now?.attempts ?? 0) >= each.config.schedule.length;
});
rule(
  'FO-32',
  'when the delay is over it is on the restart list again',
  each => each.event.type === 'TimerFired' && isIn(was(each), 'delayed') && isIn(is(each), ...LISTED),
);
rule(
  'FO-33',
  'what is said to be placeable is on the restart list again',
  each => isIn(was(each), 'lacking', 'waiting', 'exhausted') && isIn(is(each), ...LISTED),
);
rule(
  'FO-35',
  'what was exhausted then counts its attempts anew',
  each => isIn(was(each), 'exhausted') && is(each)?.attempts === 0,
);
rule(
  'FO-36',
  'what the object says is not to run is unprotected from then on',
  each => resultOf(each) === 'refused' && is(each)?.value === 'unprotected' && isIn(is(each), 'watched'),
);
rule('FO-37', 'a host that fails is awaited no longer, and is commanded no longer', each => {
  const {event} = each;
  const entry = is(each);
  const host = event.type === 'HostChanged' && !event.running ? event.host : null;
  const isAwaited = entry?.stage === 'placing' && host !== null && entry.awaited.includes(host);
  return host !== null && !isAwaited && !(entry?.stage === 'starting' && entry.on === host);
});
rule('FO-53', 'hosts that stay silent are awaited no longer, and the others decide', each => {
  const [before, now] = [was(each), is(each)];
  if (each.event.type !== 'TimerFired' || before?.stage !== 'placing') return false;
  if (before.candidates.length > 0)
    return isIn(now, 'starting') && now?.stage === 'starting' && before.candidates.includes(now.on);
  return isIn(now, before.crowded ? 'lacking' : 'waiting');
});
rule('FO-54', 'a commanded host that stays silent has failed, as far as the attempt goes', each => {
  const [before, now] = [was(each), is(each)];
  const isCounted = before !== undefined && now?.attempts === before.attempts + 1;
  return (
    each.event.type === 'TimerFired' &&
    isIn(before, 'starting') &&
    isIn(now, 'rechecking', 'delayed', 'exhausted') &&
    isCounted
  );
});
rule('FO-55', 'what has waited is registered again with every host that is up, as it was, and so on', each => {
  const before = was(each);
  const timer = each.event.type === 'TimerFired' ? each.event.timer : null;
  const wanted = each.effects.flatMap(effect =>
    effect.type === 'Send' && effect.message.type === 'PlaceRegister' ? [effect.message.wanted] : [],
  );
  const level =
    before?.stage === 'lacking'
      ? each.config.repairs['level-triggered']
      : before?.stage === 'waiting' || (before?.stage === 'exhausted' && before.level);
  return (
    isIn(before, 'lacking', 'waiting', 'exhausted') &&
    isUnchanged(each) &&
    sameHosts(sent(each, 'PlaceRegister'), up(each)) &&
    wanted.every(each => each.level === level && each.capacity === isIn(before, 'lacking')) &&
    each.effects.some(effect => effect.type === 'SetTimer' && effect.timer.stage === timer?.stage)
  );
});
rule(
  'FO-38',
  'a host that is up again is registered with again',
  each =>
    each.event.type === 'HostChanged' && each.event.running && sent(each, 'PlaceRegister').join() === each.event.host,
);
rule('FO-39', 'what is not known to run anywhere is to be restarted', each => {
  const before = was(each);
  return before === undefined || generationIn(each) > before.generation ? !isIn(is(each), 'delayed') : false;
});
rule('FO-40', 'with shared-attempts a primary goes on counting where the object has come to', each => {
  const attempts = each.event.type === 'Retrieved' ? each.event.retrieval.attempts : 0;
  return is(each)?.attempts === Math.min(attempts, each.config.schedule.length);
});
rule(
  'FO-41',
  'without it, it counts from 0',
  each => is(each)?.attempts === 0 && !each.config.repairs['shared-attempts'],
);
