import test from 'ava';
import fc from 'fast-check';
import {
  callOutcomes,
  createdObject,
  epoch,
  generation,
  getOutcomes,
  hostId,
  identity,
  mirrored,
  type NamespaceObject,
  type ObjectCall,
  objectId,
  readingOf,
  repairsOf,
} from '../../src/index.js';
import {repairs, someHosts} from '../arbitraries/cluster.js';
import {frozen} from '../arbitraries/frozen.js';
import {namespaceObject, objectCall} from '../arbitraries/storage.js';

const [h1, h2, h3] = ['h1', 'h2', 'h3'].map(hostId) as [
  ReturnType<typeof hostId>,
  ReturnType<typeof hostId>,
  ReturnType<typeof hostId>,
];
const layout = mirrored(objectId('home'), 'namespace', [h1, h2, h3]);
const config = {layout, repairs: repairsOf(['generations', 'object-identity'])};
const everyone = [h1, h2, h3];
const fresh = createdObject(layout, identity(1));
const one = identity(1);

/** What becomes of the object, and what is answered, where the answer is not lost. */
const called = (object: NamespaceObject, reachable: readonly (typeof h1)[], call: ObjectCall) => {
  const [{state, effects, rules}] = callOutcomes(config, object, reachable, call);
  return {object: state, result: effects[0]?.result, epoch: effects[0]?.epoch, rule: rules[0]};
};

const takenBy1 = called(fresh, everyone, {type: 'TakeLock', identity: one, host: h1, attempt: null}).object;

test('ST-01: without a quorum no call changes anything, the lock included', t => {
  t.deepEqual(called(fresh, [h1], {type: 'TakeLock', identity: one, host: h1, attempt: null}), {
    object: fresh,
    result: 'failed',
    epoch: epoch(0),
    rule: 'ST-01',
  });
});

test('ST-08: a late SET that was meant for the object before is refused', t => {
  const {object} = called(fresh, everyone, {type: 'Create', identity: identity(2)});
  const late = {type: 'Set', identity: one, value: 'protected', generation: generation(1)} as const;
  t.deepEqual(called(object, everyone, late), {object, result: 'stale', epoch: epoch(0), rule: 'ST-08'});
  const [{state}] = callOutcomes({layout, repairs: repairsOf(['generations'])}, object, everyone, late);
  t.is(state.register.value, 'protected', 'and carried out where nobody looks at the identity');
});

const second = {generation: generation(0), number: 1};
const tried = called(fresh, everyone, {type: 'TakeLock', identity: one, host: h1, attempt: second}).object;

test('LK-07: whoever takes the lock for an attempt counts it in the same write', t => {
  t.is(tried.attempts, 2, 'the second attempt');
  t.is(takenBy1.attempts, 0, 'the user tries as often as he likes');
  const late = {type: 'TakeLock', identity: one, host: h1, attempt: {generation: generation(7), number: 4}} as const;
  t.is(called(fresh, everyone, late).object.attempts, 0, 'an attempt under another generation');
  const held = called(tried, everyone, {type: 'TakeLock', identity: one, host: h2, attempt: second});
  t.deepEqual([held.object, held.result], [tried, 'held'], 'what did not get the lock');
});

test('LK-07: of two primaries none takes back what the other has counted, however late its command', t => {
  const take = (number: number) =>
    ({type: 'TakeLock', identity: one, host: h1, attempt: {generation: generation(0), number}}) as const;
  const counts = [0, 1, 1, 1, 4, 0].reduce<readonly (typeof tried)[]>(
    (objects, number) => [...objects, called(objects.at(-1) ?? fresh, everyone, take(number)).object],
    [],
  );
  t.deepEqual(
    counts.map(({attempts}) => attempts),
    [1, 2, 2, 2, 5, 5],
  );
});

test('LK-08: the holder of the lock clears the count when the VM runs, nobody else does', t => {
  const clear = {type: 'ClearAttempts', identity: one, host: h1, epoch: epoch(1)} as const;
  const {object, result, rule} = called(tried, everyone, clear);
  t.deepEqual([object.attempts, result, rule], [0, 'ok', 'LK-08']);
  const other = called(tried, everyone, {...clear, host: h2});
  t.deepEqual([other.object, other.result, other.rule], [tried, 'stale', 'LK-05']);
});

test('ST-14: attempts count for one generation of the protection state', t => {
  const wanted = {type: 'Set', identity: one, value: 'protected', generation: generation(1)} as const;
  const [{state, rules}] = callOutcomes(config, tried, everyone, wanted);
  t.is(state.attempts, 0);
  t.true(rules.includes('ST-14'));
});

test('ST-09 ST-10: a VM is created anew once, with nothing of what was before but the two counts', t => {
  const on = {type: 'Set', identity: one, value: 'protected', generation: generation(1)} as const;
  const former = called(takenBy1, everyone, on).object;
  const {object, rule} = called(former, everyone, {type: 'Create', identity: identity(2)});
  const fresh = createdObject(layout, identity(2));
  const register = {...fresh.register, generation: generation(1)};
  t.deepEqual([object, rule], [{...fresh, register, lock: {...takenBy1.lock, holder: null}}, 'ST-10']);
  t.deepEqual(called(object, everyone, {type: 'Create', identity: identity(2)}).result, 'stale');
});

test('LK-01 LK-02: only one of two hosts that reach each other takes the lock', t => {
  t.deepEqual(takenBy1.lock, {holder: h1, epoch: epoch(1)});
  const again = called(takenBy1, everyone, {type: 'TakeLock', identity: one, host: h2, attempt: null});
  t.deepEqual([again.object, again.result, again.rule], [takenBy1, 'held', 'LK-02']);
});

test('LK-03 LK-05: a lock whose holder is cut off is broken, and its old epoch writes no more', t => {
  const broken = called(takenBy1, [h2, h3], {type: 'TakeLock', identity: one, host: h2, attempt: null});
  t.deepEqual([broken.object.lock, broken.rule], [{holder: h2, epoch: epoch(2)}, 'LK-03']);
  const write = (host: typeof h1, of: number) =>
    called(broken.object, everyone, {type: 'Write', identity: one, host, epoch: epoch(of)}).rule;
  t.deepEqual([write(h1, 1), write(h2, 1), write(h2, 2)], ['LK-05', 'LK-05', 'LK-06']);
});

test('LK-04: a released lock keeps its epoch, so that the next holder has another', t => {
  const {object, rule} = called(takenBy1, everyone, {type: 'ReleaseLock', identity: one, host: h1, epoch: epoch(1)});
  t.deepEqual([object.lock, rule], [{holder: null, epoch: epoch(1)}, 'LK-04']);
  t.is(called(object, everyone, {type: 'TakeLock', identity: one, host: h1, attempt: null}).epoch, epoch(2));
});

test('ST-11 to ST-13: GET tells what is committed or what was, and nothing where the object is not accessible', t => {
  const set = {type: 'Set', identity: one, value: 'protected', generation: generation(1)} as const;
  const {object} = called(fresh, everyone, set);
  const told = (reachable: readonly (typeof h1)[]) =>
    getOutcomes(config, object, reachable, readingOf(fresh)).map(({effects, rules}) => [effects[0]?.reading, rules[0]]);
  t.deepEqual(told([h1, h2]), [
    [readingOf(object), 'ST-11'],
    [readingOf(fresh), 'ST-13'],
  ]);
  t.deepEqual(told([h1]), [[null, 'ST-12']]);
});

test('with its repairs, no call takes a generation, an epoch or an identity back, and a refusal changes nothing', t => {
  t.notThrows(() =>
    fc.assert(
      fc.property(namespaceObject, someHosts, objectCall, repairs, (before, reachable, call, mixed) =>
        callOutcomes(frozen({layout, repairs: {...mixed, generations: true}}), frozen(before), reachable, call).every(
          ({state, effects}) => {
            const same = state.identity === before.identity;
            const forwards =
              !same ||
              (state.register.generation >= before.register.generation && state.lock.epoch >= before.lock.epoch);
            return (
              forwards &&
              state.identity >= before.identity &&
              (effects[0]?.result === 'ok' || effects.length === 0 || state === before)
            );
          },
        ),
      ),
      {numRuns: 3000},
    ),
  );
});
