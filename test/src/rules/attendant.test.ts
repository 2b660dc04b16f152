// The rules of what every host does for a primary, each with what it does.

import test from 'ava';
import fc from 'fast-check';
import {attendantOutcomes, type RequestId, type RuleId} from '../../../src/index.js';
import {attendantEvent, failoverConfig, placeWatches} from '../../arbitraries/failover.js';
import {casesOf, keeps} from './sampled.js';

const situations = fc.sample(fc.record({config: failoverConfig, before: placeWatches, event: attendantEvent}), {
  numRuns: 8000,
  seed: 1,
});
const CASES = casesOf(situations, ({config, before, event}) => attendantOutcomes(config, before, event));
type AttendantCase = (typeof CASES)[number];

const rule = (id: RuleId, what: string, isKept: (each: AttendantCase) => boolean): void =>
  test(`${id}: ${what}`, t => keeps(t, CASES, id, isKept));

const messageOf = ({event}: AttendantCase) => (event.type === 'Received' ? event.message : null);
const isUnchanged = ({before, after}: AttendantCase): boolean => JSON.stringify(before) === JSON.stringify(after);
const sent = ({effects}: AttendantCase) => effects.flatMap(effect => (effect.type === 'Send' ? [effect] : []));

rule('FO-42', 'a host that is asked says how the VM stands there', each => {
  const {event} = each;
  const [answer] = sent(each);
  if (event.type !== 'Received' || answer?.message.type !== 'PlaceAnswer') return false;
  const {standing} = answer.message;
  return answer.to === event.from && JSON.stringify(standing) === JSON.stringify(event.standing) && isUnchanged(each);
});
rule('FO-43', 'a host that is commanded powers the VM on, in the name of that very round and attempt', each => {
  const message = messageOf(each);
  const [effect] = each.effects;
  if (message?.type !== 'RestartCommand' || effect?.type !== 'PowerOn' || effect.request.by !== 'primary') return false;
  const {vm, generation, term, round, attempt} = effect.request;
  const asked = [message.vm, message.generation, message.term, message.round, message.attempt];
  return JSON.stringify([vm, generation, term, round, attempt]) === JSON.stringify(asked);
});
rule('FO-44', 'the primary that commanded it is told how the power-on went', each => {
  const {event} = each;
  const [answer] = sent(each);
  if (event.type !== 'PowerOnEnded' || event.request.by !== 'primary') return false;
  return answer?.to === event.request.from && answer.message.type === 'RestartResult' && isUnchanged(each);
});
rule('FO-45', 'where a place is already, that is said at once, and nothing is kept', each => {
  const message = messageOf(each);
  const [notice] = sent(each);
  if (message?.type !== 'PlaceRegister') return false;
  const kept = each.after.some(({vm, primary}) => vm === message.vm && primary === notice?.to);
  return message.wanted.level && notice?.message.type === 'BecamePlaceable' && !kept;
});
rule('FO-46', 'otherwise the registration is kept, one of each primary and VM', each => {
  const message = messageOf(each);
  const {event} = each;
  if (message?.type !== 'PlaceRegister' || event.type !== 'Received') return false;
  const kept = each.after.filter(({vm, primary}) => vm === message.vm && primary === event.from);
  return sent(each).length === 0 && kept.length === 1 && kept[0]?.term === message.term;
});
rule('FO-47', 'who sees a place now and saw none before says so, once', each => {
  const told = sent(each).map(({to}) => to);
  const spent = each.before.filter(
    watch => !each.after.some(({vm, primary}) => vm === watch.vm && primary === watch.primary),
  );
  return (
    each.event.type === 'StandingChanged' &&
    spent.every(({seen}) => !seen) &&
    JSON.stringify(spent.map(({primary}) => primary)) === JSON.stringify(told)
  );
});
rule('FO-48', 'a registration that is older than the one of the same primary that is kept is ignored', each => {
  const message = messageOf(each);
  if (message?.type !== 'PlaceRegister') return false;
  const ageOf = ({term, generation, round}: RequestId) => (term * 100 + generation) * 100 + round;
  const isOlder = each.before.some(watch => watch.vm === message.vm && ageOf(watch) > ageOf(message));
  return isUnchanged(each) && each.effects.length === 0 && isOlder;
});
