// What the protocol is for. The names are those of the project's list of properties; each says what it means here.

import {type HostId, type Message, reachableFrom, setOutcomes, votesOf} from '../../../src/index.js';
import {type Builder, type Read, same} from '../../index.js';
import type {PropertyName} from './options.js';
import {fallbackAt, liesIn, requestAt} from './silence.js';
import {canAccess, isCommitted} from './standing.js';
import type {World} from './world.js';

type Declare = (m: Builder, world: World, name: string) => void;

export const PROPERTIES = {
  /** What is committed never goes back to an older generation, nor changes within one. */
  MonotoneMeta: (m, {register}, name) => {
    m.stepProperty(name, {of: [register]}, (before, after) => {
      const [old, now] = [before(register), after(register)];
      return now.generation > old.generation || (now.generation === old.generation && now.value === old.value);
    });
  },

  /**
   * What the user was told is switched off is not committed as protected, or a failure of its host would power it on
   * against the user's will. An intent counts as delivered when it is reported done; the strict form would also blame a
   * primary for what it was just asked and could not do yet.
   */
  NoResurrection: (m, {platform, register}, name) => {
    m.invariant(name, read => {
      const {value, generation, reported} = read(platform);
      return !(value === 'unprotected' && reported === generation && read(register).value === 'protected');
    });
  },

  /** What was reported done is committed, or something newer is. */
  ReportedImpliesDurable: (m, {platform, register}, name) => {
    m.invariant(name, read => read(platform).reported <= read(register).generation);
  },

  /** What a SET changes it changes on more than half of all votes and a replica, on one side, none of them stale. */
  NoMinorityCommit: (m, {cluster, view, register}, name) => {
    const {components} = cluster.vm.namespace;
    m.stepProperty(name, {of: [register]}, (before, after) => {
      const [old, now] = [before(register), after(register)];
      if (old.generation === now.generation && old.value === now.value) return true;
      const written = components.filter(({host}) => now.current.includes(host));
      return (
        2 * votesOf(written) > votesOf(components) &&
        written.some(({kind}) => kind === 'replica') &&
        now.current.every(host => old.current.includes(host)) &&
        after(view).some(side => now.current.every(host => side.includes(host)))
      );
    });
  },

  /** A SET that was called anywhere could be carried out twice and would change as much as once. */
  IdempotentSet: (m, {cluster, repairs, view, register, calls}, name) => {
    const config = {layout: cluster.vm.namespace, repairs};
    m.invariant(name, {each: cluster.hosts}, (read, host) =>
      read(calls(host)).every(call => {
        const reachable = reachableFrom(read(view), host);
        const [{state: once}] = setOutcomes(config, read(register), reachable, call);
        const [{state: twice}] = setOutcomes(config, once, reachable, call);
        return same(once, twice);
      }),
    );
  },

  /** A host takes no command of a lower term than the highest it has seen. */
  SingleCommander: (m, {cluster, host, calls}, name) => {
    m.stepProperty(name, {of: calls.members}, (before, after) =>
      cluster.hosts.every(at => {
        const known = before(calls(at));
        return after(calls(at)).every(
          call =>
            call.purpose.type === 'Own' || known.includes(call) || call.purpose.term >= before(host(at)).durable.term,
        );
      }),
    );
  },

  /**
   * A primary that begins to wait has heard of everyone and has tried everyone who said yes: nothing that belongs to
   * its round is under way, or was when the last command failed.
   */
  ExhaustBeforeWaiting: (m, {cluster: {hosts}, host, inbox}, name) => {
    const areUnderWay = (read: Read, at: HostId, ...types: readonly Message['type'][]): boolean => {
      const id = requestAt(read(host(at)));
      return (
        id !== null &&
        hosts.some(
          other => liesIn(read(inbox(other)), at, id, ...types) || liesIn(read(inbox(at)), other, id, ...types),
        )
      );
    };
    m.stepProperty(name, {of: host.members}, (before, after) =>
      hosts.every(at => {
        const known = fallbackAt(before(host(at)));
        if (known?.phase === 'waiting' || fallbackAt(after(host(at)))?.phase !== 'waiting') return true;
        const skipped =
          known?.phase === 'commanding' &&
          (known.positive.length > 0 || areUnderWay(before, at, 'AccessQuery', 'AccessAnswer'));
        return !skipped && !areUnderWay(after, at, 'AccessQuery', 'AccessAnswer', 'SetCommand', 'SetResult');
      }),
    );
  },

  // The rest is asked where nothing more happens by itself. If there is no primary, or no host that is up can access
  // the namespace object, nothing need have happened.

  /** The VM is committed as protected if that is what the user wants. */
  EventuallyProtected: (m, world, name) => {
    const [led, committed, can] = [world.leads, isCommitted(world), canAccess(world, 'namespace')];
    m.quiescent(
      name,
      read => read(world.platform).value === 'unprotected' || committed(read) || !read(led) || !can(read),
    );
  },

  /** The VM is committed as unprotected if that is what the user wants. */
  EventuallyUnprotected: (m, world, name) => {
    const [led, committed, can] = [world.leads, isCommitted(world), canAccess(world, 'namespace')];
    m.quiescent(
      name,
      read => read(world.platform).value === 'protected' || committed(read) || !read(led) || !can(read),
    );
  },

  /** What the user wants and is committed has been reported. */
  EventuallyReported: (m, world, name) => {
    const [led, committed, can] = [world.leads, isCommitted(world), canAccess(world, 'namespace')];
    m.quiescent(name, read => {
      const {generation, reported} = read(world.platform);
      return reported === generation || !committed(read) || !read(led) || !can(read);
    });
  },

  /** The primary does not wait for what a host that is up can access already. */
  NoLostWakeup: (m, world, name) => {
    const [led, can] = [world.leads, canAccess(world, world.scope)];
    const {host, election} = world;
    m.quiescent(
      name,
      read => fallbackAt(read(host(read(election).primary)))?.phase !== 'waiting' || !read(led) || !can(read),
    );
  },
} satisfies Readonly<Record<PropertyName, Declare>>;
