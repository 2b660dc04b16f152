// Laws of the composed host: true of every walk of well-typed events, likely or not.

import test, {type ExecutionContext} from 'ava';
import fc from 'fast-check';
import {
  careful,
  createHost,
  eager,
  type Host,
  type HostConfig,
  type HostEvent,
  type HostStep,
  hostAt,
  hostOutcomes,
  isApplicable,
  type Policy,
  patient,
} from '../../../src/index.js';
import {frozen} from '../../arbitraries/frozen.js';
import {hostConfig, hostEvent, walk} from '../../arbitraries/host.js';

type Stage = {readonly config: HostConfig; readonly before: Host; readonly event: HostEvent; readonly step: HostStep};

const policies = fc.constantFrom<Policy>(eager, careful, patient);

/** Every step of a walk, its inputs frozen through and through. */
const stagesOf = (config: HostConfig, policy: Policy, events: readonly HostEvent[]): readonly Stage[] => {
  let host = createHost(frozen(config), policy);
  return events.map(event => {
    const before = host;
    frozen(before.state);
    const step = before.step(frozen(event));
    host = step.host;
    return {config, before, event, step};
  });
};

const always = (t: ExecutionContext, holds: (stage: Stage) => boolean): void => {
  t.notThrows(() =>
    fc.assert(
      fc.property(hostConfig, policies, walk, (config, policy, events) =>
        stagesOf(config, policy, events).every(holds),
      ),
      {numRuns: 100, endOnFailure: true},
    ),
  );
};

const strip = ({host: {state}, effects, rules}: HostStep) => ({state, effects, rules});

const isJson = (value: unknown): boolean => {
  const text = JSON.stringify(value);
  return JSON.stringify(JSON.parse(text)) === text && !/undefined/.test(text);
};

test('every event has a step with a rule, and nothing that is handed in is changed', t => {
  always(t, ({step: {rules}}) => rules.length > 0);
});

test('states, effects and what is durable are plain data', t => {
  always(t, ({step: {host, effects}}) => isJson(host.state) && isJson(host.durable) && isJson(effects));
});

test('whatever the policy picks is one of the outcomes that the relation allows', t => {
  always(t, ({config, before, event, step}) => {
    const taken = JSON.stringify(strip(step));
    return hostOutcomes(config, before.state, event).some(outcome => JSON.stringify(outcome) === taken);
  });
});

test('a host that was written as JSON takes the same step', t => {
  t.notThrows(() =>
    fc.assert(
      fc.property(hostConfig, policies, walk, hostEvent, (config, policy, events, next) => {
        const last = stagesOf(config, policy, events).at(-1)?.step.host ?? createHost(config, policy);
        const copy = hostAt(config, policy, JSON.parse(JSON.stringify(last.state)));
        return JSON.stringify(strip(copy.step(next))) === JSON.stringify(strip(last.step(next)));
      }),
      {numRuns: 100, endOnFailure: true},
    ),
  );
});

test('what is durable, alone, is enough to come up again and go on', t => {
  t.notThrows(() =>
    fc.assert(
      fc.property(hostConfig, policies, walk, walk, (config, policy, events, others) => {
        const last = stagesOf(config, policy, events).at(-1)?.step.host ?? createHost(config, policy);
        let host = createHost(config, policy, JSON.parse(JSON.stringify(last.durable)));
        const isSame = JSON.stringify(host.durable) === JSON.stringify(last.durable);
        for (const event of others) host = host.step(event).host;
        return isSame && host.durable.ha.term >= last.durable.ha.term;
      }),
      {numRuns: 100, endOnFailure: true},
    ),
  );
});

test('HO-19: what has changed and is to survive is persisted first, once, and nothing else is', t => {
  always(t, ({before, step: {host, effects}}) => {
    const changed = JSON.stringify(before.durable) !== JSON.stringify(host.durable);
    const [first, ...others] = effects;
    const isPersisted = first?.type === 'Persist' && JSON.stringify(first.durable) === JSON.stringify(host.durable);
    return changed === isPersisted && !others.some(({type}) => type === 'Persist');
  });
});

test('HO-10: nothing is sent to the own host', t => {
  always(t, ({config, step: {effects}}) =>
    effects.every(effect => effect.type !== 'Send' || effect.to !== config.self),
  );
});

test('HO-20: a host that is down does nothing, and knows what is durable only', t => {
  always(t, ({before, event, step: {host, effects}}) => {
    const wasDown = before.state.storage.role === 'down';
    const {ha, storage, runtime, pending, ended} = host.state;
    const isDown = ha.ha.role === 'down' && storage.role === 'down';
    return (
      (!wasDown || event.type === 'Restarted' || effects.length === 0) &&
      isDown === (event.type === 'Crashed' || (wasDown && event.type !== 'Restarted')) &&
      (!isDown || (runtime.length + pending.length + ended.length === 0 && ha.lead === null))
    );
  });
});

test('HO-01 HO-02: a host has what a primary keeps exactly while it is primary', t => {
  always(t, ({step: {host}}) => (host.state.ha.lead !== null) === (host.state.ha.ha.role === 'primary'));
});

test('HO-12: a power-on waits for the lock exactly while the VM is starting', t => {
  always(t, ({step: {host}}) => {
    const {runtime, pending} = host.state;
    return runtime.every(
      ({vm, power}) => power !== 'starting' || pending.some(call => call.vm === vm && call.set === null),
    );
  });
});

// What no storage module with these repairs sends is taken all the same: those rules are about whoever sent it.
test('what a step cites applies under the repairs that are on', t => {
  always(
    t,
    ({config, event, step: {rules}}) =>
      (event.type === 'Received' && event.network === 'storage') ||
      rules.every(rule => isApplicable(rule, config.repairs)),
  );
});
