// What an HA module owes once a core has healed: every request that it was handed is committed and reported.

import {type Config, type Event, generation, type State, term, type VmId} from '../../src/index.js';
import {at, isSame} from '../canonical.js';
import type {Debt, Moment, Settlement} from '../cases/settlement.js';
import type {Step} from '../oracle/earlier.js';
import {ruleAfter} from './next-rule.js';
import {ALL, type Facts} from './surroundings.js';

type HaMoment = Moment<Config, State, Event>;

/**
 * With nothing in the way a VM needs at most two rounds, the one that is under way and one more, since whatever hinders
 * the first is over: in each its own SET, an answer of every other host, a command to each of them, and one timer for
 * each of its four phases (spec/timers.md). Besides, what is under way arrives, and the core heals: a restart, an
 * election, and for each VM a change of accessibility and a request.
 */
const boundOf = ({hosts, vms}: Config, underWay: number): number =>
  2 + 2 * vms.length + underWay + vms.length * 2 * (1 + 2 * (hosts.length - 1) + 4);

/**
 * Without these repairs a lost message or a change that nobody was told of strands a VM for good (H5, H6, H7, H21), an
 * older request replaces a newer one (H1), or a report is made before anything is committed (H4).
 */
const NEEDED = [
  'completion-report',
  'every-responder',
  'generations',
  'level-triggered',
  'resend',
  'timeouts',
] as const;

export const settlementFor = (repairs: Config['repairs']): Settlement<Config, State, Event> | null =>
  NEEDED.every(repair => repairs[repair])
    ? {healing, isFair, schedule: [], isLossy: true, afterWalks: true, bound: boundOf, debts}
    : null;

/** The host runs and is primary; the platform sends again what it sent to a primary that is no more (PL-05). */
const healing = (moment: HaMoment): Event | null => {
  const {config, core, states, past} = moment;
  const facts = moment.facts as Facts;
  if (!facts.isUp) return {type: 'Restarted'};
  if (!states.some(({role}) => role === 'primary')) return {type: 'Elected', term: term(facts.term + 1)};
  const access = core === 'here' ? facts.vms.find(({access: known}) => !isSame(known, ALL)) : undefined;
  if (access !== undefined) return {type: 'AccessibilityChanged', vm: access.vm, accessible: ALL};
  const reign = reignIn(past);
  const lost = facts.vms.find(({vm, generation: newest}) => newest > 0 && requestIn(reign, vm)?.generation !== newest);
  if (lost === undefined || config.repairs.resend === false) return null;
  return {type: 'Request', vm: lost.vm, value: lost.value, generation: lost.generation};
};

/** Only what the own storage module says depends on where the core is. */
const isFair: Settlement<Config, State, Event>['isFair'] = (core, answer) => {
  switch (answer.type) {
    case 'StorageReplied':
      return answer.result === (core === 'here' ? 'ok' : 'failed');
    case 'Received':
      return answer.message.type === 'AccessAnswer'
        ? answer.message.accessible
        : answer.message.type === 'SetResult'
          ? answer.message.result === 'ok'
          : answer.message.type === 'BecameAccessible';
    default:
      return answer.type === 'TimerFired';
  }
};

type Past = readonly Step<Event>[];

/** What has happened since this host became primary last. */
const reignIn = (past: Past): Past => past.slice(past.findLastIndex(({stimulus}) => stimulus.type === 'Elected'));

const requestIn = (past: Past, vm: VmId) =>
  past
    .map(({stimulus}) => stimulus)
    .filter(stimulus => stimulus.type === 'Request' && stimulus.vm === vm)
    .reduce<Extract<Event, {readonly type: 'Request'}> | null>(
      (newest, each) =>
        each.type === 'Request' && (newest === null || each.generation > newest.generation) ? each : newest,
      null,
    );

const debts = ({config, past}: HaMoment): readonly Debt[] => {
  const reign = reignIn(past);
  return config.vms.flatMap(({vm}): readonly Debt[] => {
    const request = requestIn(reign, vm);
    if (request === null || request.generation === generation(0)) return [];
    const {value, generation: number} = request;
    const since = reign.slice(reign.findIndex(({stimulus}) => isSame(stimulus, request)));
    const results = since.flatMap(({stimulus}) => resultIn(stimulus, vm, number));
    const reported = since.some(({observed}) => observed.some(effect => isReport(effect, vm, number)));
    const isDone = reported && results.includes('ok');
    // Somebody has committed a newer one: this one is nobody's any more (FB-08).
    if (isDone || results.includes('stale')) return [];
    const state = results.includes('ok') ? 'committed, and not reported' : 'not committed';
    const rule = ruleAfter(since, vm);
    return [{rule, what: `${vm} ${value} (generation ${number}) is ${state}`}];
  });
};

const resultIn = (stimulus: Event, vm: VmId, number: number): readonly string[] => {
  if (stimulus.type === 'StorageReplied')
    return stimulus.call.vm === vm && stimulus.call.generation === number ? [stimulus.result] : [];
  const message = stimulus.type === 'Received' ? stimulus.message : null;
  return message?.type === 'SetResult' && message.vm === vm && message.generation === number ? [message.result] : [];
};

const isReport = (effect: unknown, vm: VmId, number: number): boolean =>
  at(effect, ['type']) === 'Report' && at(effect, ['vm']) === vm && at(effect, ['generation']) === number;
