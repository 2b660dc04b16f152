// The rules of several VMs at a primary, and of the moment before it waits, each by an example.

import test from 'ava';
import {
  type Effect,
  type Event,
  electedPrimary,
  type Fallback,
  generation,
  outcomes,
  profile,
  type Repair,
  round,
  type State,
  vmId,
} from '../../../src/index.js';
import {CONFIG, H1, H3, NOWHERE, T} from './three-hosts.js';

const [V, W, X] = [vmId('v'), vmId('w'), vmId('x')];
const memory = (vm: typeof V) => ({vm, value: 'protected', generation: generation(1), round: round(0)}) as const;
const setting = (vm: typeof V): Fallback => ({...memory(vm), phase: 'setting'});
const queued = (vm: typeof V): Fallback => ({...memory(vm), phase: 'queued'});
const without = (...minus: readonly Repair[]) => ({...CONFIG, repairs: profile('hardened', {minus})});
const SERIAL = without('parallel-fallbacks');
const primary = (...fallbacks: readonly Fallback[]): State => ({...electedPrimary(T), fallbacks});
const request: Event = {type: 'Request', vm: W, value: 'protected', generation: generation(1)};
const called = (effects: readonly Effect[]) =>
  effects.flatMap(effect => (effect.type === 'CallStorage' ? [effect.call.vm] : []));

test('FB-31: while another VM is in work, a VM whose round would begin is queued, and nothing is called', t => {
  const [only, ...more] = outcomes(SERIAL, primary(setting(V)), request);
  t.deepEqual(more, []);
  t.deepEqual(only.state, primary(setting(V), queued(W)));
  t.deepEqual(called(only.effects), []);
  const [beside] = outcomes(CONFIG, primary(setting(V)), request);
  t.deepEqual(beside.state, primary(setting(V), setting(W)));
  t.deepEqual(called(beside.effects), [W]);
});

test('FB-32: when no VM is in work any more, the round of one that is queued begins, whichever', t => {
  const before = primary(setting(V), queued(W), queued(X));
  const {vm, value, generation, round} = memory(V);
  const own = {type: 'Own', term: T, round} as const;
  const after = outcomes(SERIAL, before, {
    type: 'StorageReplied',
    call: {vm, value, generation, purpose: own},
    result: 'ok',
    ...NOWHERE,
  });
  const idle: Fallback = {...memory(V), phase: 'idle'};
  t.deepEqual(
    after.map(({state}) => state),
    [primary(idle, setting(W), queued(X)), primary(idle, queued(W), setting(X))],
  );
  t.deepEqual(
    after.map(({effects}) => called(effects)),
    [[W], [X]],
  );
});

test('WT-02: who would begin to wait and can access the VM by now starts a new round instead', t => {
  const querying: Fallback = {
    ...memory(V),
    phase: 'querying',
    asked: [H1, H3],
    awaited: [H3],
    positive: [],
    covered: [],
  };
  const {vm, generation, round: attempt} = memory(V);
  const no = {type: 'AccessAnswer', term: T, vm, generation, round: attempt, accessible: false, reachable: []} as const;
  const answered: Event = {
    type: 'Received',
    from: H3,
    message: no,
    accessible: {namespace: true, all: false},
    reachable: [],
  };
  const [again] = outcomes(CONFIG, primary(querying), answered);
  t.deepEqual(again.state, primary({...setting(V), round: round(1)}));
  t.deepEqual(called(again.effects), [V]);
  const waiting: State = primary({...memory(V), phase: 'waiting'});
  t.deepEqual(outcomes(without('level-triggered'), primary(querying), answered)[0].state, waiting);
  t.deepEqual(outcomes(CONFIG, primary(querying), {...answered, ...NOWHERE})[0].state, waiting);
});
