// One host takes one event: its HA module, its runtime and its calls to storage run to completion in one step.

import {
  type AttendantEvent,
  callOutcomes,
  type Ending,
  type FailoverEffect,
  type FailoverEvent,
  type FailoverMessage,
  type FailoverState,
  type HostId,
  type NamespaceObject,
  type ObjectCall,
  type PlaceWatches,
  type RuleId,
  type RuntimeEffect,
  type RuntimeEvent,
  type RuntimeState,
  type Seen,
  type Standing,
  standingOf,
  type Term,
  type VmId,
} from '../../../src/index.js';
import type {Cluster} from './cluster.js';

/** A message under way. */
export type Envelope = {readonly from: HostId; readonly message: FailoverMessage};

/** What a primary is besides a host like any other. */
export type Lead = {readonly term: Term; readonly failover: FailoverState};

/** How a VM ended on a host; forgotten when it runs there again, or the host crashes. */
export type Ended = {readonly vm: VmId; readonly ending: Ending};

/** A VM and its namespace object. */
export type Home = {readonly vm: VmId; readonly object: NamespaceObject};

/** All that one step of a host reads and writes. */
export type Snapshot = {
  readonly lead: Lead | null;
  readonly watches: PlaceWatches;
  readonly runtime: RuntimeState;
  readonly ended: readonly Ended[];
  readonly homes: readonly Home[];
  readonly sent: readonly {readonly to: HostId; readonly message: FailoverMessage}[];
  readonly rules: readonly RuleId[];
};

export type Place = {readonly cluster: Cluster; readonly self: HostId; readonly reachable: readonly HostId[]};

/** Something for one part of the host. What the parts need to know of storage is looked up when its turn comes. */
export type Input =
  | {readonly part: 'failover'; readonly event: FailoverEvent}
  | {readonly part: 'attendant'; readonly event: (standing: Standing) => AttendantEvent; readonly vm: VmId}
  | {readonly part: 'runtime'; readonly event: (seen: Seen) => RuntimeEvent; readonly vm: VmId};

const homeOf = ({homes}: Snapshot, vm: VmId): Home => {
  const home = homes.find(home => home.vm === vm);
  if (home === undefined) throw new RangeError(`no VM ${vm}`);
  return home;
};

/** What the storage module of a host says of a VM now. */
export const seenBy = ({cluster, reachable}: Place, {vm, object: {register, lock}}: Home): Seen => {
  const access = cluster.accessOf(vm, register.current, reachable);
  return {
    access,
    home: access.namespace ? {lock, value: register.value, generation: register.generation} : null,
  };
};

export const standingBy = (place: Place, home: Home, runtime: RuntimeState): Standing => {
  const {cluster, self, reachable} = place;
  const {scope} = cluster.failover(self);
  return standingOf(cluster.runtime(self), scope, home.vm, runtime, seenBy(place, home), reachable);
};

/** Every way in which a host can take this input, with all that follows from it on the same host. */
export const taken = (place: Place, before: Snapshot, input: Input): readonly Snapshot[] => {
  const {cluster, self} = place;
  const {failoverOutcomes, attendantOutcomes, runtimeOutcomes} = cluster.relations;
  switch (input.part) {
    case 'failover': {
      const {lead} = before;
      if (lead === null) return [before];
      return failoverOutcomes(cluster.failover(self), lead.term, lead.failover, input.event).flatMap(
        ({state, effects, rules}) =>
          following(
            place,
            cited({...before, lead: state === lead.failover ? lead : {...lead, failover: state}}, rules),
            effects,
          ),
      );
    }
    case 'attendant': {
      const standing = standingBy(place, homeOf(before, input.vm), before.runtime);
      return attendantOutcomes(cluster.failover(self), before.watches, input.event(standing)).flatMap(
        ({state, effects, rules}) => following(place, cited({...before, watches: state}, rules), effects),
      );
    }
    case 'runtime': {
      const event = input.event(seenBy(place, homeOf(before, input.vm)));
      return runtimeOutcomes(cluster.runtime(self), before.runtime, event).flatMap(({state, effects, rules}) =>
        following(place, cited({...before, runtime: state}, rules), effects),
      );
    }
  }
};

const cited = (snapshot: Snapshot, rules: readonly RuleId[]): Snapshot => ({
  ...snapshot,
  rules: [...snapshot.rules, ...rules],
});

const following = (
  place: Place,
  before: Snapshot,
  effects: readonly (FailoverEffect | RuntimeEffect)[],
): readonly Snapshot[] =>
  effects.reduce<readonly Snapshot[]>(
    (snapshots, effect) => snapshots.flatMap(snapshot => carriedOut(place, snapshot, effect)),
    [before],
  );

const carriedOut = (place: Place, before: Snapshot, effect: FailoverEffect | RuntimeEffect): readonly Snapshot[] => {
  const {self} = place;
  switch (effect.type) {
    case 'Send':
      return effect.to === self
        ? taken(place, before, arrival(self, effect.message))
        : [{...before, sent: [...before.sent, {to: effect.to, message: effect.message}]}];
    case 'PowerOn': {
      const {request} = effect;
      return taken(place, before, {part: 'runtime', vm: request.vm, event: () => ({type: 'PowerOn', request})});
    }
    case 'Answer': {
      const {request, result} = effect;
      const runs = result.type === 'ok' ? request.vm : null;
      const after = {...before, ended: before.ended.filter(({vm}) => vm !== runs)};
      const event = (): AttendantEvent => ({type: 'PowerOnEnded', request, result});
      return taken(place, after, {part: 'attendant', vm: request.vm, event});
    }
    case 'Ended': {
      const {vm, ending} = effect;
      const ended = [...before.ended.filter(other => other.vm !== vm), {vm, ending}];
      return [{...before, ended: ended.sort((a, b) => (a.vm < b.vm ? -1 : 1))}];
    }
    case 'ReleaseLock':
    case 'ClearAttempts':
      return [called(place, before, effect.vm, {type: effect.type, host: self, epoch: effect.epoch}).snapshot];
    case 'WriteIntent': {
      const {vm, generation} = effect;
      return [called(place, before, vm, {type: 'Set', value: 'unprotected', generation}).snapshot];
    }
    case 'TakeLock': // the instance is starting: storage answers it in a later step
    case 'SetTimer':
    case 'CancelTimer':
    case 'SetGhostTimer':
    case 'CancelGhostTimer':
      return [before];
  }
};

/** A message as an input: some are for the primary, the others for the part that every host has. */
export const arrival = (from: HostId, message: FailoverMessage): Input => {
  switch (message.type) {
    case 'PlaceAnswer':
    case 'RestartResult':
    case 'BecamePlaceable':
      return {part: 'failover', event: {type: 'Received', from, message}};
    case 'PlaceQuery':
    case 'PlaceRegister':
    case 'RestartCommand':
      return {part: 'attendant', vm: message.vm, event: standing => ({type: 'Received', from, message, standing})};
  }
};

type Unidentified = ObjectCall extends infer Call ? (Call extends ObjectCall ? Omit<Call, 'identity'> : never) : never;

/** A call to storage that is carried out at once, and whose answer is not lost. */
export const called = ({cluster, self, reachable}: Place, before: Snapshot, vm: VmId, call: Unidentified) => {
  const home = homeOf(before, vm);
  const layout = cluster.vms.find(layout => layout.vm === vm);
  if (layout === undefined) throw new RangeError(`no VM ${vm}`);
  const {repairs} = cluster.failover(self);
  const config = {layout: layout.namespace, repairs};
  const identified = {...call, identity: home.object.identity} as ObjectCall;
  const [{state, effects, rules}] = callOutcomes(config, home.object, reachable, identified);
  const [answer] = effects;
  const snapshot = cited(state === home.object ? before : withHome(before, {...home, object: state}), rules);
  return {snapshot, result: answer?.result ?? 'failed', epoch: state.lock.epoch, holder: state.lock.holder};
};

const withHome = (before: Snapshot, home: Home): Snapshot => ({
  ...before,
  homes: before.homes.map(other => (other.vm === home.vm ? home : other)),
});
