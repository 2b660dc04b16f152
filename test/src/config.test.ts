import test from 'ava';
import {
  type Config,
  type HostConfig,
  hostId,
  mirrored,
  objectId,
  problemsIn,
  profile,
  SCHEDULE,
  validate,
  validateFailover,
  validateHost,
  validateRuntime,
  validateStorage,
  vmId,
} from '../../src/index.js';

const [h1, h2, h3, h9] = [hostId('h1'), hostId('h2'), hostId('h3'), hostId('h9')];
const namespace = mirrored(objectId('home'), 'namespace', [h1, h2, h3]);
const disk = mirrored(objectId('disk'), 'disk', [h1, h2, h3]);
const sound: Config = {
  self: h1,
  hosts: [h1, h2, h3],
  vms: [{vm: vmId('v'), namespace, disks: [disk]}],
  repairs: profile('hardened'),
  elector: 'external',
  datastores: 0,
  isolationResponse: 'leave',
  subsets: 'any',
};

const said = (validation: Parameters<typeof problemsIn>[0]): readonly string[] =>
  problemsIn(validation).map(({field, reason}) => `${field}: ${reason}`);
const problemsOf = (config: Config): readonly string[] => said(validate(config));
const withNamespace = (changed: Partial<typeof namespace>): Config => ({
  ...sound,
  vms: [{vm: vmId('v'), namespace: {...namespace, ...changed}, disks: [disk]}],
});

test('a sound configuration is valid', t => {
  t.deepEqual(validate(sound), {type: 'Valid', config: sound});
});

test('the own host must be one of the hosts', t => {
  t.deepEqual(problemsOf({...sound, self: h9}), ['self: h9 is not among the hosts']);
});

test('hosts are sorted and named once', t => {
  t.deepEqual(problemsOf({...sound, hosts: [h1, h2, h3, h3]}), [
    'hosts[3]: h3 must come before h3: hosts are sorted and named once',
  ]);
});

test('an election needs two hosts', t => {
  const alone = {...sound, hosts: [h1], vms: []};
  t.deepEqual(problemsOf(alone), []);
  t.deepEqual(problemsOf({...alone, elector: 'builtin'}), ['hosts: has 1: an election needs at least two']);
});

test('datastores are counted', t => {
  t.deepEqual(problemsOf({...sound, datastores: -1}), ['datastores: is -1: must be an integer that is not negative']);
});

test('a layout that names an unknown host is refused', t => {
  const components = [...namespace.components.slice(0, 2), {host: h9, kind: 'witness' as const, votes: 1}];
  t.deepEqual(problemsOf(withNamespace({components})), [
    'vms[0].namespace.components[2].host: h9 is not among the hosts',
  ]);
});

test('two components of an object on one host are refused', t => {
  const components = [...namespace.components.slice(0, 2), {host: h1, kind: 'witness' as const, votes: 1}];
  t.deepEqual(problemsOf(withNamespace({components})), [
    'vms[0].namespace.components[2].host: holds a component of this object already',
  ]);
});

test('votes that can tie are refused', t => {
  t.deepEqual(problemsOf(withNamespace({components: namespace.components.slice(0, 2)})), [
    'vms[0].namespace.components: has 2 votes: an even number can tie',
  ]);
});

test('votes are positive integers', t => {
  const [first, second, third] = namespace.components.map((component, index) => ({
    ...component,
    votes: [-1, 1.5, 0.5][index] ?? 0,
  }));
  t.deepEqual(
    problemsOf(withNamespace({components: [first, second, third].flatMap(one => (one === undefined ? [] : [one]))})),
    [
      'vms[0].namespace.components[0].votes: is -1: must be a positive integer',
      'vms[0].namespace.components[1].votes: is 1.5: must be a positive integer',
      'vms[0].namespace.components[2].votes: is 0.5: must be a positive integer',
    ],
  );
});

test('an object without components, and so without a replica, is refused', t => {
  t.deepEqual(problemsOf(withNamespace({components: []})), [
    'vms[0].namespace.components: has no replica, so the object could never be read',
    'vms[0].namespace.components: has 0 votes: an even number can tie',
  ]);
});

test('a disk cannot be the namespace object', t => {
  t.deepEqual(problemsOf(withNamespace({kind: 'disk'})), ['vms[0].namespace.kind: must be namespace']);
});

test('VMs and objects are named once', t => {
  const [vm] = sound.vms;
  t.deepEqual(problemsOf({...sound, vms: vm === undefined ? [] : [vm, vm]}), [
    'vms[1].vm: is named twice',
    'vms[1].namespace.object: home is named twice',
    'vms[1].disks[0].object: disk is named twice',
  ]);
});

const whole: HostConfig = {
  ...sound,
  elector: 'builtin',
  plans: [{vm: vmId('v'), stored: true, priority: 0}],
  placement: 'ask',
  scope: 'all',
  schedule: SCHEDULE,
  concurrency: 32,
  notices: 'per-vm',
  capacity: 2,
  cleanByDefault: true,
};

test('a whole host is sound if each of its modules is, and each problem is named once', t => {
  t.deepEqual(validateHost(whole), {type: 'Valid', config: whole});
  t.deepEqual(said(validateHost({...whole, self: h9})), ['self: h9 is not among the hosts']);
  t.deepEqual(said(validateHost({...whole, capacity: -1, concurrency: 0})), [
    'concurrency: is 0: must be a positive integer',
    'capacity: is -1: must be an integer that is not negative',
  ]);
});

test('a whole host elects by itself: nobody hands the word of an external elector in', t => {
  t.deepEqual(said(validateHost({...whole, elector: 'external'})), [
    'elector: is external: nobody outside tells a whole host who is elected, so builtin',
  ]);
});

test('a plan is for a VM that has a layout', t => {
  const plans = [...whole.plans, {vm: vmId('w'), stored: true, priority: 0}];
  t.deepEqual(said(validateHost({...whole, plans})), ['plans[1].vm: w has no layout']);
});

test('attempts begin at once and rise, plans are sorted, priorities are integers', t => {
  t.deepEqual(said(validateFailover({...whole, schedule: []})), ['schedule: has no attempt']);
  t.deepEqual(said(validateFailover({...whole, schedule: [1, 2, 2]})), [
    'schedule[0]: is 1: attempts begin at 0 and rise',
    'schedule[2]: is 2: attempts begin at 0 and rise',
  ]);
  const plans = [...whole.plans, {vm: vmId('a'), stored: true, priority: 0.5}];
  t.deepEqual(said(validateFailover({...whole, plans})), [
    'plans[1].vm: a must come after v: VMs are sorted and named once',
    'plans[1].priority: is 0.5: must be an integer',
  ]);
});

test('a storage module refuses a layout that could tie, or that names an unknown host', t => {
  const components = [
    {host: h1, kind: 'replica' as const, votes: 1},
    {host: h9, kind: 'replica' as const, votes: 1},
  ];
  const vms = [{vm: vmId('v'), namespace: {...namespace, components}, disks: []}];
  t.deepEqual(said(validateStorage({...whole, vms})), [
    'vms[0].namespace.components: has 2 votes: an even number can tie',
    'vms[0].namespace.components[1].host: h9 is not among the hosts',
  ]);
  t.deepEqual(said(validateRuntime({...whole, capacity: 0.5})), [
    'capacity: is 0.5: must be an integer that is not negative',
  ]);
});
