// Faulty hosts, in what comes too late: from an earlier round or reign, or when whom it concerns is gone.

import {
  type ComposedState,
  type DirectoryEntry,
  generation,
  type HostConfig,
  type HostEffect,
  type HostEvent,
  type ObjectId,
  type RecoveryMessage,
  type VmId,
} from '../../src/index.js';
import {deafTo, doing, type Mutant, mistaking, mutant} from './mutant.js';

type HostMutant = Mutant<HostConfig, ComposedState, HostEvent, HostEffect>;
type HostFault = HostMutant['fault'];

const entryOf = ({ha: {lead}}: ComposedState, vm: VmId) =>
  lead?.failover.inventory.find(entry => entry.vm === vm) ?? null;

/** It takes what answers an earlier round for an answer in this one. */
const heedless = (type: 'PlaceAnswer' | 'RestartResult'): HostFault =>
  mistaking(situation => {
    const {state, stimulus} = situation;
    if (stimulus.type !== 'Received' || stimulus.network !== 'ha' || stimulus.message.type !== type) return situation;
    const {message} = stimulus;
    const entry = 'vm' in message ? entryOf(state, message.vm) : null;
    if (entry === null) return situation;
    const renewed = {...message, generation: entry.generation, round: entry.round} as RecoveryMessage;
    return {...situation, stimulus: {...stimulus, message: renewed}};
  });

/** Of the generation that it knows, unprotected is no news to it either. */
const reassured: HostFault = mistaking(situation => {
  const {state, stimulus} = situation;
  if (stimulus.type !== 'Received' || stimulus.message.type !== 'Retrieved') return situation;
  const {message} = stimulus;
  const retrievals = message.retrievals.filter(
    ({vm, value, generation}) => value === 'protected' || entryOf(state, vm)?.generation !== generation,
  );
  return {...situation, stimulus: {...stimulus, message: {...message, retrievals}} as HostEvent};
});

/** Whatever GET tells of a VM that is unprotected is news to it. */
const alarmed: HostFault = mistaking(situation => {
  const {state, stimulus} = situation;
  const {lead} = state.ha;
  if (lead === null || stimulus.type !== 'Received' || stimulus.message.type !== 'Retrieved') return situation;
  const inventory = lead.failover.inventory.map(entry =>
    entry.value === 'protected' ? entry : {...entry, generation: generation(entry.generation - 1)},
  );
  const failover = {...lead.failover, inventory};
  return {...situation, state: {...state, ha: {...state.ha, lead: {...lead, failover}}}};
});

const isReleasing = (effect: HostEffect): boolean =>
  effect.type === 'Send' &&
  effect.network === 'storage' &&
  effect.message.type === 'Call' &&
  effect.message.call.type === 'ReleaseLock';

/** Whoever has said that it runs a VM runs it for ever, whatever it says later. */
const rememberingWhere: HostFault = lawful => (config, state, event) => {
  const known = state.ha.lead?.whereabouts ?? [];
  const [first, ...others] = lawful(config, state, event);
  const remembering = (outcome: typeof first): typeof first => {
    const {ha} = outcome.state;
    if (ha.lead === null) return outcome;
    const {whereabouts} = ha.lead;
    const lost = known.filter(({vm}) => whereabouts.every(other => other.vm !== vm));
    return {
      ...outcome,
      state: {...outcome.state, ha: {...ha, lead: {...ha.lead, whereabouts: [...whereabouts, ...lost]}}},
    };
  };
  return [remembering(first), ...others.map(remembering)];
};

const entryServed = ({storage}: ComposedState, object: ObjectId): DirectoryEntry | null => {
  const charges = storage.role === 'up' ? (storage.reign?.charges ?? []) : [];
  const [charge] = charges.flatMap(each => (each.phase === 'serving' && each.entry.object === object ? [each] : []));
  return charge?.entry ?? null;
};

/** It takes what is acknowledged for the version that it has written last. */
const inattentive: HostFault = mistaking(situation => {
  const {state, stimulus} = situation;
  if (stimulus.type !== 'Received' || stimulus.message.type !== 'ComponentAck') return situation;
  const {message} = stimulus;
  const version = entryServed(state, message.object)?.version ?? message.version;
  return {...situation, stimulus: {...stimulus, message: {...message, version}} as HostEvent};
});

/** It takes whoever gives a lock back for the one who has it. */
const trusting: HostFault = mistaking(situation => {
  const {state, stimulus} = situation;
  if (stimulus.type !== 'Received' || stimulus.message.type !== 'Call') return situation;
  const {message} = stimulus;
  const lock = entryServed(state, message.object)?.content.lock ?? null;
  const {call: made} = message;
  if (made.type !== 'ReleaseLock' || lock === null || lock.holder !== made.host) return situation;
  const call = {...made, epoch: lock.epoch};
  return {...situation, stimulus: {...stimulus, message: {...message, call}} as HostEvent};
});

/** Implementations of a host that heed what is over, with one mistake each. */
export const belatedMutants: readonly HostMutant[] = [
  mutant('takes an answer of an earlier round for one of this', 'FO-34', heedless('PlaceAnswer')),
  mutant('does not hear of the generation that it knows that it is unprotected', 'FO-02', reassured),
  mutant('restarts what was unprotected in the generation that it hears of', 'FO-03', alarmed),
  mutant('takes the result of an earlier command for that of this', 'FO-34', heedless('RestartResult')),
  mutant(
    'waits for a host that has failed since it was asked',
    'FO-37',
    deafTo(
      ({state, stimulus}) =>
        stimulus.type === 'Probed' &&
        !stimulus.ping &&
        (state.ha.lead?.failover.inventory ?? []).some(({stage}) => stage === 'placing'),
    ),
  ),
  mutant('takes an acknowledgement of an older version for one of this', 'OB-09', inattentive),
  mutant('lets go of a lock that was taken again since', 'LK-05', trusting),
  mutant('ends only the first of its VMs when it is cut off', 'HO-16', lawful => (config, state, event) => {
    const first = {...config, vms: config.vms.slice(0, 1)};
    return event.type === 'IsolationChecked' ? lawful(first, state, event) : lawful(config, state, event);
  }),
  mutant('remembers where a VM ran that is there no more', 'HO-07', rememberingWhere),
  mutant(
    'keeps a lock that is granted too late',
    'HO-12',
    doing((effects, {stimulus}) =>
      stimulus.type === 'Received' && stimulus.message.type === 'Reply'
        ? effects.filter(effect => !isReleasing(effect))
        : effects,
    ),
  ),
  mutant(
    'takes whoever greets it for a host that it reaches',
    'DR-07',
    mistaking(situation => {
      const {state, stimulus} = situation;
      const {storage} = state;
      return stimulus.type === 'Received' && stimulus.message.type === 'Hello' && storage.role === 'up'
        ? {
            ...situation,
            state: {
              ...state,
              storage: {...storage, reachable: [...new Set([...storage.reachable, stimulus.from])].sort()},
            },
          }
        : situation;
    }),
  ),
  mutant(
    'begins its next reign without regard to what was promised',
    'DR-22',
    mistaking(situation => {
      const {stimulus} = situation;
      if (stimulus.type !== 'Received' || stimulus.network !== 'storage') return situation;
      const {message} = stimulus;
      return message.type === 'Refused'
        ? {...situation, stimulus: {...stimulus, message: {...message, promised: message.number}}}
        : situation;
    }),
  ),
];
