// Runs a host: hands it what happens, and carries out what it orders. The host itself stays pure.

import {match} from 'ts-pattern';
import {problemsIn} from '../cluster/validation.js';
import {type HostConfig, validateHost} from '../host/config.js';
import type {HostEffect, HostEvent} from '../host/events.js';
import {createHost, type Host, type HostStep} from '../host/module.js';
import type {Policy} from '../policy/policies.js';
import type {Surroundings} from './surroundings.js';

/** Called after each step, before its effects are carried out: for a log, a trace, a test. */
export type Observer = (event: HostEvent, step: HostStep) => void;

/** What somebody outside may tell a running host: what the platform wants, and what the user does on this host. */
export type Demand = Extract<
  HostEvent,
  {readonly type: 'Request' | 'PowerOn' | 'PowerOff' | 'MigratedIn' | 'MigratedOut' | 'Created' | 'ComponentLost'}
>;

export type RunningHost = {
  /** Comes up with what the disk has; nothing where it is up. */
  readonly start: () => void;
  /** Stops at once: what is not on the disk is lost. */
  readonly crash: () => void;
  readonly demand: (demand: Demand) => void;
  /** The host as it stands. */
  readonly now: () => Host;
};

/**
 * A host that is down until it is started. Events that come while one is handled wait for their turn. Throws a
 * RangeError that names each field of the configuration that is wrong.
 */
export const runHost = (
  config: HostConfig,
  policy: Policy,
  {transport, timers, disk, tell}: Surroundings,
  observe: Observer = () => {},
): RunningHost => {
  const problems = problemsIn(validateHost(config));
  if (problems.length > 0) throw new RangeError(problems.map(({field, reason}) => `${field} ${reason}`).join('; '));
  let host = createHost(config, policy, disk.read() ?? undefined);
  let waiting: readonly HostEvent[] = [];
  let busy = false;

  const handle = (event: HostEvent): void => {
    waiting = [...waiting, event];
    if (busy) return;
    busy = true;
    while (waiting.length > 0) {
      const [next, ...others] = waiting;
      waiting = others;
      if (next === undefined) break;
      const step = host.step(next);
      host = step.host;
      observe(next, step);
      for (const effect of step.effects) carryOut(effect);
    }
    busy = false;
  };

  const carryOut = (effect: HostEffect): void =>
    match(effect)
      .with({type: 'Persist'}, ({durable}) => disk.write(durable))
      .with({type: 'Send', network: 'ha'}, ({to, network, message}) => transport.send(to, {network, message}))
      .with({type: 'Send', network: 'storage'}, ({to, network, message}) => transport.send(to, {network, message}))
      .with({type: 'SetTimer'}, ({timer}) => timers.set(timer, () => handle({type: 'TimerFired', timer})))
      .with({type: 'CancelTimer'}, ({timer}) => timers.cancel(timer))
      .with({type: 'CheckIsolation'}, () => handle({type: 'IsolationChecked', reachable: transport.isolationAddress()}))
      .with({type: 'Probe'}, ({host}) => handle({type: 'Probed', host, ...transport.probe(host)}))
      .with({type: 'Report'}, {type: 'PoweredOn'}, notice => tell(notice))
      .exhaustive();

  const isUp = (): boolean => host.state.storage.role === 'up';

  return {
    start: () => {
      if (isUp()) return;
      host = createHost(config, policy, disk.read() ?? undefined);
      const reachable = transport.open({
        receive: (from, carried) => handle({type: 'Received', from, ...carried}),
        view: reachable => handle({type: 'ViewChanged', reachable}),
      });
      handle({type: 'Restarted', reachable});
    },
    crash: () => {
      if (!isUp()) return;
      transport.close();
      timers.clear();
      waiting = [];
      handle({type: 'Crashed'});
    },
    demand: handle,
    now: () => host,
  };
};
