// Faulty hosts, in what comes again: a second isolation, a version that is held already, a power-on after one that was
// ended, a place where room was lacking before.

import {
  type ComposedState,
  generation,
  type HostConfig,
  type HostEffect,
  type HostEvent,
  mapAll,
} from '../../src/index.js';
import {isSame} from '../canonical.js';
import {deafTo, doing, keeping, type Mutant, mistaking, mutant} from './mutant.js';

type HostMutant = Mutant<HostConfig, ComposedState, HostEvent, HostEffect>;
type HostFault = HostMutant['fault'];
type Lead = NonNullable<ComposedState['ha']['lead']>;
type Entry = Lead['failover']['inventory'][number];

/** What a primary remembers of what it knew before. */
const leading = (remembered: (now: Lead, then: Lead) => Lead): HostFault =>
  keeping((after, before) => {
    const [now, then] = [after.ha.lead, before.ha.lead];
    return now === null || then === null ? after : {...after, ha: {...after.ha, lead: remembered(now, then)}};
  });

/** Where room was lacking when it asked last, it is lacking in the next round, whatever the hosts say. */
const resigned: HostFault = leading((now, then) => {
  const wasLacking = ({vm}: Entry): boolean => then.failover.inventory.some(e => e.vm === vm && e.stage === 'lacking');
  const inventory = now.failover.inventory.map(entry =>
    entry.stage === 'placing' && wasLacking(entry) ? {...entry, crowded: true} : entry,
  );
  return {...now, failover: {...now.failover, inventory}};
});

/** What its failover is told of a VM that is unprotected is lost. */
const reserved: HostFault = lawful => (config, state, event) =>
  mapAll(lawful(config, state, event), outcome => {
    const {lead} = outcome.state.ha;
    const isUnprotected = outcome.effects.some(effect => effect.type === 'Report' && effect.value === 'unprotected');
    if (lead === null || state.ha.lead === null || !isUnprotected) return outcome;
    const {failover} = state.ha.lead;
    return {...outcome, state: {...outcome.state, ha: {...outcome.state.ha, lead: {...lead, failover}}}};
  });

type Responding = ComposedState & {readonly hasResponded?: boolean};

/** It gives its isolation response once, and never again. */
const spent: HostFault = lawful => (config, state, event) => {
  const {hasResponded = false}: Responding = state;
  const isSpent = hasResponded && event.type === 'IsolationChecked';
  return mapAll(lawful(isSpent ? {...config, isolationResponse: 'leave'} : config, state, event), outcome => {
    const after: Responding = {...outcome.state, hasResponded: hasResponded || outcome.rules.includes('HO-16')};
    return {...outcome, state: after};
  });
};

/** It gives its isolation response each time that it has checked in vain. */
const restless: HostFault = mistaking(situation => {
  const {state, stimulus} = situation;
  const {ha} = state.ha;
  return stimulus.type === 'IsolationChecked' && ha.role === 'isolated'
    ? {...situation, state: {...state, ha: {...state.ha, ha: {...ha, responded: false}}}}
    : situation;
});

/** A power-on makes its call for the lock, whatever has become of the one before. */
const hasty: HostFault = mistaking(situation => {
  const {state, stimulus} = situation;
  const pending = state.pending.filter(({isWanted}) => isWanted);
  return stimulus.type === 'PowerOn' ? {...situation, state: {...state, pending}} : situation;
});

/** A grant is for the power-on that waits, though it was asked for by one that was ended. */
const confused: HostFault = mistaking(situation => {
  const {state, stimulus} = situation;
  const pending = state.pending.map(call => ({...call, isWanted: true}));
  return stimulus.type === 'Received' && stimulus.message.type === 'Reply'
    ? {...situation, state: {...state, pending}}
    : situation;
});

/** An answer is for the call that waits, though an earlier reign has given it. */
const timeless: HostFault = mistaking(situation => {
  const {state, stimulus} = situation;
  if (stimulus.type !== 'Received' || stimulus.message.type !== 'Reply') return situation;
  const message = {...stimulus.message, number: state.storage.durable.number};
  return {...situation, stimulus: {type: 'Received', network: 'storage', from: stimulus.from, message}};
});

const isRetrievedAgain = (earlier: HostEffect, effect: HostEffect): boolean =>
  effect.type === 'Send' && effect.message.type === 'Retrieve' && isSame(earlier, effect);

/** Whether it tells of an object that was created anew. */
const isAnew = (effect: HostEffect): boolean =>
  effect.type === 'Send' && effect.message.type === 'Publish' && effect.message.known.content.identity > 1;

/** The object of a VM that is created anew is taken for one that nobody has ever set. */
const forgetful: HostFault = mistaking(situation => {
  const {storage} = situation.state;
  if (situation.stimulus.type !== 'Created' || storage.role !== 'up' || storage.reign === null) return situation;
  const charges = storage.reign.charges.map(charge => {
    if (charge.phase !== 'serving') return charge;
    const {content} = charge.entry;
    const register = {...content.register, generation: generation(0)};
    return {...charge, entry: {...charge.entry, content: {...content, register}}};
  });
  const state = {...situation.state, storage: {...storage, reign: {...storage.reign, charges}}};
  return {...situation, state};
});

/** Implementations of a host that are right at first, with one mistake each. */
export const againMutants: readonly HostMutant[] = [
  mutant('takes room to be lacking because it once was', 'FO-25', resigned),
  mutant(
    'wants no room of a host that is back',
    'FO-38',
    doing((effects, {stimulus}) =>
      effects.map(effect =>
        effect.type === 'Send' &&
        effect.network === 'ha' &&
        effect.message.type === 'PlaceRegister' &&
        stimulus.type === 'Received' &&
        stimulus.message.type === 'Alive'
          ? {...effect, message: {...effect.message, wanted: {...effect.message.wanted, capacity: false}}}
          : effect,
      ),
    ),
  ),
  mutant(
    'writes nothing when a request is repeated',
    'FB-01',
    deafTo(
      ({state, stimulus}) =>
        stimulus.type === 'Request' &&
        (state.ha.lead?.failover.inventory ?? []).some(
          ({vm, value, generation}) =>
            vm === stimulus.vm && value === stimulus.value && generation === stimulus.generation,
        ),
    ),
  ),
  mutant('tells its failover nothing of what it unprotects', 'HO-04', reserved),
  mutant(
    'believes whoever has said first that it runs a VM',
    'HO-07',
    leading((now, then) => ({
      ...now,
      whereabouts: now.whereabouts.map(place => then.whereabouts.find(({vm}) => vm === place.vm) ?? place),
    })),
  ),
  mutant(
    'follows whoever claims its own term',
    'TM-08',
    doing((effects, {state, stimulus}) =>
      stimulus.type === 'Received' &&
      stimulus.message.type === 'Claim' &&
      stimulus.message.term === state.ha.ha.durable.term &&
      state.ha.ha.role === 'primary'
        ? [{type: 'Send', network: 'ha', to: stimulus.from, message: {type: 'Alive', term: stimulus.message.term}}]
        : effects,
    ),
  ),
  mutant(
    'starts what a primary of an older term commands',
    'TM-03',
    mistaking(situation => {
      const {state, stimulus} = situation;
      if (stimulus.type !== 'Received' || stimulus.message.type !== 'RestartCommand') return situation;
      const {term} = state.ha.ha.durable;
      const message = stimulus.message.term < term ? {...stimulus.message, term} : stimulus.message;
      return {...situation, stimulus: {type: 'Received', network: 'ha', from: stimulus.from, message}};
    }),
  ),
  mutant(
    'reads back once though several VMs have become inaccessible',
    'RT-02',
    doing((effects, {stimulus}) =>
      stimulus.type === 'ViewChanged'
        ? effects.filter((effect, index) => !effects.slice(0, index).some(earlier => isRetrievedAgain(earlier, effect)))
        : effects,
    ),
  ),
  mutant(
    'tells of one VM only what GET has said',
    'RT-04',
    doing(effects =>
      effects.map(effect =>
        effect.type === 'Send' && effect.message.type === 'Retrieved'
          ? {
              type: 'Send',
              network: 'ha',
              to: effect.to,
              message: {...effect.message, retrievals: effect.message.retrievals.slice(0, 1)},
            }
          : effect,
      ),
    ),
  ),
  mutant(
    'does not read back when a VM is created anew',
    'RT-02',
    doing((effects, {stimulus}) =>
      stimulus.type === 'Received' && stimulus.message.type === 'ComponentAck' && effects.some(isAnew)
        ? effects.filter(effect => effect.type !== 'Send' || effect.message.type !== 'Retrieve')
        : effects,
    ),
  ),
  mutant('counts the generations of a VM that is created anew from 0', 'ST-10', forgetful),
  mutant('responds to its first isolation only', 'HO-16', spent),
  mutant('ends what was started after it was found to be isolated', 'EL-18', restless),
  mutant(
    'ignores a registration that is repeated for more',
    'FO-48',
    deafTo(
      ({state, stimulus}) =>
        stimulus.type === 'Received' &&
        stimulus.message.type === 'PlaceRegister' &&
        state.ha.placeWatches.some(
          ({primary, round, generation, wanted}) =>
            stimulus.from === primary &&
            stimulus.message.type === 'PlaceRegister' &&
            round === stimulus.message.round &&
            generation === stimulus.message.generation &&
            wanted.capacity !== stimulus.message.wanted.capacity,
        ),
    ),
  ),
  mutant(
    'keeps who waits for a place over a change of term',
    'FO-46',
    keeping((after, before) =>
      after.ha.ha.role !== 'down' && after.ha.ha.durable.term !== before.ha.ha.durable.term
        ? {...after, ha: {...after.ha, placeWatches: before.ha.placeWatches}}
        : after,
    ),
  ),
  mutant(
    'forgets how a VM ended when it is started again',
    'HO-06',
    keeping(after => ({
      ...after,
      ended: after.ended.filter(({vm}) => after.runtime.every(each => each.vm !== vm || each.power !== 'starting')),
    })),
  ),
  mutant('calls for the lock while a call for it is under way', 'HO-12', hasty),
  mutant('takes what a power-on has been granted that was ended', 'HO-12', confused),
  mutant('takes a grant of an earlier reign for one of this', 'HO-11', timeless),
  mutant(
    'calls no end clean by default',
    'RS-08',
    mistaking(situation => ({...situation, config: {...situation.config, cleanByDefault: false}})),
  ),
];
