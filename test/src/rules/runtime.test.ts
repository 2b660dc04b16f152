// The rules of the VM runtime, each with what it does.

import test from 'ava';
import fc from 'fast-check';
import {canWrite, type RuleId, type RuntimeEvent, runtimeOutcomes} from '../../../src/index.js';
import {runtimeConfig, runtimeEvent, runtimeState} from '../../arbitraries/failover.js';
import {casesOf, keeps} from './sampled.js';

const drawn = fc.sample(fc.record({config: runtimeConfig, before: runtimeState, event: runtimeEvent}), {
  numRuns: 20_000,
  seed: 1,
});

/** The same on a host that holds the lock of the first of its VMs, if it executes that. */
const holding = ({config, before, event}: (typeof drawn)[number]): RuntimeEvent => {
  const [instance] = before;
  if (event.type !== 'StorageChanged' || instance === undefined || instance.power === 'starting') return event;
  const {vm, epoch} = instance;
  const home = event.seen.home === null ? null : {...event.seen.home, lock: {holder: config.self, epoch}};
  return {...event, vm, seen: {...event.seen, home}};
};

const CASES = casesOf(
  drawn.flatMap(situation => [situation, {...situation, event: holding(situation)}]),
  ({config, before, event}) => runtimeOutcomes(config, before, event),
);
type RuntimeCase = (typeof CASES)[number];

const vmOf = ({event}: RuntimeCase) =>
  event.type === 'PowerOn' ? event.request.vm : 'vm' in event ? event.vm : undefined;
const was = (each: RuntimeCase) => each.before.find(({vm}) => vm === vmOf(each));
const is = (each: RuntimeCase) => each.after.find(({vm}) => vm === vmOf(each));
const answers = ({effects}: RuntimeCase): readonly string[] =>
  effects.flatMap(effect => (effect.type === 'Answer' ? [effect.result.type] : []));
const orders = ({effects}: RuntimeCase, type: string): boolean => effects.some(effect => effect.type === type);
const endings = ({effects}: RuntimeCase) => effects.flatMap(effect => (effect.type === 'Ended' ? [effect.ending] : []));
const isUnchanged = ({before, after}: RuntimeCase): boolean => before === after;
const hasEnded = (each: RuntimeCase): boolean => is(each) === undefined && endings(each).length === 1;

const rule = (id: RuleId, what: string, isKept: (each: RuntimeCase) => boolean): void =>
  test(`${id}: ${what}`, t => keeps(t, CASES, id, isKept));

rule('RS-02', 'a VM that executes is not started again, and one that is starting not twice', each => {
  const [result] = answers(each);
  return isUnchanged(each) && result === (was(each)?.power === 'running' ? 'ok' : 'locked');
});
rule('RS-03', 'without room a primary gets no VM started', each => {
  const {config, before, event} = each;
  const isPrimary = event.type === 'PowerOn' && event.request.by === 'primary';
  return isPrimary && before.length >= config.capacity && isUnchanged(each) && answers(each).join() === 'capacity';
});
rule('RS-05', 'without the lock nothing runs', each => {
  const [result] = answers(each);
  return is(each) === undefined && (result === 'locked' || result === 'inaccessible');
});
rule('RS-06', 'what the user powers off is off', each => is(each) === undefined && each.event.type === 'PowerOff');
rule(
  'RS-07',
  'a lock on a VM whose objects cannot be used is given back',
  each => is(each) === undefined && orders(each, 'ReleaseLock') && answers(each).join() === 'inaccessible',
);
rule('RS-08', 'without numbered intents the flag says whether the user ended the VM, where it can be written', each => {
  const {event, config} = each;
  const isClean = event.type === 'PowerOff' && (event.seen.access.namespace || config.cleanByDefault);
  return !orders(each, 'WriteIntent') && endings(each).every(({clean}) => clean === isClean);
});
rule('RS-09', 'with them the number of his intent is written, and told', each => {
  const wanted = each.event.type === 'PowerOff' ? each.event.generation : null;
  const written = each.effects.some(effect => effect.type === 'WriteIntent' && effect.generation === wanted);
  return written && endings(each).every(({intent}) => intent === wanted);
});
rule(
  'RS-10',
  'a host that crashes runs nothing, and orders nothing',
  each => each.event.type === 'Crashed' && each.after.length === 0 && each.effects.length === 0,
);
rule('RS-11', 'a primary does not start what the object says is not to run', each => {
  const {event} = each;
  if (event.type !== 'LockAnswered') return false;
  const request = was(each)?.power === 'starting' ? was(each) : undefined;
  const generation = request?.power === 'starting' ? request.request.generation : 0;
  const {home} = event.seen;
  const isOff = home?.value === 'unprotected' && home.generation === generation;
  const isOver = home === null || home.generation > generation || isOff;
  return isOver && is(each) === undefined && orders(each, 'ReleaseLock') && answers(each).join() === 'refused';
});
rule(
  'RS-12',
  'a ghost that is due is ended, and not by the user',
  each => was(each)?.power === 'stalled' && hasEnded(each) && endings(each).every(({intent}) => intent === null),
);
rule(
  'RS-13',
  'a lock that is held for nothing is given back',
  each => was(each) === undefined && isUnchanged(each) && orders(each, 'ReleaseLock'),
);
rule('RS-14', "an instance whose lock is another's is ended", each => {
  const {event, config} = each;
  const instance = was(each);
  if (event.type !== 'StorageChanged' || instance === undefined || instance.power === 'starting') return false;
  const lock = event.seen.home?.lock;
  const isMine = lock?.holder === config.self && lock.epoch === instance.epoch;
  return lock !== undefined && !isMine && hasEnded(each);
});
rule(
  'RS-15',
  'an isolated host powers its VMs off where it is to',
  each => each.config.isolationResponse === 'power-off' && is(each) === undefined && was(each) !== undefined,
);
rule('RS-16', 'a VM moves without being started or ended, and one that only starts does not', each =>
  each.event.type === 'MigratedIn'
    ? is(each)?.power === 'running'
    : each.event.type === 'MigratedOut' &&
      (was(each)?.power === 'running' || was(each)?.power === 'stalled') &&
      is(each) === undefined &&
      endings(each).length === 0,
);
rule('RS-17', 'what the table refuses is ignored', each => isUnchanged(each) && each.effects.length === 0);
for (const id of ['RS-18', 'RS-19'] as const) {
  const fenced = id === 'RS-18';
  rule(id, `a stalled VM runs on ${fenced ? 'if the lock is still its own' : 'when its objects are back'}`, each => {
    const {event, config} = each;
    const instance = was(each);
    if (event.type !== 'StorageChanged' || instance?.power !== 'stalled') return false;
    const can = canWrite(config.repairs, instance, config.self, event.seen);
    return config.repairs['write-fencing'] === fenced && can && is(each)?.power === 'running';
  });
}
rule(
  'RS-20',
  'a VM that cannot write stalls, and is a ghost from then on',
  each =>
    was(each)?.power === 'running' &&
    is(each)?.power === 'stalled' &&
    orders(each, 'SetGhostTimer') === each.config.repairs['ghost-kill'],
);
