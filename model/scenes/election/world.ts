// The slots of the scene, and how the outcomes of the library become changes of them.

import {
  type Config,
  type Effect,
  type Event,
  electedPrimary,
  follower,
  type HostId,
  hostId,
  type Message,
  restart,
  type State,
  type Term,
  term,
  validate,
} from '../../../src/index.js';
import {type Builder, type Change, type Outcome, type Read, range} from '../../index.js';
import {MUTANTS, RELATIONS} from '../../mutants/election.js';
import {mutated} from '../../mutants/mutant.js';
import {repairsOf} from '../settings.js';
import {sound} from '../sound.js';
import {isLinked, type Network, networksOf} from './network.js';
import {type Budgets, budgetsOf, type ElectionOptions} from './options.js';

/** A message under way. */
export type Envelope = {readonly from: HostId; readonly message: Message};

/** What an HA module has asked its surroundings and not been told yet. */
export type Question = {readonly type: 'CheckIsolation'} | {readonly type: 'Probe'; readonly host: HostId};

export type World = ReturnType<typeof worldOf>;

/** These are about no VM, or the scene does not look at what comes of them. */
const NONE = {accessible: {namespace: false, all: false}, reachable: []};

export const worldOf = (m: Builder, options: ElectionOptions) => {
  const hosts = range(options.hosts).map(index => hostId(`h${index + 1}`));
  const [whole = [], ...others] = networksOf(hosts, options);
  const configs = new Map(hosts.map(self => [self, configOf(self, hosts, options)]));
  const configAt = (name: HostId): Config => configs.get(name) ?? configOf(name, hosts, options);
  const first = term(hosts.length - 1);
  const leader = hosts.at(-1);
  /** The library, or one of its mutants. */
  const {outcomes} = mutated(RELATIONS, MUTANTS, options.mutant);

  const budgets = m.slot<Budgets>('budgets', budgetsOf(options));
  const network = m.slot<Network>('network', whole);
  const host = m.slots('host', hosts, (name): State => {
    if (options.start === 'fresh' || leader === undefined) return restart({term: term(0)});
    return name === leader ? electedPrimary(first) : follower(first, leader);
  });
  /** Whether the whole host is down, and not only its HA module. */
  const isDead = m.slots('isDead', hosts, false);
  /** The term that a host has persisted. */
  const disk = m.slots('disk', hosts, (): Term => (options.start === 'fresh' ? term(0) : first));
  /** Whether a host that is isolated has had its VMs powered off. */
  const hasResponded = m.slots('has responded', hosts, false);
  const inbox = m.channel<Envelope, HostId>('inbox', hosts, {kind: 'set'});
  const asked = m.channel<Question, HostId>('asked', hosts, {kind: 'set'});
  /** The term in whose name a host has carried out a command last. */
  const obeyed = m.slots('obeyed', hosts, null as Term | null);

  const changesOf = (read: Read, name: HostId, effect: Effect): readonly Change[] => {
    switch (effect.type) {
      case 'Send':
        return isLinked(read(network), name, effect.to)
          ? [inbox(effect.to).send({from: name, message: effect.message})]
          : [];
      case 'CheckIsolation':
        return [asked(name).send({type: 'CheckIsolation'})];
      case 'Probe':
        return [asked(name).send({type: 'Probe', host: effect.host})];
      case 'CallStorage':
        return [obeyed(name).set(effect.call.purpose.term)];
      case 'Persist':
        return [disk(name).set(effect.durable.term)];
      default:
        return [];
    }
  };

  /** What it did in isolation counts for that isolation only. */
  const responding = (read: Read, name: HostId, after: State, effects: readonly Effect[]): readonly Change[] => {
    const has =
      after.role === 'isolated' && (read(hasResponded(name)) || effects.some(({type}) => type === 'PowerOffVms'));
    return has === read(hasResponded(name)) ? [] : [hasResponded(name).set(has)];
  };

  /** What an HA module does about an event: every outcome of the library, as an outcome of the scene. */
  const react = (read: Read, name: HostId, event: Event): readonly Required<Pick<Outcome, 'rules' | 'changes'>>[] => {
    const before = read(host(name));
    return outcomes(configAt(name), before, event).map(({state, effects, rules}) => ({
      rules,
      changes: [
        ...(state === before ? [] : [host(name).set(state)]),
        ...effects.flatMap(effect => changesOf(read, name, effect)),
        ...responding(read, name, state, effects),
      ],
    }));
  };

  return {
    hosts,
    networks: [whole, ...others],
    budgets,
    network,
    host,
    isDead,
    inbox,
    asked,
    obeyed,
    disk,
    hasResponded,
    react,
    configAt,
    NONE,
  } as const;
};

const configOf = (self: HostId, hosts: readonly HostId[], options: ElectionOptions): Config =>
  sound(
    validate({
      self,
      hosts,
      vms: [],
      repairs: repairsOf(options),
      elector: 'builtin',
      datastores: options.datastores && self === hosts[0] ? 1 : 0,
      isolationResponse: 'power-off',
      subsets: 'all',
    }),
  );
