// Orders about timers that a subject may give or leave out.

import test from 'ava';
import fc from 'fast-check';
import {isIdleOnHost} from '../../conformance/ha/idle.js';
import {withoutNeedless} from '../../conformance/ha/needless.js';
import {failoverState} from '../arbitraries/failover.js';
import {primary} from '../arbitraries/ha.js';
import {hostConfig} from '../arbitraries/host.js';

const SILENCE = {type: 'Silence'};
const ROUND = {type: 'Failover', vm: 'v1', stage: 'starting', round: 2, attempt: 0};
const set = (timer: object) => ({type: 'SetTimer', timer});
const cancel = (timer: object) => ({type: 'CancelTimer', timer});
const fired = (timer: object) => ({type: 'TimerFired', timer});
const sent = {type: 'Send', to: 'h2'};

const SAME: Readonly<Record<string, readonly [given: readonly object[], meant: readonly object[]]>> = {
  'of several orders about one timer the last': [
    [set(SILENCE), sent, set(SILENCE)],
    [sent, set(SILENCE)],
  ],
  'of one that is set anew no cancelling': [[cancel(SILENCE), set(SILENCE)], [set(SILENCE)]],
  'of one that may have run before that it is cancelled': [[set(SILENCE), cancel(SILENCE)], [cancel(SILENCE)]],
  'of one that is new with its round, and over in the step, nothing': [[set(ROUND), cancel(ROUND), sent], [sent]],
  'of one that runs, whatever comes between, that it is cancelled': [
    [cancel(ROUND), set(ROUND), cancel(ROUND)],
    [cancel(ROUND)],
  ],
  'of other timers each its own': [
    [set(ROUND), cancel(SILENCE)],
    [set(ROUND), cancel(SILENCE)],
  ],
};

for (const [claim, [given, meant]] of Object.entries(SAME)) {
  test(`what counts is, ${claim}`, t => {
    t.deepEqual(withoutNeedless({type: 'Restarted'}, given), meant);
  });
}

test('a timer that has just fired need not be cancelled', t => {
  t.deepEqual(withoutNeedless(fired({...ROUND}), [cancel(ROUND), cancel(SILENCE)]), [cancel(SILENCE)]);
  t.deepEqual(withoutNeedless(fired(ROUND), [set(ROUND)]), [set(ROUND)]);
});

test('a timer that the configuration does not have may be cancelled, and one that runs may not be left alone', t => {
  const stages = new Set<string>();
  fc.assert(
    fc.property(hostConfig, primary, failoverState, (config, ha, failover) => {
      const {repairs, placement} = config;
      const state = {ha: {ha, lead: {failover, knowledge: [], whereabouts: []}, placeWatches: []}};
      for (const entry of failover.inventory) {
        const {vm, stage, round, attempts: attempt} = entry;
        const isSilent = stage === 'starting' || (stage === 'placing' && entry.awaited.length > 0);
        const isRegistered = ['lacking', 'waiting', 'exhausted'].includes(stage) && placement !== 'publish';
        const runs = stage === 'delayed' || (repairs.timeouts && (isSilent || isRegistered));
        if (runs) stages.add(stage);
        const timer = {type: 'Failover', vm, stage, round, attempt};
        t.is(isIdleOnHost(config, state, timer), !runs, stage);
        t.true(isIdleOnHost(config, state, {...timer, round: round + 1}), stage);
      }
      t.is(isIdleOnHost(config, state, {type: 'Retrieval'}), !repairs['periodic-retrieval']);
      for (const {vm, phase, generation, round} of ha.fallbacks) {
        const runs = repairs.timeouts && phase !== 'idle' && phase !== 'queued';
        t.is(isIdleOnHost(config, state, {type: 'Fallback', vm, phase, generation, round}), !runs, phase);
      }
    }),
    {numRuns: 500},
  );
  t.is(stages.size, 6);
});
