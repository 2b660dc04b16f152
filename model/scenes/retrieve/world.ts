// The slots of the scene, and how the outcomes of the retrieval part become changes of them.

import {
  type Config,
  createdObject,
  type GetPurpose,
  type HostId,
  hostId,
  identity,
  isAccessible,
  type Knowledge,
  mirrored,
  type NamespaceObject,
  type Outcomes,
  objectId,
  type Reading,
  type RetrievalEffect,
  type RetrievalEvent,
  type RetrievalMessage,
  reachableFrom,
  readingOf,
  type Term,
  term,
  type View,
  validate,
  vmId,
} from '../../../src/index.js';
import {type Builder, type Change, type Outcome, partitions, type Read, range} from '../../index.js';
import {mutated} from '../../mutants/mutant.js';
import {MUTANTS, RELATIONS} from '../../mutants/retrieve.js';
import {repairsOf} from '../settings.js';
import {sound} from '../sound.js';
import {named} from '../views.js';
import type {Budgets, RetrieveOptions} from './options.js';

export type Envelope = {readonly from: HostId; readonly message: RetrievalMessage};

/** The newest primary, and what it has read back. Whoever was primary before it has crashed. */
export type Primary = {readonly host: HostId; readonly term: Term; readonly known: Knowledge};

export type World = ReturnType<typeof worldOf>;

export const VM = vmId('v');

export const worldOf = (m: Builder, options: RetrieveOptions) => {
  const hosts = range(options.hosts).map(index => hostId(`h${index + 1}`));
  const [h1, h2, h3] = hosts;
  if (h1 === undefined || h2 === undefined || h3 === undefined) throw new RangeError('three hosts');
  const layout = mirrored(objectId('home'), 'namespace', [h1, h2, h3]);
  const repairs = repairsOf(options);
  /** The library, or one of its mutants. */
  const relations = mutated(RELATIONS, MUTANTS, options.mutant);
  const object0 = createdObject(layout, identity(0));
  const {views, commits, handovers, losses} = options;

  const budgets = m.slot<Budgets>('budgets', {views, commits, handovers, losses});
  const view = m.slot<View>('view', [hosts]);
  const object = m.slot<NamespaceObject>('object', object0);
  /** What each host's replica of the storage directory was told last. */
  const cached = m.slots('cached', hosts, readingOf(object0));
  const primary = m.slot<Primary>('primary', {host: h1, term: term(1), known: []});
  /** What the primary's storage module has told it last: whether the VM is accessible. */
  const told = m.slot<boolean>('told', true);
  const inbox = m.channel<Envelope, HostId>('inbox', hosts, {kind: 'set'});
  const gets = m.channel<GetPurpose, HostId>('gets', hosts, {kind: 'set'});

  const accessible = m.derives('accessible', hosts, (read, host) =>
    isAccessible(layout, read(object).register.current, reachableFrom(read(view), host)),
  );

  const configs = new Map(
    hosts.map((self): [HostId, Config] => [
      self,
      sound(
        validate({
          self,
          hosts,
          vms: [{vm: VM, namespace: layout, disks: []}],
          repairs,
          elector: 'external',
          datastores: 0,
          isolationResponse: 'leave',
          subsets: 'any',
        }),
      ),
    ]),
  );
  const configOf = (self: HostId): Config => {
    const config = configs.get(self);
    if (config === undefined) throw new RangeError(`no host ${self}`);
    return config;
  };

  const changesOf = (host: HostId, effect: RetrievalEffect): readonly Change[] => {
    switch (effect.type) {
      case 'Send':
        return [inbox(effect.to).send({from: host, message: effect.message})];
      case 'CallGet':
        return [gets(host).send(effect.purpose)];
      case 'SetTimer':
      case 'CancelTimer':
      case 'Learned':
        return [];
    }
  };

  /** The outcomes of a part that keeps nothing in this scene. */
  const changes = (host: HostId, outcomes: Outcomes<null, RetrievalEffect>): readonly Outcome[] =>
    outcomes.map(({effects, rules}) => ({rules, changes: effects.flatMap(effect => changesOf(host, effect))}));

  /** What the primary does about an event. */
  const react = (read: Read, event: RetrievalEvent, as = read(primary)): readonly Required<Omit<Outcome, 'note'>>[] =>
    relations.retrievalOutcomes(configOf(as.host), as.term, as.known, event).map(({state: known, effects, rules}) => ({
      rules,
      changes: [primary.set({...as, known}), ...effects.flatMap(effect => changesOf(as.host, effect))],
    }));

  const allViews = named(partitions(hosts));

  return {
    hosts,
    layout,
    repairs,
    views: allViews,
    budgets,
    view,
    object,
    cached,
    primary,
    told,
    inbox,
    gets,
    accessible,
    configOf,
    relations,
    react,
    changes,
  } as const;
};

/** What GET told of the VM, as a host reports it. */
export const retrievalOf = ({value, generation, attempts}: Reading) => ({vm: VM, value, generation, attempts});
