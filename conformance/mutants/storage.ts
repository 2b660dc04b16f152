// Faulty storage modules: one fault each.

import {hostId, mapAll, type ObjectLayout, reachableFrom} from '../../src/index.js';
import type {StorageConfig, StorageEffect, StorageState, StorageStimulus} from '../storage/specification.js';
import {contractMutants} from './contract.js';
import {doing, type Fault, keeping, type Mutant, mistaking, mutant} from './mutant.js';

const NOWHERE = hostId('nowhere');

type StorageFault = Fault<StorageConfig, StorageState, StorageStimulus, StorageEffect>;

/** It takes the namespace object to be laid out in another way. */
const laidOut = (
  change: (layout: ObjectLayout, state: StorageState, stimulus: StorageStimulus) => ObjectLayout,
): StorageFault =>
  mistaking(situation => {
    const {config, state, stimulus} = situation;
    const {vm} = config;
    return {...situation, config: {...config, vm: {...vm, namespace: change(vm.namespace, state, stimulus)}}};
  });

/** Twice the votes, and one more on this side: what was exactly half is then more than half, and nothing else is. */
const generous = (layout: ObjectLayout, {view, register}: StorageState, stimulus: StorageStimulus): ObjectLayout => {
  if (stimulus.type === 'ViewChanged') return layout;
  const side = reachableFrom(view, stimulus.host);
  const favourite = layout.components.find(({host}) => side.includes(host) && register.current.includes(host));
  const components = layout.components.map(component => ({
    ...component,
    votes: 2 * component.votes + (component === favourite ? 1 : 0),
  }));
  return {...layout, components};
};

/** It keeps something else in the object than it should. */
const keepingObject = (
  change: (after: StorageState, before: StorageState) => Partial<StorageState['register']>,
): StorageFault => keeping((after, before) => ({...after, register: {...after.register, ...change(after, before)}}));

const hasNewView = (after: StorageState, before: StorageState): boolean => after.view !== before.view;

/** The mutants of the storage contract. */
export const storageMutants: readonly Mutant<StorageConfig, StorageState, StorageStimulus, StorageEffect>[] = [
  ...contractMutants,
  mutant(
    'writes a SET that is stale',
    'ST-03',
    mistaking(situation => ({
      ...situation,
      config: {...situation.config, repairs: {...situation.config.repairs, generations: false}},
    })),
  ),
  mutant(
    'refuses a SET that is repeated',
    'ST-04',
    mistaking(situation => {
      const {stimulus, state} = situation;
      return stimulus.type === 'Set' && stimulus.generation === state.register.generation
        ? {
            ...situation,
            stimulus: {...stimulus, value: state.register.value === 'protected' ? 'unprotected' : 'protected'},
          }
        : situation;
    }),
  ),
  mutant('takes exactly half of the votes for a quorum', 'ST-01', laidOut(generous)),
  mutant(
    'counts the votes of current components only',
    'ST-01',
    laidOut((layout, {register}) => ({
      ...layout,
      components: layout.components.filter(({host}) => register.current.includes(host)),
    })),
  ),
  mutant(
    'takes a witness for a replica',
    'ST-01',
    laidOut(layout => ({
      ...layout,
      components: layout.components.map(component => ({...component, kind: 'replica' as const})),
    })),
  ),
  mutant(
    'gives every component one vote',
    'ST-01',
    laidOut(layout => ({...layout, components: layout.components.map(component => ({...component, votes: 1}))})),
  ),
  mutant(
    'does not notice partitions',
    'ST-01',
    mistaking(situation => ({...situation, state: {...situation.state, view: [situation.config.hosts]}})),
  ),
  mutant(
    'lets stale components vote',
    'ST-01',
    mistaking(({config, state, stimulus}) => ({
      config,
      state: {...state, register: {...state.register, current: config.vm.namespace.components.map(({host}) => host)}},
      stimulus,
    })),
  ),
  mutant(
    'takes the namespace object for all objects',
    'ST-01',
    doing(effects =>
      effects.map(effect =>
        effect.type === 'Access'
          ? {...effect, accessible: {...effect.accessible, all: effect.accessible.namespace}}
          : effect,
      ),
    ),
  ),
  mutant(
    'never answers whether it can access the VM',
    'ST-01',
    doing(effects => effects.filter(({type}) => type !== 'Access')),
  ),
  mutant(
    'loses what a host writes that is enough by itself',
    'ST-02',
    keepingObject(({register: {current, generation}}, before) =>
      current.length === 1 && generation !== before.register.generation ? {current: []} : {},
    ),
  ),
  mutant(
    'answers ok and writes nothing',
    'ST-03',
    keepingObject((_, {register}) => ({value: register.value, generation: register.generation})),
  ),
  mutant(
    'brings no component up to date',
    'ST-06',
    keepingObject((after, before) => (hasNewView(after, before) ? {current: before.register.current} : {})),
  ),
  mutant('brings components up to date on the first side only', 'ST-06', lawful => (config, state, stimulus) => {
    if (stimulus.type !== 'ViewChanged') return lawful(config, state, stimulus);
    const {view} = stimulus;
    return mapAll(lawful(config, state, {...stimulus, view: view.slice(0, 1)}), outcome => ({
      ...outcome,
      state: {...outcome.state, view},
    }));
  }),
  mutant(
    'looks at the generation before it looks at its access',
    'ST-01',
    doing((effects, {state: {register}, stimulus}) =>
      stimulus.type === 'Set' && stimulus.generation < register.generation
        ? effects.map(effect => (effect.type === 'Reply' ? {...effect, result: 'stale'} : effect))
        : effects,
    ),
  ),
  mutant(
    'counts disks only where the namespace object is current too',
    'ST-01',
    mistaking(situation => {
      const {config, state} = situation;
      const {current} = state.register;
      const without = (disk: ObjectLayout): ObjectLayout => ({
        ...disk,
        components: disk.components.map(each => (current.includes(each.host) ? each : {...each, host: NOWHERE})),
      });
      return {...situation, config: {...config, vm: {...config.vm, disks: config.vm.disks.map(without)}}};
    }),
  ),
];
