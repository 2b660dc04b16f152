// What follows from a step of terms and roles, liveness or fallback for the parts that recover VMs, in the same step.

import type {HostId} from '../../cluster/ids.js';
import {timerOf} from '../../failover/transition.js';
import type {Outcome} from '../../kernel/outcome.js';
import {difference} from '../../kernel/sorted.js';
import type {SilentHost} from '../../liveness/host-state.js';
import type {RuleId} from '../../rules.js';
import type {Effect} from '../events.js';
import type {State} from '../state.js';
import {continued, type Decision, type Decisions, forEach, type RecoveryConfig} from './chain.js';
import type {RecoveryEffect} from './events.js';
import {hostOf, toFailover, toRetrieval} from './lead.js';
import {type Lead, noLead, type RecoveryState} from './state.js';

/** The outcome of terms and roles, and what follows from it. */
export const following = (
  config: RecoveryConfig,
  before: RecoveryState,
  {state: ha, effects, rules}: Outcome<State, Effect>,
): Decisions => {
  if (ha.role === 'down') {
    return [{state: {ha, lead: null, placeWatches: []}, effects, rules}];
  }
  const isSame = before.ha.role === ha.role && before.ha.durable.term === ha.durable.term;
  const kept = isSame ? before.lead : null;
  const ended = before.lead !== null && kept === null;
  const step: Decision = {
    state: ha === before.ha && kept === before.lead ? before : {...before, ha, lead: kept},
    effects: [...(before.lead !== null && ended ? stopping(config, before.lead) : []), ...effects],
    rules: ended ? [...rules, 'HO-02'] : rules,
  };
  if (ha.role !== 'primary') return [step];
  const leading = kept === null ? elected(config, step) : changed(config, before, step);
  return forEach(leading, effects, (state, effect) => told(config, state, effect));
};

/** The timers that run for a primary only. */
const stopping = (config: RecoveryConfig, {failover}: Lead): readonly RecoveryEffect[] => [
  ...failover.inventory.flatMap((entry): readonly RecoveryEffect[] => {
    const timer = timerOf(config, entry);
    return timer === null ? [] : [{type: 'CancelTimer', timer}];
  }),
  ...(config.repairs['periodic-retrieval'] ? [{type: 'CancelTimer', timer: {type: 'Retrieval'}} as const] : []),
];

const elected = (config: RecoveryConfig, {state, effects, rules}: Decision): Decisions =>
  continued([{state: {...state, lead: noLead}, effects, rules: [...rules, 'HO-01']}], begun =>
    toRetrieval(config, begun, {type: 'Elected'}),
  );

/** Failover is told which hosts are gone, and which are back. */
const changed = (config: RecoveryConfig, before: RecoveryState, step: Decision): Decisions => {
  const [old, now] = [goneIn(before.ha), goneIn(step.state.ha)];
  const rules: readonly RuleId[] = old.length === now.length && difference(now, old).length === 0 ? [] : ['HO-03'];
  const news = [
    ...difference(now, old).map(host => ({type: 'HostChanged', host, running: false}) as const),
    ...difference(old, now).map(host => ({type: 'HostChanged', host, running: true}) as const),
  ];
  return forEach([{...step, rules: [...step.rules, ...rules]}], news, (state, event) =>
    toFailover(config, state, event),
  );
};

const goneIn = (state: State): readonly HostId[] =>
  state.role === 'primary' ? state.silent.filter(isGone).map(({host}) => host) : [];

/** A host that answers a ping is up, and its VMs run, though its HA module is not heard. */
const isGone = ({state}: SilentHost): boolean => state !== 'unreachable';

/** What the platform is told of a VM, failover is told too. */
const told = (config: RecoveryConfig, state: RecoveryState, effect: Effect): Decisions => {
  if (effect.type !== 'Report') return [{state, effects: [], rules: ['HO-04']}];
  const {vm, value, generation} = effect;
  return continued([{state, effects: [], rules: ['HO-04']}], reported =>
    toFailover(
      config,
      reported,
      value === 'protected'
        ? {type: 'Protected', vm, generation, host: hostOf(reported, vm)}
        : {type: 'Unprotected', vm, generation},
    ),
  );
};
