// The primary's side: retrieval and failover, and what the one learns from the other.

import type {HostId, VmId} from '../../cluster/ids.js';
import type {FailoverEvent, Retrieval, VmReport} from '../../failover/events.js';
import {failoverOutcomes} from '../../failover/module.js';
import {flatMapAll, mapAll} from '../../kernel/nonempty.js';
import {ignored, within} from '../../kernel/outcome.js';
import type {RetrievalEvent} from '../../retrieval/events.js';
import {retrievalOutcomes} from '../../retrieval/module.js';
import {continued, type Decisions, forEach, type RecoveryConfig} from './chain.js';
import type {RecoveryEffect, VmReported} from './events.js';
import type {RecoveryState} from './state.js';

/** Hands an event to the primary's failover. */
export const toFailover = (config: RecoveryConfig, state: RecoveryState, event: FailoverEvent): Decisions => {
  const {lead, ha} = state;
  return lead === null
    ? ignored(state, 'FO-34')
    : within(failoverOutcomes(config, ha.durable.term, lead.failover, event), failover =>
        failover === lead.failover ? state : {...state, lead: {...lead, failover}},
      );
};

/** Hands an event to the primary's retrieval; what that learns goes to failover in the same step. */
export const toRetrieval = (config: RecoveryConfig, state: RecoveryState, event: RetrievalEvent): Decisions => {
  const {lead, ha} = state;
  if (lead === null) return ignored(state, 'RT-08');
  return flatMapAll(retrievalOutcomes(config, ha.durable.term, lead.knowledge, event), outcome => {
    const {state: knowledge, effects, rules} = outcome;
    const learned = effects.flatMap(effect => (effect.type === 'Learned' ? [effect.retrieval] : []));
    const ordered = effects.flatMap((effect): readonly RecoveryEffect[] => (effect.type === 'Learned' ? [] : [effect]));
    const after = knowledge === lead.knowledge ? state : {...state, lead: {...lead, knowledge}};
    return forEach([{state: after, effects: ordered, rules}], learned, (before, retrieval) =>
      onLearned(config, before, retrieval),
    );
  });
};

/** A GET does not say where the VM runs. If a host has said so, it has said it for this generation too. */
const onLearned = (config: RecoveryConfig, state: RecoveryState, retrieval: Retrieval): Decisions => {
  const learned = toFailover(config, state, {type: 'Retrieved', retrieval});
  const host = hostOf(state, retrieval.vm);
  if (host === null || retrieval.value === 'unprotected') return learned;
  const running = {type: 'VmReported', from: host, vm: retrieval.vm, report: {type: 'running'}} as const;
  const repeated: Decisions = continued(learned, after => toFailover(config, after, running));
  return mapAll(repeated, outcome => ({...outcome, rules: [...outcome.rules, 'HO-05']}));
};

export const hostOf = ({lead}: RecoveryState, vm: VmId): HostId | null =>
  lead?.whereabouts.find(known => known.vm === vm)?.host ?? null;

/** A host says how its VMs fare. */
export const onReports = (
  config: RecoveryConfig,
  state: RecoveryState,
  from: HostId,
  reports: readonly VmReported[],
): Decisions =>
  forEach([{state, effects: [], rules: ['HO-07']}], reports, (before, {vm, report}) =>
    toFailover(config, located(before, from, vm, report), {type: 'VmReported', from, vm, report}),
  );

/** Where nothing has changed, the state is the very same. */
const located = (state: RecoveryState, from: HostId, vm: VmId, {type}: VmReport): RecoveryState => {
  const {lead} = state;
  const known = hostOf(state, vm);
  const isThere = type === 'running' || type === 'storageLost';
  if (lead === null || (isThere ? known === from : known !== from)) return state;
  const others = lead.whereabouts.filter(whereabout => whereabout.vm !== vm);
  const whereabouts = isThere ? [...others, {vm, host: from}].sort((a, b) => (a.vm < b.vm ? -1 : 1)) : others;
  return {...state, lead: {...lead, whereabouts}};
};
