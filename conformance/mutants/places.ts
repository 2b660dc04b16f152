// Faulty hosts, in where a VM can be started: what they say of it, when they say it, and what a primary makes of it.

import {type ComposedState, type HostConfig, type HostEffect, type HostEvent, mapAll} from '../../src/index.js';
import {keeping, type Mutant, mistaking, mutant} from './mutant.js';

type HostMutant = Mutant<HostConfig, ComposedState, HostEvent, HostEffect>;
type HostFault = HostMutant['fault'];
type PlaceWatches = ComposedState['ha']['placeWatches'];

const watching = (state: ComposedState, placeWatches: PlaceWatches): ComposedState => ({
  ...state,
  ha: {...state.ha, placeWatches},
});

const unseen = (watches: PlaceWatches): PlaceWatches => watches.map(watch => ({...watch, seen: false}));

const isHeard = (event: HostEvent, type: string): event is Extract<HostEvent, {readonly type: 'Received'}> =>
  event.type === 'Received' && event.message.type === type;

/** Who has been told of a place goes on waiting for one. */
const reminding: HostFault = lawful => (config, state, event) =>
  mapAll(lawful(config, state, event), outcome =>
    outcome.effects.some(effect => effect.type === 'Send' && effect.message.type === 'BecamePlaceable') &&
    !isHeard(event, 'PlaceRegister')
      ? {...outcome, state: watching(outcome.state, unseen(state.ha.placeWatches))}
      : outcome,
  );

/** Whatever it knew of what this primary waits for counts no more. */
const replacing: HostFault = mistaking(situation => {
  const {state, stimulus} = situation;
  if (!isHeard(stimulus, 'PlaceRegister')) return situation;
  const others = state.ha.placeWatches.filter(({primary}) => primary !== stimulus.from);
  return {...situation, state: watching(state, others)};
});

/** It takes every holder of a lock for one that it reaches. */
const timid: HostFault = lawful => (config, state, event) => {
  const {storage} = state;
  if (!isHeard(event, 'PlaceQuery') || storage.role !== 'up') return lawful(config, state, event);
  const mistaken = {...state, storage: {...storage, reachable: config.hosts}};
  return mapAll(lawful(config, mistaken, event), outcome => ({...outcome, state: {...outcome.state, storage}}));
};

/** Nothing refutes what was published once. */
const credulous: HostFault = keeping((after, before) => {
  const [now, then] = [after.ha.lead, before.ha.lead];
  if (now === null || then === null) return after;
  const {published} = now.failover;
  const kept = then.failover.published.filter(({vm, host}) => published.every(p => p.vm !== vm || p.host !== host));
  const failover = {...now.failover, published: [...published, ...kept]};
  return {...after, ha: {...after.ha, lead: {...now, failover}}};
});

const isCrowded = (event: HostEvent): boolean =>
  event.type === 'Received' && event.message.type === 'RestartResult' && event.message.result.type === 'capacity';

/** A VM that waits for its next attempt holds up the others. */
const sluggish: HostFault = lawful => (config, state, event) => {
  const [{state: after}] = lawful(config, state, event);
  const delayed = after.ha.lead?.failover.inventory.filter(({stage}) => stage === 'delayed') ?? [];
  return lawful({...config, concurrency: config.concurrency - delayed.length}, state, event);
};

const planning = (
  change: (plan: HostConfig['plans'][number]) => Partial<HostConfig['plans'][number]>,
  isMeant: (event: HostEvent) => boolean = () => true,
): HostFault =>
  mistaking(situation => {
    const {config, stimulus} = situation;
    const plans = config.plans.map(plan => ({...plan, ...change(plan)}));
    return isMeant(stimulus) ? {...situation, config: {...config, plans}} : situation;
  });

/** Implementations of a host that start VMs at the wrong place or time, with one mistake each. */
export const placeMutants: readonly HostMutant[] = [
  mutant(
    'takes what could be started all along for news',
    'FO-46',
    keeping(after => watching(after, unseen(after.ha.placeWatches))),
  ),
  mutant('says again and again that a VM can be started', 'FO-47', reminding),
  mutant('hears of a place by an older registration', 'FO-48', replacing),
  mutant('is held off by a lock that it could break', 'FO-42', timid),
  mutant('believes what was published although it was refuted', 'FO-50', credulous),
  mutant(
    'believes a host that has turned out to have no room',
    'FO-50',
    lawful => (config, state, event) => (isCrowded(event) ? credulous(lawful) : lawful)(config, state, event),
  ),
  mutant(
    'places the least urgent VM first',
    'FO-18',
    planning(({priority}) => ({priority: -priority})),
  ),
  mutant(
    'places the last of equally urgent VMs first',
    'FO-18',
    planning(({vm, priority}) => ({priority: 10 * priority + Number(vm.slice(1))})),
  ),
  mutant(
    'places as many VMs at a time as there are',
    'FO-18',
    mistaking(situation => ({...situation, config: {...situation.config, concurrency: situation.config.vms.length}})),
  ),
  mutant('counts a VM as in work while its next attempt is delayed', 'FO-18', sluggish),
  mutant(
    'asks its own host first for what is not in the object store',
    'FO-13',
    planning(() => ({stored: true})),
  ),
  mutant(
    'asks its own host again for what is not in the object store',
    'FO-28',
    planning(
      () => ({stored: true}),
      event => isHeard(event, 'RestartResult'),
    ),
  ),
];
