import test from 'ava';
import {audit, check, stateGraph} from '../../../model/index.js';
import {election} from '../../../model/scenes/election/election.js';
import {OPTIONS, PROPERTY_NAMES} from '../../../model/scenes/election/options.js';
import {ROLE_ROWS, RULES, type State} from '../../../src/index.js';

type Sizes = Readonly<Record<string, unknown>>;

/** Each kind of fault, at a size where the hardened protocol must hold and all that can fire does. */
const SIZES: readonly Sizes[] = [
  {cuts: 2, hosts: 2, gateway: true, datastores: true},
  {cuts: 2, hosts: 2, gateway: true, crashes: 1},
  {cuts: 2, hosts: 2, losses: 2},
  {cuts: 2, hosts: 2, commands: 1},
  {cuts: 2, hosts: 2, unreduced: true},
];

for (const size of SIZES) {
  test(`one primary for each side, and all that can fire does, with ${JSON.stringify(size)}`, async t => {
    const {verdict, complete, coverage} = await check(election, size);
    t.deepEqual({verdict, complete}, {verdict: 'holds', complete: true});
    t.deepEqual(coverage.neverFired, {actions: [], rules: []});
  });
}

/** Where less can happen, on three hosts, of which two can compete while the third is primary elsewhere. */
const CONTESTS: readonly Sizes[] = [
  {cuts: 1, commands: 1},
  {cuts: 1, losses: 1},
  {cuts: 1, gateway: true, datastores: true},
  {cuts: 1, topology: 'links', losses: 1},
  {cuts: 0, start: 'fresh'},
  {cuts: 0, crashes: 1},
  {cuts: 0, 'early-timeouts': 1},
  {cuts: 1, without: 'terms'},
];

for (const size of CONTESTS) {
  test(`three hosts agree with ${JSON.stringify(size)}`, async t => {
    const {verdict, complete} = await check(election, size);
    t.deepEqual({verdict, complete}, {verdict: 'holds', complete: true});
  });
}

test('without terms, a host obeys a primary that it knows to be superseded (H19)', async t => {
  for (const topology of ['sides', 'links']) {
    const size = {cuts: 1, commands: 1, topology};
    t.is((await check(election, {...size, without: 'terms'})).violation?.property, 'SingleCommander');
    t.is((await check(election, size)).verdict, 'holds');
  }
});

test('every rule of election and liveness fires in some exploration', async t => {
  const fired = new Set<string>();
  for (const size of [...SIZES, {cuts: 1, gateway: true}]) {
    const {coverage} = await check(election, size);
    for (const {id, generated} of coverage.rules) if (generated > 0) fired.add(id);
  }
  const expected = Object.keys(RULES).filter(id => id.startsWith('EL') || id.startsWith('LV'));
  t.true(expected.length > 20);
  t.deepEqual(
    expected.filter(id => !fired.has(id)),
    [],
  );
});

/** The rules by which a row of the table of roles is taken. With the role that it starts from, each names one row. */
const TAKEN_BY: Readonly<Record<string, readonly string[]>> = {
  silenced: ['EL-01', 'EL-08'],
  called: ['EL-07', 'EL-16'],
  rejoined: ['EL-14'],
  elected: ['EL-09', 'TM-05'],
  followed: ['EL-17'],
  superseded: ['TM-01', 'TM-07'],
  cutOff: ['EL-12', 'LV-11'],
  crashed: ['TM-09'],
  restarted: ['TM-10'],
};

test('every row of the table of roles is taken in some exploration, but for the election by somebody else', async t => {
  const taken = new Set<string>();
  for (const size of [
    {cuts: 2, hosts: 2, gateway: true},
    {cuts: 1, hosts: 2, gateway: true, crashes: 1},
    {cuts: 1, hosts: 3},
  ]) {
    const graph = await stateGraph(election, size);
    t.is(graph.reason, null);
    for (let state = 0; state < graph.states; state++) {
      const before = graph.stateAt(state);
      for (const {parameters, rules} of graph.stepsFrom(state)) {
        const from = before[`host[${String(parameters[0])}]`] as State | undefined;
        for (const {fromState, event} of ROLE_ROWS) {
          if (fromState === from?.role && TAKEN_BY[event]?.some(rule => rules.includes(rule)) === true) {
            taken.add(`${fromState} ${event}`);
          }
        }
      }
    }
  }
  t.deepEqual(
    ROLE_ROWS.map(({fromState, event}) => `${fromState} ${event}`).filter(row => !taken.has(row)),
    ['secondary elected'],
  );
});

test('what the scene forgets is what every future ignores', async t => {
  const {reductions} = await audit(election, {cuts: 2, hosts: 2});
  t.true(reductions.length > 0);
  t.deepEqual(
    reductions.filter(({verdict}) => verdict !== 'proved'),
    [],
  );
});

test('every property can be asked for by itself', async t => {
  t.deepEqual(OPTIONS.only.values, PROPERTY_NAMES);
  for (const only of PROPERTY_NAMES) t.is((await check(election, {hosts: 2, only})).verdict, 'holds', only);
});
