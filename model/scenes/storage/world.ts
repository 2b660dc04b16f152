// The slots of the scene, and how the outcomes of the library become changes of them.

import {
  type CallResult,
  type Epoch,
  type Generation,
  generation,
  type HostId,
  type Identity,
  identity,
  isNewer,
  type Known,
  type NamespaceObject,
  type ObjectCall,
  type Reading,
  type StorageDurable,
  type StorageEffect,
  type StorageEvent,
  type StorageMessage,
  type StorageState,
  storageReading,
  type Version,
} from '../../../src/index.js';
import type {Builder, Change, Outcome, Read} from '../../index.js';
import {repairsOf} from '../settings.js';
import {clusterOf} from './cluster.js';
import {type Budgets, budgetsOf, type StorageOptions} from './options.js';
import {committedIn, settled, startOf} from './settled.js';

/** A message under way. */
export type Envelope = {readonly from: HostId; readonly message: StorageMessage};

/** What was committed last, by whoever directs the object, and the call that it was committed for. */
export type Committed = {
  readonly version: Version;
  readonly content: NamespaceObject;
  readonly call: ObjectCall | null;
  readonly result: CallResult | null;
  /** What an owner learned only now was committed, before this was. */
  readonly late: NamespaceObject | null;
};

type Answered = {readonly call: ObjectCall; readonly result: CallResult};

/** What the user wants, and the calls for it that no host has made yet. */
export type User = {
  readonly identity: Identity;
  readonly generation: Generation;
  /** The generation of what was wanted last of the VM before this one; 0 if there was none. */
  readonly former: Generation;
  readonly pending: readonly ObjectCall[];
};

export type World = ReturnType<typeof worldOf>;

/** What GET told a new primary last; `unread` before it asks. */
export type Heard = Reading | null | 'unread';

export const worldOf = (m: Builder, options: StorageOptions) => {
  const cluster = clusterOf(options);
  const {hosts, vm, configOf, relations} = cluster;
  const {namespace} = vm;
  const start = settled(cluster);

  const budgets = m.slot<Budgets>('budgets', budgetsOf(options));
  const cut = m.slot<string>('cut', cluster.whole);
  const user = m.slot<User>('user', {
    identity: identity(1),
    generation: generation(0),
    former: generation(0),
    pending: [],
  });
  const host = m.slots('host', hosts, (name): StorageState => startOf(start, name));
  /** What a host has persisted. */
  const disk = m.slots('disk', hosts, (name): StorageDurable => startOf(start, name).durable);
  const inbox = m.channel<Envelope, HostId>('inbox', hosts, {kind: 'set'});
  const committed = m.slot<Committed>('committed', {
    ...committedIn(cluster, start),
    call: null,
    result: null,
    late: null,
  });
  /** The epoch with which a host believes to hold the lock. */
  const granted = m.slots('granted', hosts, null as Epoch | null);
  const heard = m.slots('heard', hosts, 'unread' as Heard);

  /** What a storage module does about an event: every outcome of the library, as an outcome of the scene. */
  const react = (
    read: Read,
    name: HostId,
    event: StorageEvent,
  ): readonly Required<Pick<Outcome, 'rules' | 'changes'>>[] => {
    const before = read(host(name));
    return relations.storageOutcomes(configOf(name), before, event).map(({state, effects, rules}) => ({
      rules,
      changes: [
        ...(state === before ? [] : [host(name).set(state)]),
        ...committing(read(committed), before, state, effects),
        ...effects.flatMap(effect => changesOf(read, name, state, effect)),
        ...granting(name, effects),
      ],
    }));
  };

  /** Where two calls for the lock are answered at once, the later answer is the one that its caller goes by. */
  const granting = (name: HostId, effects: readonly StorageEffect[]): readonly Change[] => {
    const grants = effects.flatMap(effect =>
      effect.type === 'Answer' && effect.call.type === 'TakeLock' && effect.result === 'ok' ? [effect.epoch] : [],
    );
    const last = grants.at(-1);
    return last === undefined ? [] : [granted(name).set(last)];
  };

  const changesOf = (read: Read, name: HostId, state: StorageState, effect: StorageEffect): readonly Change[] => {
    switch (effect.type) {
      case 'Send':
        return [inbox(effect.to).send({from: name, message: effect.message})];
      case 'Changed':
        return read(heard(name)) === 'unread' ? [] : [heard(name).set(storageReading(state, vm))];
      case 'Persist':
        return [disk(name).set(effect.durable)];
      case 'Answer':
        return [];
    }
  };

  /** An owner commits when its own replica of the directory learns of an entry of its own reign. */
  const committing = (
    latest: Committed,
    before: StorageState,
    after: StorageState,
    effects: readonly StorageEffect[],
  ): readonly Change[] => {
    if (after.role !== 'up' || after.reign === null) return [];
    const known = knownOf(after);
    if (known === null || known === knownOf(before)) return [];
    const {version, content} = known;
    if (isNewer(latest.version, version)) return [committed.set({...latest, call: null, result: null, late: content})];
    const answers = effects.flatMap((effect): readonly Answered[] => {
      if (effect.type === 'Answer') return [effect];
      return effect.type === 'Send' && effect.message.type === 'Reply' ? [effect.message] : [];
    });
    const {call, result} = answers.at(-1) ?? {call: null, result: null};
    return [committed.set({version, content, call, result, late: null})];
  };

  const knownOf = (state: StorageState): Known | null =>
    (state.role === 'up' && state.directory.find(({object}) => object === namespace.object)) || null;

  return {
    cluster,
    repairs: repairsOf(options),
    budgets,
    cut,
    user,
    host,
    disk,
    inbox,
    committed,
    granted,
    heard,
    react,
  } as const;
};
