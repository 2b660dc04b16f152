// What the hosts, the storage layer and the platform do by themselves. All of it is fair.

import {
  attemptOf,
  type HostId,
  isExecuting,
  type LockAnswer,
  type Retrieval,
  setOutcomes,
  type Term,
  term,
  type VmId,
  type VmReport,
} from '../../../src/index.js';
import {type Builder, by, next, type Outcome, product, type Read} from '../../index.js';
import {arrival, called, type Input, seenBy, standingBy, taken} from './host.js';
import type {FailoverOptions} from './options.js';
import {electedBy, newestPrimary} from './primaries.js';
import type {World} from './world.js';

/** An outcome only where something changes: a host that notices nothing new does nothing. */
export const changing = <T extends {readonly changes: readonly unknown[]}>(outcomes: readonly T[]): readonly T[] =>
  outcomes.filter(({changes}) => changes.length > 0);

export const declareSteps = (m: Builder, world: World, options: FailoverOptions): void => {
  const {cluster, names, repairs, lead, seen, runtime, inbox, connected, react} = world;
  const {hosts} = cluster;
  const fair = options.fairness;

  m.receive(inbox, {name: 'message arrives', fair}, (read, host, {from, message}) => {
    if (!read(connected(host)).includes(from)) return [];
    if (repairs.terms && message.term < read(seen(host))) return [next()];
    const input = arrival(from, message);
    return input.part === 'failover' && read(lead(host)) === null ? [next()] : react(read, host, input);
  });

  const answers = (read: Read, host: HostId, vm: VmId) => lockAnswers(world, options, read, host, vm);
  if (fair === 'weak') m.action('storage answers', {each: product(hosts, names), fair}, answers);
  else {
    // An answer that says no is no answer to those that were possible again and again and said yes.
    const isGranted = ({note}: Outcome): boolean => note === 'ok';
    m.action('storage grants', {each: product(hosts, names), fair}, (read, host, vm) =>
      answers(read, host, vm).filter(isGranted),
    );
    m.action('storage denies', {each: product(hosts, names), fair}, (read, host, vm) =>
      answers(read, host, vm).filter(outcome => !isGranted(outcome)),
    );
  }

  m.action('storage changes', {each: product(hosts, names), fair}, (read, host, vm) => {
    const input: Input = {part: 'runtime', vm, event: seen => ({type: 'StorageChanged', vm, seen})};
    return read(world.up(host)) ? changing(react(read, host, input)) : [];
  });

  m.action('place changes', {each: product(hosts, names), fair}, (read, host, vm) => {
    const input: Input = {part: 'attendant', vm, event: standing => ({type: 'StandingChanged', vm, standing})};
    return read(world.watches(host)).some(watch => watch.vm === vm) ? changing(react(read, host, input)) : [];
  });

  if (repairs['ghost-kill']) {
    m.action('ghost is due', {each: product(hosts, names), fair}, (read, host, vm) =>
      read(runtime(host)).some(instance => instance.vm === vm && instance.power === 'stalled')
        ? react(read, host, {part: 'runtime', vm, event: seen => ({type: 'GhostDue', vm, seen})})
        : [],
    );
  }

  if (options.isolation === 'power-off') {
    m.action('isolation is declared', {each: product(hosts, names), fair}, (read, host, vm) =>
      read(connected(host)).length === 1 &&
      read(lead(host)) === null &&
      read(runtime(host)).some(instance => instance.vm === vm)
        ? react(read, host, {part: 'runtime', vm, event: seen => ({type: 'Isolated', vm, seen})})
        : [],
    );
    // A host that is isolated is no primary, before it ends anything: it could only start that again.
    m.action('steps down', {each: hosts, fair}, (read, host) =>
      read(connected(host)).length === 1 && read(lead(host)) !== null ? [next(lead(host).set(null))] : [],
    );
  }

  m.action('liveness tells', {each: product(hosts, hosts), fair}, (read, primary, host) => {
    const state = read(lead(primary));
    if (state === null) return [];
    const running = read(connected(primary)).includes(host);
    return running === state.failover.gone.includes(host)
      ? react(read, primary, {part: 'failover', event: {type: 'HostChanged', host, running}})
      : [];
  });

  if (options.placement === 'publish') {
    m.action('standing is published', {each: product(hosts, names), fair}, (read, host, vm) =>
      publishes(world, read, host, vm),
    );
  }

  m.action('VM is reported', {each: product(hosts, names), fair}, (read, host, vm) => reports(world, read, host, vm));

  m.action('GET tells', {each: product(hosts, names), fair}, (read, primary, vm) =>
    retrieves(world, options, read, primary, vm),
  );

  m.action('delay is over', {each: product(hosts, names), fair}, (read, primary, vm) => {
    const entry = read(lead(primary))?.failover.inventory.find(entry => entry.vm === vm);
    if (entry?.stage !== 'delayed') return [];
    const {stage, round, attempts: attempt} = entry;
    const timer = {type: 'Failover', vm, stage, round, attempt} as const;
    return react(read, primary, {part: 'failover', event: {type: 'TimerFired', timer}});
  });

  declareElection(m, world, options);
  declareProtection(m, world);
};

/** The storage layer answers the call for the lock; with leases it waits until the last holder has ended its ghost. */
const lockAnswers = (
  world: World,
  options: FailoverOptions,
  read: Read,
  host: HostId,
  vm: VmId,
): readonly Outcome[] => {
  const {runtime, homes, futile, changesOf, snapshotOf, placeOf} = world;
  const instance = read(runtime(host)).find(instance => instance.vm === vm);
  if (instance?.power !== 'starting') return [];
  const {holder} = read(homes(vm)).object.lock;
  if (options.leases && holder !== null && holder !== host && isExecuting(executingAt(world, read, holder, vm)))
    return [];
  const before = snapshotOf(read, host);
  const place = placeOf(read, host);
  const {request} = instance;
  const attempt = attemptOf(world.repairs, request);
  const call = called(place, before, vm, {type: 'TakeLock', host, attempt});
  const answer: LockAnswer =
    call.result === 'ok'
      ? {type: 'taken', epoch: call.epoch}
      : call.result === 'held' && call.holder !== null
        ? {type: 'locked', holder: call.holder}
        : {type: 'inaccessible'};
  const input: Input = {part: 'runtime', vm, event: seen => ({type: 'LockAnswered', vm, answer, seen})};
  return taken(place, call.snapshot, input).map(after => {
    const started = after.runtime.some(other => other.vm === vm);
    const counted = options.futile > 0 && request.by === 'primary' && !started;
    return {
      rules: after.rules,
      note: call.result,
      changes: [
        ...changesOf(host, before, after),
        ...(counted ? [futile(vm).update('one more', (value: number) => value + 1, null)] : []),
      ],
    };
  });
};

const executingAt = ({runtime}: World, read: Read, host: HostId, vm: VmId) =>
  read(runtime(host)).find(instance => instance.vm === vm) ?? null;

/** A host's heartbeats say how a VM fares there, again and again; a primary may learn something new from it. */
const reports = (world: World, read: Read, host: HostId, vm: VmId): readonly Outcome[] => {
  const {runtime, ended, lead, primariesOf, react} = world;
  const ending = read(ended(host)).find(other => other.vm === vm)?.ending;
  const power = read(runtime(host)).find(other => other.vm === vm)?.power;
  if (power === 'starting') return [];
  const report: VmReport =
    power === 'running'
      ? {type: 'running'}
      : power === 'stalled'
        ? {type: 'storageLost'}
        : ending === undefined
          ? {type: 'absent'}
          : {type: 'ended', ending};
  return primariesOf(read, host).flatMap(primary =>
    read(lead(primary))?.failover.inventory.some(entry => entry.vm === vm)
      ? changing(react(read, primary, {part: 'failover', event: {type: 'VmReported', from: host, vm, report}}))
      : [],
  );
};

/** A host's heartbeats say how a VM stands there, again and again; a primary may learn something new from it. */
const publishes = (world: World, read: Read, host: HostId, vm: VmId): readonly Outcome[] => {
  const {runtime, homes, placeOf, primariesOf, react} = world;
  if (!read(world.up(host))) return [];
  const standing = standingBy(placeOf(read, host), read(homes(vm)), read(runtime(host)));
  return primariesOf(read, host).flatMap(primary =>
    changing(react(read, primary, {part: 'failover', event: {type: 'Published', from: host, vm, standing}})),
  );
};

/** A primary calls GET, on its own host or on any that it can talk to, and hears of what it did not know. */
const retrieves = (
  world: World,
  {retrieval}: FailoverOptions,
  read: Read,
  primary: HostId,
  vm: VmId,
): readonly Outcome[] => {
  const {cluster, lead, homes, connected, reachable, runtime, react} = world;
  const state = read(lead(primary));
  if (state === null) return [];
  const home = read(homes(vm));
  const {generation, value} = home.object.register;
  const known = state.failover.inventory.find(entry => entry.vm === vm);
  if (known !== undefined && known.generation >= generation) return [];
  const callers = retrieval === 'own' ? [primary] : read(connected(primary));
  const at = callers.find(
    host => seenBy({cluster, self: host, reachable: read(reachable(host))}, home).access.namespace,
  );
  if (at === undefined) return [];
  const told: Retrieval = {vm, value, generation, attempts: home.object.attempts};
  return read(runtime(at)) === null
    ? []
    : react(read, primary, {part: 'failover', event: {type: 'Retrieved', retrieval: told}});
};

/**
 * The contract of the election: a side of the HA network without a primary gets one; of two, the older steps down, and
 * with terms so does one whose term somebody there has seen superseded, as nobody else obeys it.
 */
const declareElection = (m: Builder, world: World, {isolation}: FailoverOptions): void => {
  const {cluster, repairs, lead, seen, connected} = world;
  const followed = (read: Read, side: readonly HostId[], term: Term) =>
    side.flatMap(host => (read(seen(host)) === term ? [] : [seen(host).set(term)]));

  m.action('is elected', {each: cluster.hosts, fair: 'weak'}, (read, host) => {
    const isIsolated = isolation === 'power-off' && read(connected(host)).length === 1;
    const elected = isIsolated ? null : electedBy(world, read, host);
    return elected === null
      ? []
      : [next(lead(host).set(elected), ...followed(read, read(connected(host)), elected.term))];
  });

  m.action('abdicates', {each: cluster.hosts, fair: 'weak'}, (read, host) => {
    const own = read(lead(host));
    const side = read(connected(host));
    const known = side.map(other => (repairs.terms ? read(seen(other)) : (read(lead(other))?.term ?? term(0))));
    const newest = term(Math.max(0, ...known));
    if (own === null || own.term >= newest) return [];
    const followers = side.filter(other => read(seen(other)) < newest);
    return [next(lead(host).set(null), ...followed(read, followers, newest))];
  });
};

/** The contract of the fallback: what the user wants reaches the primary, and then the object where that can be. */
const declareProtection = (m: Builder, world: World): void => {
  const {cluster, names, repairs, intent, lead, homes, connected, reachable, react} = world;

  m.action('platform tells', {each: names, fair: 'weak'}, (read, vm) => {
    const {on, generation} = read(intent(vm));
    const primary = newestPrimary(world, read);
    // What is committed was confirmed, and is not sent again: a new primary learns of it by GET.
    if (primary === null || read(homes(vm)).object.register.generation >= generation) return [];
    const known = read(lead(primary))?.failover.inventory.find(entry => entry.vm === vm);
    if (known !== undefined && known.generation >= generation) return [];
    const host = cluster.hosts.find(host => executingAt(world, read, host, vm) !== null) ?? null;
    const event = on
      ? ({type: 'Protected', vm, generation, host} as const)
      : ({type: 'Unprotected', vm, generation} as const);
    return react(read, primary, {part: 'failover', event});
  });

  m.action('protection state is committed', {each: names, fair: 'weak'}, (read, vm) => {
    const {on, generation} = read(intent(vm));
    const home = read(homes(vm));
    const {register} = home.object;
    const primary = newestPrimary(world, read);
    if (primary === null || register.generation >= generation) return [];
    const known = read(lead(primary))?.failover.inventory.find(entry => entry.vm === vm);
    if (known === undefined || known.generation < generation) return [];
    const layout = cluster.vms.find(layout => layout.vm === vm)?.namespace;
    const at = read(connected(primary)).find(
      host => seenBy({cluster, self: host, reachable: read(reachable(host))}, home).access.namespace,
    );
    if (layout === undefined || at === undefined) return [];
    const request = {value: on ? 'protected' : 'unprotected', generation} as const;
    const [{state, rules}] = setOutcomes({layout, repairs}, register, read(reachable(at)), request);
    return [by(rules, homes(vm).set({...home, object: {...home.object, register: state}}))];
  });
};
