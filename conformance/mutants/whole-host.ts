// Faulty hosts: one fault each, most of them in what composing the modules adds.

import {
  type ComposedState,
  composedOf,
  type HostConfig,
  type HostEffect,
  type HostEvent,
  MODULES,
  type Modules,
  mapAll,
  type Reign,
  type Repair,
  type RuntimeEvent,
  type StorageMessage,
} from '../../src/index.js';
import {againMutants} from './again.js';
import {belatedMutants} from './belated.js';
import {deafTo, doing, keeping, type Mutant, mistaking, mutant} from './mutant.js';
import {placeMutants} from './places.js';
import {recoveryMutants} from './recovery.js';
import {reignMutants} from './reign.js';
import {waitingMutants} from './waiting.js';

type HostMutant = Mutant<HostConfig, ComposedState, HostEvent, HostEffect>;
type HostFault = HostMutant['fault'];

/** It is composed of other modules than it should be. */
const composing =
  (changed: Partial<Modules>): HostFault =>
  () =>
    composedOf({...MODULES, ...changed});

const without = (repair: Repair): HostFault =>
  mistaking(situation => ({
    ...situation,
    config: {...situation.config, repairs: {...situation.config.repairs, [repair]: false}},
  }));

const never =
  (isMeant: (effect: HostEffect, event: HostEvent) => boolean): HostFault =>
  lawful =>
    doing<HostConfig, ComposedState, HostEvent, HostEffect>((effects, {stimulus}) =>
      effects.filter(effect => !isMeant(effect, stimulus)),
    )(lawful);

const sends = (type: string): ((effect: HostEffect) => boolean) => {
  return effect => effect.type === 'Send' && effect.message.type === type;
};

const hears =
  (type: string): ((event: HostEvent) => boolean) =>
  event =>
    event.type === 'Received' && event.message.type === type;

type Refused = Extract<StorageMessage, {readonly type: 'Refused'}>;

const refusing = (change: (message: Refused) => Partial<Refused>): HostFault =>
  doing(effects =>
    effects.map(effect =>
      effect.type === 'Send' && effect.network === 'storage' && effect.message.type === 'Refused'
        ? {...effect, message: {...effect.message, ...change(effect.message)}}
        : effect,
    ),
  );

/** It takes a lock as if nobody held it. */
const stealing: HostFault = composing({
  storageOutcomes: (config, state, event) => {
    const isTaking = event.type === 'Called' && event.call.type === 'TakeLock' && state.role === 'up';
    const free = isTaking ? {...state, reign: unlocked(state.reign)} : state;
    return MODULES.storageOutcomes(config, free, event);
  },
});

const unlocked = (reign: Reign | null): Reign | null =>
  reign === null
    ? null
    : {
        ...reign,
        charges: reign.charges.map(charge =>
          charge.phase === 'serving'
            ? {
                ...charge,
                entry: {
                  ...charge.entry,
                  content: {...charge.entry.content, lock: {...charge.entry.content.lock, holder: null}},
                },
              }
            : charge,
        ),
      };

/** It looks at the namespace object only: before it lets a VM run, or when access has changed. */
const careless = (meant: RuntimeEvent['type']): HostFault =>
  composing({
    runtimeOutcomes: (config, state, event) =>
      MODULES.runtimeOutcomes(
        config,
        state,
        event.type === meant && 'seen' in event
          ? {...event, seen: {...event.seen, access: {...event.seen.access, all: event.seen.access.namespace}}}
          : event,
      ),
  });

/** What the object says counts where it is of the generation of the command, and never where it is newer. */
const dutiful: HostFault = composing({
  runtimeOutcomes: (config, state, event) => {
    const starting = event.type === 'LockAnswered' ? state.find(({vm}) => vm === event.vm) : undefined;
    if (event.type !== 'LockAnswered' || starting?.power !== 'starting' || event.seen.home === null) {
      return MODULES.runtimeOutcomes(config, state, event);
    }
    const {home} = event.seen;
    const {generation} = starting.request;
    const believed = home.generation > generation ? ({...home, generation, value: 'protected'} as const) : home;
    return MODULES.runtimeOutcomes(config, state, {...event, seen: {...event.seen, home: believed}});
  },
});

/** It has as little room for what the user starts as for what a primary does. */
const strict: HostFault = composing({
  runtimeOutcomes: (config, state, event) =>
    event.type === 'PowerOn' && event.request.by === 'user' && state.length >= config.capacity
      ? [{state, effects: [{type: 'Answer', request: event.request, result: {type: 'capacity'}}], rules: ['RS-03']}]
      : MODULES.runtimeOutcomes(config, state, event),
});

/** Implementations of a host with one mistake each. */
export const wholeHostMutants: readonly HostMutant[] = [
  ...recoveryMutants,
  ...belatedMutants,
  ...placeMutants,
  ...againMutants,
  ...reignMutants,
  ...waitingMutants,
  mutant(
    'keeps what must survive a crash only after it has sent messages',
    'HO-19',
    doing(effects => [
      ...effects.filter(({type}) => type !== 'Persist'),
      ...effects.filter(({type}) => type === 'Persist'),
    ]),
  ),
  mutant(
    'does not keep what its components hold',
    'HO-19',
    never(effect => effect.type === 'Persist' && effect.durable.storage.components.length > 0),
  ),
  mutant('does not read back when it becomes primary', 'RT-01', never(sends('Retrieve'))),
  mutant('tells its primary nothing of its VMs', 'HO-06', never(sends('VmStatus'))),
  mutant(
    'lets the timers of retrieval run when it is no longer primary',
    'HO-02',
    never(effect => effect.type === 'CancelTimer' && effect.timer.type === 'Retrieval'),
  ),
  mutant(
    'acts on messages while it is down',
    'HO-20',
    mistaking(situation =>
      situation.stimulus.type === 'Received' && situation.state.storage.role === 'down'
        ? {...situation, stimulus: {type: 'Restarted', reachable: situation.config.hosts}}
        : situation,
    ),
  ),
  mutant(
    'remembers its VMs over a crash',
    'RS-10',
    lawful => (config, state, event) =>
      event.type === 'Crashed'
        ? mapAll(lawful(config, state, event), outcome => ({
            ...outcome,
            state: {...outcome.state, runtime: state.runtime},
          }))
        : lawful(config, state, event),
  ),
  mutant(
    'does not tell the user how the power-on went',
    'HO-15',
    never(effect => effect.type === 'PoweredOn'),
  ),
  mutant(
    'sets no timer for a component that is absent',
    'HO-17',
    never(effect => effect.type === 'SetTimer' && effect.timer.type === 'Absence'),
  ),
  mutant('counts the votes that it reaches itself', 'CH-02', without('directory-owner')),
  mutant(
    'acknowledges what it was not told to keep',
    'OB-06',
    deafTo(({stimulus}) => hears('ComponentWrite')(stimulus)),
  ),
  mutant('publishes nothing that it commits', 'CH-01', never(sends('Publish'))),
  mutant(
    'counts no acknowledgement',
    'OB-08',
    deafTo(({stimulus}) => hears('ComponentAck')(stimulus)),
  ),
  mutant(
    'starts a VM without its lock',
    'RS-01',
    composing({
      runtimeOutcomes: (config, state, event) =>
        event.type === 'PowerOn'
          ? [
              {
                state: MODULES.runtimeOutcomes(config, state, event)[0].state,
                effects: [{type: 'Answer', request: event.request, result: {type: 'ok'}}],
                rules: ['RS-01'],
              },
            ]
          : MODULES.runtimeOutcomes(config, state, event),
    }),
  ),
  mutant(
    'tells a primary that the storage network keeps it from nothing',
    'FB-13',
    doing(effects =>
      effects.map(effect =>
        effect.type === 'Send' && effect.network === 'ha' && effect.message.type === 'AccessAnswer'
          ? {...effect, message: {...effect.message, accessible: !effect.message.accessible}}
          : effect,
      ),
    ),
  ),
  mutant(
    'refuses a reign in the number that it has promised',
    'DR-09',
    refusing(({promised}) => ({number: promised})),
  ),
  mutant(
    'refuses a reign as if it had promised that one',
    'DR-09',
    refusing(({number}) => ({promised: number})),
  ),
  mutant(
    'leaves its reign without a word',
    'DR-02',
    never((effect, event) => event.type === 'ViewChanged' && sends('Left')(effect)),
  ),
  mutant('starts what its user has stopped', 'RS-11', without('intent-generation')),
  mutant('starts what its user has wanted otherwise since', 'RS-11', dutiful),
  mutant('obeys a call that means another object', 'ST-08', without('object-identity')),
  mutant('breaks the lock of a host that it reaches', 'LK-02', stealing),
  mutant('runs a VM of which a disk is out of reach', 'RS-07', careless('LockAnswered')),
  mutant('lets a VM run on when a disk is still out of reach', 'RS-18', careless('StorageChanged')),
  mutant('has no room for what its user starts', 'RS-03', strict),
  mutant(
    'leaves its VMs running though it is cut off',
    'HO-16',
    mistaking(situation => ({...situation, config: {...situation.config, isolationResponse: 'leave'}})),
  ),
  mutant(
    'forgets what it waits for from its storage module',
    'HO-11',
    keeping(after => ({...after, pending: []})),
  ),
];
