import test from 'ava';
import {audit, check} from '../../../model/index.js';
import {isOfScene} from '../../../model/scenes/retrieve/coverage.js';
import {retrieve} from '../../../model/scenes/retrieve/retrieve.js';
import {RULES} from '../../../src/index.js';

const SMALL = {views: 1, commits: 1, handovers: 1};

test('hardened, a primary learns of every protected VM that is accessible somewhere, and forgets nothing', async t => {
  for (const more of [{}, {losses: 1}, {writer: 'primary'}]) {
    const {verdict, complete} = await check(retrieve, {...SMALL, ...more});
    t.deepEqual({verdict, complete}, {verdict: 'holds', complete: true}, JSON.stringify(more));
  }
});

/** What is missed when it is read back once: H22, somebody else writes it later; H17, the caches lagged. */
const ONCE = {
  'another primary writes it later': {views: 0, commits: 1, handovers: 0},
  'the caches lagged at the election': {views: 0, commits: 1, handovers: 1, writer: 'primary'},
  'a message was lost': {views: 0, commits: 1, handovers: 1, writer: 'primary', losses: 1},
};

for (const [why, size] of Object.entries(ONCE)) {
  test(`as claimed, a primary may never learn of a protected VM: ${why}`, async t => {
    const {violation} = await check(retrieve, {...size, profile: 'claimed', only: 'MasterLearns'});
    t.is(violation?.property, 'MasterLearns');
  });

  test(`what a primary reads back again and again it learns, although ${why}`, async t => {
    const repaired = {...size, profile: 'claimed', with: 'periodic-retrieval', only: 'MasterLearns'};
    const {verdict, complete} = await check(retrieve, repaired);
    t.deepEqual({verdict, complete}, {verdict: 'holds', complete: true});
    const without = await check(retrieve, {...size, without: 'periodic-retrieval'});
    t.is(without.violation?.property, 'MasterLearns');
  });
}

test('without generations, a cache that lags takes back what a primary has learned', async t => {
  const {violation} = await check(retrieve, {...SMALL, without: 'generations'});
  t.is(violation?.property, 'MonotoneKnowledge');
});

test('every rule that this scene is about fires in some exploration', async t => {
  const fired = new Set<string>();
  const sizes = [
    {...SMALL, commits: 2, handovers: 1},
    {...SMALL, profile: 'claimed'},
  ];
  for (const size of sizes) {
    const {coverage} = await check(retrieve, {...size, only: size === sizes[0] ? 'MonotoneKnowledge' : 'MasterLearns'});
    for (const {id, generated} of coverage.rules) if (generated > 0) fired.add(id);
  }
  t.deepEqual(
    Object.keys(RULES).filter(id => isOfScene(id) && !fired.has(id)),
    [],
  );
});

test('what the scene forgets is what every future ignores', async t => {
  for (const more of [{}, {without: 'generations'}, {without: 'periodic-retrieval'}]) {
    const size = {views: 1, commits: 1, handovers: 0, ...more, only: 'MonotoneKnowledge'};
    const [reduced, unreduced] = [await check(retrieve, size), await check(retrieve, {...size, unreduced: true})];
    t.is(reduced.verdict, unreduced.verdict);
    t.is((await audit(retrieve, size)).verdict, 'proved', JSON.stringify(more));
  }
});
