// What a whole host owes once the cluster is well again: somebody leads; what it was asked for as primary is reported;
// and no VM stays on its restart list.

import {type HostConfig, type HostEvent, type HostId, type RuleId, SCHEDULE} from '../../src/index.js';
import {at, isSame} from '../canonical.js';
import type {Debt, Settlement} from '../cases/settlement.js';
import {isLed, isLost} from '../election/settlement.js';
import type {Facts} from './facts.js';

/**
 * Everything comes about within a minute of the default durations of spec/timers.md: at most 10 s until an election
 * begins, two rounds of it, four phases of two fallbacks, and 5 s each for a place and a start. Meanwhile a heartbeat
 * is sent each second, and answered by every other host. Besides, each of these has one answer of every other host, as
 * have
 * a reign of the storage network and the writes that follow from them, at most one for each.
 */
const boundOf = ({hosts}: HostConfig, underWay: number): number => {
  const others = hosts.length - 1;
  const [heartbeats, phases] = [60, 8 + 2 + 2];
  return 2 + underWay + heartbeats * (1 + others) + 2 * phases * others;
};

/** The stages in which a VM is on the restart list or about to be, and the rule by which it leaves each. */
const LEAVING: Readonly<Record<string, RuleId>> = {
  checking: 'FO-15',
  queued: 'FO-18',
  placing: 'FO-22',
  starting: 'FO-26',
  rechecking: 'FO-30',
  delayed: 'FO-32',
  lacking: 'FO-38',
};

export const hostSettlement: Settlement<HostConfig, unknown, HostEvent> = {
  healing: ({config: {hosts}, facts}) => {
    const {isUp, reachable} = facts as Facts;
    if (!isUp) return {type: 'Restarted', reachable: hosts};
    return isSame(reachable, hosts) ? null : {type: 'ViewChanged', reachable: hosts};
  },
  isFair: (_, answer) =>
    answer.type === 'TimerFired' ||
    (answer.type === 'IsolationChecked' && answer.reachable) ||
    (answer.type === 'Probed' && answer.ping) ||
    (answer.type === 'Received' && isWell(answer)),
  schedule: SCHEDULE,
  // Nothing asks the storage network again but a change of it.
  isLossy: false,
  // The peers are played message by message: from anywhere in a random walk they could not be made to agree.
  afterWalks: false,
  bound: boundOf,
  debts: ({states, past}) => {
    const reign = past.slice(past.findLastIndex(isLost) + 1);
    const led: readonly Debt[] = reign.some(isLed)
      ? []
      : [{rule: 'EL-01', what: 'this host leads nobody and follows nobody'}];
    const {stimulus: request} = past.findLast(({stimulus}) => stimulus.type === 'Request') ?? {};
    const isDue = request !== undefined && reign.some(({stimulus}) => stimulus === request);
    const isReported = past.some(({observed}) =>
      observed.some(
        effect => at(effect, ['type']) === 'Report' && at(effect, ['generation']) === at(request, ['generation']),
      ),
    );
    const unreported: readonly Debt[] =
      isDue && !isReported
        ? [{rule: 'FB-06', what: `generation ${at(request, ['generation'])} is wanted and not reported`}]
        : [];
    return [...led, ...unreported, ...listed(states)];
  },
};

/** What a peer says that is well, and has nothing against it. */
const isWell = ({message}: {readonly message: unknown; readonly from?: HostId}): boolean => {
  switch (at(message, ['type'])) {
    case 'Alive':
    case 'Retrieved':
    case 'BecameAccessible':
    case 'BecamePlaceable':
    case 'Joined':
    case 'ComponentAck':
      return true;
    case 'AccessAnswer':
      return at(message, ['accessible']) === true;
    case 'PlaceAnswer':
      return at(message, ['standing', 'accessible']) === true;
    case 'SetResult':
    case 'Reply':
      return at(message, ['result']) === 'ok';
    case 'RestartResult':
      return at(message, ['result', 'type']) === 'ok';
    default:
      return false;
  }
};

/** A VM that is on the restart list in every state that explains the host. */
const listed = (states: readonly unknown[]): readonly Debt[] => {
  const lists = states.map(state => at(state, ['ha', 'lead', 'failover', 'inventory']));
  const [first] = lists;
  if (!Array.isArray(first)) return [];
  return first.flatMap((entry): readonly Debt[] => {
    const rule = LEAVING[String(at(entry, ['stage']))];
    const isEverywhere = lists.every(
      list => Array.isArray(list) && list.some(other => at(other, ['vm']) === at(entry, ['vm']) && isListed(other)),
    );
    return rule === undefined || !isEverywhere
      ? []
      : [{rule, what: `${at(entry, ['vm'])} is to be restarted and does not run (${at(entry, ['stage'])})`}];
  });
};

const isListed = (entry: unknown): boolean => LEAVING[String(at(entry, ['stage']))] !== undefined;
