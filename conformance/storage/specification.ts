// The storage contract as a module under test: whatever stands behind SET and the two predicates of one VM, on all
// hosts together. What happens inside it, and between its parts, is not looked at.

import {
  type Access,
  accessOf,
  created,
  type Generation,
  generation,
  type HostId,
  hostsOf,
  isApplicable,
  mapAll,
  type ObjectId,
  type Outcomes,
  type Protection,
  type Register,
  type RegisterEffect,
  type Repairs,
  type RuleId,
  reachableFrom,
  resyncOutcomes,
  setOutcomes,
  type View,
  type VmLayout,
} from '../../src/index.js';
import {textInOrder} from '../fields-in-order.js';
import {kindOf} from '../ha/effects.js';
import {repairMistakes} from '../mistakes.js';
import type {Specification} from '../specification.js';

/** What the storage contract is configured with. */
export type StorageConfig = {
  /** Every host of the cluster, sorted. */
  readonly hosts: readonly HostId[];
  readonly vm: VmLayout;
  readonly repairs: Repairs;
};

/** The object, and the storage network as it is. */
export type StorageState = {readonly view: View; readonly register: Register};

/** `Set` and `Ask` are calls on the storage module of `host`; a view changes for all hosts at once. */
export type StorageStimulus =
  | {readonly type: 'Set'; readonly host: HostId; readonly value: Protection; readonly generation: Generation}
  | {readonly type: 'Ask'; readonly host: HostId}
  | {readonly type: 'ViewChanged'; readonly view: View};

/** `Reply` answers a `Set`, `Access` an `Ask`. */
export type StorageEffect = RegisterEffect | {readonly type: 'Access'; readonly accessible: Access};

/** The storage modules of a cluster, as far as one VM is concerned. They start with the network whole. */
export const storageContract: Specification<StorageConfig, StorageState, StorageStimulus, StorageEffect> = {
  module: 'storage',
  start: ({hosts, vm}) => ({view: [hosts], register: created(vm.namespace, generation(0))}),
  outcomes: (config, state, stimulus) => storageOutcomes(config, state, stimulus),
  withoutNeedless: (_, effects) => effects,
  chapters: ['ST'],
  ordering: () => ({rule: null}),
  idsInEffect: () => [],
  idsInStimulus: () => [],
  follows: () => false,
  kindOf,
  callingFor: ({repairs}, kind) => (CALLING_FOR.get(kind) ?? []).filter(rule => isApplicable(rule, repairs)),
  remembering: {
    current: {what: 'which components are current', rules: ['ST']},
    generation: {what: 'the generation', rules: ['ST']},
    value: {what: 'the state', rules: ['ST']},
  },
  mistakes: (config, stimulus) => repairMistakes(config, stimulus),
  tellStimulus: stimulus => tellStimulus(stimulus),
  tellEffect: textInOrder,
};

/** Every kind of effect, and the rules that call for one of that kind. */
const CALLING_FOR: ReadonlyMap<string, readonly RuleId[]> = new Map([
  ['Reply', ['ST-01', 'ST-02', 'ST-03', 'ST-04']],
  ['Access', ['ST-01']],
]);

const storageOutcomes = (
  {vm, repairs}: StorageConfig,
  state: StorageState,
  stimulus: StorageStimulus,
): Outcomes<StorageState, StorageEffect> => {
  const {view, register} = state;
  switch (stimulus.type) {
    case 'Set': {
      const {host, value, generation} = stimulus;
      const config = {layout: vm.namespace, repairs};
      const set = setOutcomes(config, register, reachableFrom(view, host), {value, generation});
      return mapAll(set, outcome => ({...outcome, state: {view, register: outcome.state}}));
    }
    case 'Ask': {
      const accessible = accessOf(vm, object => currentOf(vm, register, object), reachableFrom(view, stimulus.host));
      return [{state, effects: [{type: 'Access', accessible}], rules: ['ST-01']}];
    }
    case 'ViewChanged': {
      const resync = resyncOutcomes(vm.namespace, register, stimulus.view);
      return mapAll(resync, outcome => ({...outcome, state: {view: stimulus.view, register: outcome.state}}));
    }
  }
};

/** Nobody writes to the disks here, so all their components are current. */
const currentOf = ({namespace, disks}: VmLayout, register: Register, object: ObjectId): readonly HostId[] =>
  object === namespace.object
    ? register.current
    : disks.filter(disk => disk.object === object).flatMap(disk => hostsOf(disk));

const tellStimulus = (stimulus: StorageStimulus): string => {
  switch (stimulus.type) {
    case 'Set':
      return `SET ${stimulus.value} (generation ${stimulus.generation}) is called on ${stimulus.host}`;
    case 'Ask':
      return `${stimulus.host} is asked what it can access`;
    case 'ViewChanged':
      return `the storage network becomes ${stimulus.view.map(side => side.join(' ')).join(' | ')}`;
  }
};
