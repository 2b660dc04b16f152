// More faults of storage modules: what they answer, and what a SET and a change of the network leave behind.

import {generation, hostsOf, mapAll, type Protection, reachableFrom, type SetResult} from '../../src/index.js';
import type {StorageConfig, StorageEffect, StorageState, StorageStimulus} from '../storage/specification.js';
import {doing, type Fault, keeping, type Mutant, mistaking, mutant} from './mutant.js';

type StorageFault = Fault<StorageConfig, StorageState, StorageStimulus, StorageEffect>;
type Register = StorageState['register'];

/** It answers a SET with one result instead of another. */
const answering = (result: SetResult, as: SetResult): StorageFault =>
  doing(effects =>
    effects.map(effect => (effect.type === 'Reply' && effect.result === result ? {...effect, result: as} : effect)),
  );

/** It leaves something else in the object. */
const leaving =
  (
    type: StorageStimulus['type'],
    change: (after: StorageState, before: StorageState, config: StorageConfig) => Partial<Register>,
  ): StorageFault =>
  lawful =>
  (config, state, stimulus) =>
    keeping<StorageConfig, StorageState, StorageStimulus, StorageEffect>((after, before) =>
      stimulus.type === type ? {...after, register: {...after.register, ...change(after, before, config)}} : after,
    )(lawful)(config, state, stimulus);

/** It takes a SET for another one. */
const taking = (
  change: (set: Extract<StorageStimulus, {readonly type: 'Set'}>, register: Register) => Partial<typeof set>,
): StorageFault =>
  mistaking(situation => {
    const {stimulus, state} = situation;
    return stimulus.type === 'Set'
      ? {...situation, stimulus: {...stimulus, ...change(stimulus, state.register)}}
      : situation;
  });

/** A SET that is answered so, and changes nothing, makes stale what it does not reach. */
const shedding =
  (answer: SetResult): StorageFault =>
  lawful =>
  (config, state, stimulus) =>
    mapAll(lawful(config, state, stimulus), outcome => {
      if (stimulus.type !== 'Set' || outcome.state.register !== state.register) return outcome;
      if (!outcome.effects.some(effect => effect.type === 'Reply' && effect.result === answer)) return outcome;
      const reached = reachableFrom(state.view, stimulus.host);
      const current = state.register.current.filter(host => reached.includes(host));
      return {...outcome, state: {...state, register: {...state.register, current}}};
    });

const opposite = (value: Protection): Protection => (value === 'protected' ? 'unprotected' : 'protected');

const isWritten = ({register}: StorageState, before: StorageState): boolean => register !== before.register;

/** The mutants of what a SET answers and leaves behind. */
export const contractMutants: readonly Mutant<StorageConfig, StorageState, StorageStimulus, StorageEffect>[] = [
  mutant('answers stale where it has failed', 'ST-01', answering('failed', 'stale')),
  mutant('answers failed where it was stale', 'ST-03', answering('stale', 'failed')),
  mutant('answers ok where it was stale', 'ST-03', answering('stale', 'ok')),
  mutant('answers failed although it has written', 'ST-02', answering('ok', 'failed')),
  mutant(
    'answers each SET twice',
    'ST-02',
    doing(effects =>
      effects.flatMap((effect): readonly StorageEffect[] => (effect.type === 'Reply' ? [effect, effect] : [effect])),
    ),
  ),
  mutant(
    'never answers a SET',
    'ST-02',
    doing(effects => effects.filter(({type}) => type !== 'Reply')),
  ),
  mutant('makes stale what a repeated SET does not reach', 'ST-04', shedding('ok')),
  mutant('makes stale what a refused SET does not reach', 'ST-03', shedding('stale')),
  mutant(
    'writes the opposite',
    'ST-04',
    taking(({value}) => ({value: opposite(value)})),
  ),
  mutant(
    'counts one generation too many',
    'ST-02',
    leaving('Set', (after, before) =>
      isWritten(after, before) ? {generation: generation(after.register.generation + 1)} : {},
    ),
  ),
  mutant(
    'keeps the generation of the first SET',
    'ST-03',
    leaving('Set', (_, {register}) => ({generation: register.generation})),
  ),
  mutant(
    'keeps the state, and takes the generation',
    'ST-04',
    leaving('Set', (_, {register}) => ({value: register.value})),
  ),
  mutant(
    'takes another state with the same generation for a repetition',
    'ST-03',
    taking((set, register) => (set.generation === register.generation ? {value: register.value} : {})),
  ),
  mutant(
    'takes components for current that a SET has not reached',
    'ST-01',
    leaving('Set', (_, {register}) => ({current: register.current})),
  ),
  mutant(
    'takes every component for current that a SET has not reached',
    'ST-01',
    leaving('Set', (_, __, {vm}) => ({current: hostsOf(vm.namespace)})),
  ),
  mutant(
    'writes to the first component only',
    'ST-02',
    leaving('Set', (after, before) => (isWritten(after, before) ? {current: after.register.current.slice(0, 1)} : {})),
  ),
  mutant(
    'brings components up to date that nobody reaches',
    'ST-01',
    leaving('ViewChanged', ({register}, before, {vm}) =>
      register.current.length > before.register.current.length ? {current: hostsOf(vm.namespace)} : {},
    ),
  ),
  mutant(
    'brings components up to date where nobody can access the object',
    'ST-01',
    leaving('ViewChanged', (_, __, {vm}) => ({current: hostsOf(vm.namespace)})),
  ),
  mutant(
    'sees a change of the network only in the next',
    'ST-01',
    keeping((after, before) => ({...after, view: before.view === after.view ? after.view : before.view})),
  ),
  mutant(
    'answers for the first host whoever is asked',
    'ST-01',
    mistaking(situation => {
      const {stimulus, config} = situation;
      const [host] = config.hosts;
      return stimulus.type === 'Ask' && host !== undefined ? {...situation, stimulus: {...stimulus, host}} : situation;
    }),
  ),
  mutant(
    'takes all objects for the namespace object',
    'ST-01',
    doing(effects =>
      effects.map(effect =>
        effect.type === 'Access'
          ? {...effect, accessible: {...effect.accessible, namespace: effect.accessible.all}}
          : effect,
      ),
    ),
  ),
];
