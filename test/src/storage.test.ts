import test from 'ava';
import fc from 'fast-check';
import {
  accessOf,
  type Component,
  created,
  generation,
  hostId,
  hostsOf,
  isAccessible,
  mirrored,
  type ObjectLayout,
  objectId,
  type Register,
  reachableFrom,
  repairsOf,
  resyncOutcomes,
  setOutcomes,
  vmId,
  votesOf,
} from '../../src/index.js';
import {aGeneration, layout, protection, repairs, someHosts, view} from '../arbitraries/cluster.js';
import {frozen} from '../arbitraries/frozen.js';

const [h1, h2, h3, h4] = ['h1', 'h2', 'h3', 'h4'].map(hostId) as [
  ReturnType<typeof hostId>,
  ReturnType<typeof hostId>,
  ReturnType<typeof hostId>,
  ReturnType<typeof hostId>,
];
const home = mirrored(objectId('home'), 'namespace', [h1, h2, h3]);
const disk = mirrored(objectId('disk'), 'disk', [h2, h3, h4]);
const vm = {vm: vmId('v'), namespace: home, disks: [disk]};
const everywhere = () => [h1, h2, h3, h4];

const held = (...components: readonly Component[]): ObjectLayout => ({
  object: objectId('home'),
  kind: 'namespace',
  components,
});
const replica = (host: Component['host'], votes = 1): Component => ({host, kind: 'replica', votes});
const witness = (host: Component['host'], votes = 1): Component => ({host, kind: 'witness', votes});

test('two of three votes are enough, one is not', t => {
  t.true(isAccessible(home, [h1, h2, h3], [h1, h2]));
  t.true(isAccessible(home, [h1, h2, h3], [h2, h3, h4]));
  t.false(isAccessible(home, [h1, h2, h3], [h1, h4]));
});

test('exactly half of the votes is not enough, on either side', t => {
  const tied = held(replica(h1), replica(h2));
  t.false(isAccessible(tied, [h1, h2], [h1]));
  t.false(isAccessible(tied, [h1, h2], [h2]));
  t.true(isAccessible(tied, [h1, h2], [h1, h2]));
});

test('half of the votes by weight is not enough either', t => {
  const weighted = held(replica(h1, 2), witness(h2), witness(h3));
  t.false(isAccessible(weighted, [h1, h2, h3], [h1]));
  t.true(isAccessible(weighted, [h1, h2, h3], [h1, h2]));
});

test('witnesses alone are not enough, however many votes they have', t => {
  const mostlyWitness = held(replica(h1), witness(h2), witness(h3));
  t.false(isAccessible(mostlyWitness, [h1, h2, h3], [h2, h3]));
});

test('a stale component has no vote, and its votes still count in the whole', t => {
  t.false(isAccessible(home, [h2, h3], [h1, h2]));
  t.true(isAccessible(home, [h2, h3], [h2, h3]));
});

test('a stale replica is no copy of the data', t => {
  t.false(isAccessible(home, [h3], [h1, h2, h3]));
  t.false(isAccessible(held(replica(h1), witness(h2), witness(h3)), [h2, h3], [h1, h2, h3]));
});

test('the namespace object can be accessible where the VM is not', t => {
  t.deepEqual(accessOf(vm, everywhere, [h1, h2]), {namespace: true, all: false});
  t.deepEqual(accessOf(vm, everywhere, [h2, h3]), {namespace: true, all: true});
  t.deepEqual(accessOf(vm, everywhere, [h3, h4]), {namespace: false, all: false});
});

test('a host that no side names reaches itself only', t => {
  t.deepEqual(reachableFrom([[h1, h2], [h3]], h1), [h1, h2]);
  t.deepEqual(reachableFrom([[h1, h2], [h3]], h4), [h4]);
});

const register = fc
  .record({value: protection, generation: aGeneration, layout})
  .chain(({value, generation, layout}) =>
    fc.subarray([...hostsOf(layout)]).map(current => ({layout, register: {value, generation, current}})),
  );
const request = fc.record({value: protection, generation: aGeneration});

test('ST-01: no two sides of a view ever have the object', t => {
  t.notThrows(() =>
    fc.assert(
      fc.property(register, view, ({layout, register}, view) => {
        return view.filter(side => isAccessible(layout, register.current, side)).length <= 1;
      }),
      {numRuns: 2000},
    ),
  );
});

test('SET has an outcome for every register, touches none of its inputs and stays plain data', t => {
  t.notThrows(() =>
    fc.assert(
      fc.property(register, repairs, someHosts, request, ({layout, register}, repairs, reachable, request) =>
        setOutcomes(frozen({layout, repairs}), frozen(register), frozen(reachable), frozen(request)).every(
          ({state, rules}) => JSON.stringify(JSON.parse(JSON.stringify(state))) === JSON.stringify(state) && rules[0],
        ),
      ),
      {numRuns: 2000},
    ),
  );
});

/** Every outcome of a SET, with what it was asked. */
const everySet = (
  holds: (before: Register, after: Register, reply: string | null, layout: ObjectLayout, guarded: boolean) => boolean,
): void =>
  fc.assert(
    fc.property(register, repairs, someHosts, request, ({layout, register}, repairs, reachable, request) =>
      setOutcomes({layout, repairs}, register, reachable, request).every(({state, effects}) =>
        holds(register, state, effects[0]?.result ?? null, layout, repairs.generations),
      ),
    ),
    {numRuns: 2000},
  );

test('ST-01 ST-03: a SET that is answered failed or stale has changed nothing', t => {
  t.notThrows(() => everySet((before, after, reply) => !(reply === 'failed' || reply === 'stale') || after === before));
});

test('ST-02: what a SET changed is on current components with more than half of all votes', t => {
  t.notThrows(() =>
    everySet((before, after, _reply, layout) => {
      const voting = layout.components.filter(({host}) => after.current.includes(host));
      return after === before || 2 * votesOf(voting) > votesOf(layout.components);
    }),
  );
});

test('ST-03: with generations, the register never goes back', t => {
  t.notThrows(() =>
    everySet((before, after, _reply, _layout, guarded) => !guarded || after.generation >= before.generation),
  );
});

test('a SET that is repeated at once changes nothing more', t => {
  t.notThrows(() =>
    fc.assert(
      fc.property(register, repairs, someHosts, request, ({layout, register}, repairs, reachable, request) => {
        const [{state: once}] = setOutcomes({layout, repairs}, register, reachable, request);
        const [{state: twice}] = setOutcomes({layout, repairs}, once, reachable, request);
        return JSON.stringify(twice) === JSON.stringify(once);
      }),
      {numRuns: 2000},
    ),
  );
});

test('ST-04: with generations, the same SET again is ok and changes nothing', t => {
  const repairs = repairsOf(['generations']);
  const asked = {value: 'protected', generation: generation(1)} as const;
  const [{state: once}] = setOutcomes({layout: home, repairs}, created(home, generation(0)), [h1, h2, h3], asked);
  const [again] = setOutcomes({layout: home, repairs}, once, [h2, h3], asked);
  t.deepEqual(again, {state: once, effects: [{type: 'Reply', result: 'ok'}], rules: ['ST-04']});
});

test('ST-03: with generations, another state for the same generation is refused', t => {
  const repairs = repairsOf(['generations']);
  const [{effects}] = setOutcomes({layout: home, repairs}, created(home, generation(1)), [h1, h2], {
    value: 'protected',
    generation: generation(1),
  });
  t.deepEqual(effects, [{type: 'Reply', result: 'stale'}]);
});

test('ST-02 ST-06: a component that missed a SET is stale until its side can access the object', t => {
  const repairs = repairsOf([]);
  const asked = {value: 'protected', generation: generation(1)} as const;
  const [{state: cut}] = setOutcomes({layout: home, repairs}, created(home, generation(0)), [h2, h3], asked);
  t.deepEqual(cut.current, [h2, h3]);
  const [{state: apart}] = resyncOutcomes(home, cut, [[h1, h2], [h3]]);
  t.deepEqual(apart, cut);
  const [{state: healed}] = resyncOutcomes(home, cut, [[h1, h2, h3, h4]]);
  t.deepEqual(healed.current, [h1, h2, h3]);
});

test('ST-06 ST-07: a resync loses no component, and a second one changes nothing', t => {
  t.notThrows(() =>
    fc.assert(
      fc.property(register, view, ({layout, register}, view) => {
        const [{state: once}] = resyncOutcomes(layout, register, view);
        const [{state: twice}] = resyncOutcomes(layout, once, view);
        return (
          register.current.every(host => once.current.includes(host)) && JSON.stringify(twice) === JSON.stringify(once)
        );
      }),
      {numRuns: 2000},
    ),
  );
});
