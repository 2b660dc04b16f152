// Faulty hosts, in what a primary does for a VM that waits for a place: it registers with hosts again and again.

import {
  type ComposedState,
  type HostConfig,
  type HostEffect,
  type HostEvent,
  mapAll,
  nextRound,
} from '../../src/index.js';
import {deafTo, doing, type Mutant, mutant} from './mutant.js';

type HostMutant = Mutant<HostConfig, ComposedState, HostEvent, HostEffect>;
type HostFault = HostMutant['fault'];
type Lead = NonNullable<ComposedState['ha']['lead']>;
type Entry = Lead['failover']['inventory'][number];
type FailoverTimer = Extract<Extract<HostEvent, {readonly type: 'TimerFired'}>['timer'], {readonly type: 'Failover'}>;
type Sent = Extract<HostEffect, {readonly type: 'Send'; readonly network: 'ha'}>;
type Registering = Sent & {readonly message: {readonly type: 'PlaceRegister'}};

const WAITING: readonly string[] = ['lacking', 'waiting', 'exhausted'];

const ofWait = (timer: {readonly type: string}): timer is FailoverTimer =>
  timer.type === 'Failover' && 'stage' in timer && WAITING.includes(String(timer.stage));

const isDue = (event: HostEvent): boolean => event.type === 'TimerFired' && ofWait(event.timer);

const isRegistering = (effect: HostEffect): effect is Registering =>
  effect.type === 'Send' && effect.network === 'ha' && effect.message.type === 'PlaceRegister';

/** What it sends when it registers again. */
const again = (changed: (sent: Registering) => readonly HostEffect[]): HostFault =>
  doing((effects, {stimulus}) =>
    isDue(stimulus) ? effects.flatMap(effect => (isRegistering(effect) ? changed(effect) : [effect])) : effects,
  );

const wanting = (wanted: Partial<Registering['message']['wanted']>): HostFault =>
  again(sent => [{...sent, message: {...sent.message, wanted: {...sent.message.wanted, ...wanted}}}]);

const orders = (
  type: 'SetTimer' | 'CancelTimer',
  effect: HostEffect,
): effect is Extract<HostEffect, {readonly type: 'SetTimer' | 'CancelTimer'}> =>
  effect.type === type && ofWait(effect.timer);

const inventoried = (state: ComposedState, changed: (entry: Entry) => Entry): ComposedState => {
  const {lead} = state.ha;
  if (lead === null) return state;
  const failover = {...lead.failover, inventory: lead.failover.inventory.map(changed)};
  return {...state, ha: {...state.ha, lead: {...lead, failover}}};
};

/** Each time that it registers, it begins a round. */
const renewing: HostFault = lawful => (config, state, event) =>
  event.type === 'TimerFired' && ofWait(event.timer)
    ? mapAll(lawful(config, state, event), outcome => {
        const {vm} = event.timer as FailoverTimer;
        const effects = outcome.effects.map((effect): HostEffect => {
          if (isRegistering(effect)) {
            return {...effect, message: {...effect.message, round: nextRound(effect.message.round)}};
          }
          return orders('SetTimer', effect) && ofWait(effect.timer)
            ? {...effect, timer: {...effect.timer, round: nextRound(effect.timer.round)}}
            : effect;
        });
        const renewed = (entry: Entry): Entry =>
          entry.vm === vm && WAITING.includes(entry.stage) ? {...entry, round: nextRound(entry.round)} : entry;
        return outcome.effects.some(isRegistering)
          ? {...outcome, effects, state: inventoried(outcome.state, renewed)}
          : outcome;
      })
    : lawful(config, state, event);

/** It registers with all hosts, whatever it knows of them. */
const regardless: HostFault = doing((effects, {config, stimulus}) => {
  const [sent] = effects.filter(isRegistering);
  const gone = config.hosts.filter(
    host => host !== config.self && !effects.some(effect => isRegistering(effect) && effect.to === host),
  );
  return isDue(stimulus) && sent !== undefined ? [...effects, ...gone.map(to => ({...sent, to}))] : effects;
});

/** A timer that fires is heeded, though the VM waits no more. */
const belated: HostFault = lawful => (config, state, event) => {
  const outcomes = lawful(config, state, event);
  const {lead} = state.ha;
  if (event.type !== 'TimerFired' || !ofWait(event.timer) || lead === null) return outcomes;
  const {vm, stage, round} = event.timer;
  const entry = lead.failover.inventory.find(each => each.vm === vm);
  if (entry === undefined || entry.stage === stage) return outcomes;
  const {term} = state.ha.ha.durable;
  const message = {
    type: 'PlaceRegister',
    term,
    vm,
    generation: entry.generation,
    round,
    wanted: {capacity: false, level: true},
  } as const;
  const sent = config.hosts
    .filter(host => host !== config.self)
    .map((to): HostEffect => ({type: 'Send', network: 'ha', to, message}));
  return mapAll(outcomes, outcome => ({...outcome, effects: [...outcome.effects, ...sent]}));
};

/** It sets a timer for what waits, although nothing is registered. */
const idle: HostFault = lawful => (config, state, event) =>
  mapAll(lawful(config, state, event), outcome => {
    if (config.placement !== 'publish') return outcome;
    const before = state.ha.lead?.failover.inventory ?? [];
    const begun = (outcome.state.ha.lead?.failover.inventory ?? []).filter(
      ({vm, stage}) => WAITING.includes(stage) && !before.some(entry => entry.vm === vm && entry.stage === stage),
    );
    const timers = begun.map(({vm, stage, round, attempts: attempt}) => {
      const timer = {type: 'Failover', vm, stage: stage as FailoverTimer['stage'], round, attempt} as const;
      return {type: 'SetTimer', timer} as const;
    });
    return {...outcome, effects: [...outcome.effects, ...timers]};
  });

/** Implementations of a host that register for what waits wrongly, with one mistake each. */
export const waitingMutants: readonly HostMutant[] = [
  mutant(
    'never registers again',
    'FO-55',
    deafTo(({stimulus}) => isDue(stimulus)),
  ),
  mutant(
    'registers again with one host only',
    'FO-55',
    again(sent => (sent.to === 'h2' ? [sent] : [])),
  ),
  mutant('begins a new round when it registers again', 'FO-55', renewing),
  mutant('hears of what is so already when it registers again', 'FO-55', wanting({level: true})),
  mutant('hears of changes only when it registers again', 'FO-55', wanting({level: false})),
  mutant('wants no room when it registers again', 'FO-55', wanting({capacity: false})),
  mutant(
    'registers again once',
    'FO-55',
    doing((effects, {stimulus}) => (isDue(stimulus) ? effects.filter(effect => !orders('SetTimer', effect)) : effects)),
  ),
  mutant('registers again with hosts that have failed', 'FO-55', regardless),
  mutant(
    'lets the timer run of what waits no more',
    'FO-55',
    doing((effects, {stimulus}) =>
      stimulus.type === 'Received' && stimulus.message.type === 'BecamePlaceable'
        ? effects.filter(effect => !orders('CancelTimer', effect))
        : effects,
    ),
  ),
  mutant('registers again for what waits no more', 'FO-34', belated),
  mutant('waits to register where places are published', 'FO-55', idle),
];
