import test from 'ava';
import fc from 'fast-check';
import {alternatingBit} from '../../model/examples/alternating-bit.js';
import {chameneos} from '../../model/examples/chameneos.js';
import {diningPhilosophers} from '../../model/examples/dining-philosophers.js';
import {ewd840} from '../../model/examples/ewd840.js';
import {innerFifo} from '../../model/examples/inner-fifo.js';
import {peterson} from '../../model/examples/peterson.js';
import {simpleAllocator} from '../../model/examples/simple-allocator.js';
import {twoPhaseCommit} from '../../model/examples/two-phase-commit.js';
import {check, type Model, model, next, type StateGraph, same, stateGraph} from '../../model/index.js';
import {stepText} from '../../model/report/graph/state-graph.js';
import {modelOf, samples} from './temporal-sample.js';

const EXAMPLES: readonly Model[] = [
  alternatingBit,
  chameneos,
  diningPhilosophers,
  ewd840,
  innerFifo,
  peterson,
  simpleAllocator,
  twoPhaseCommit,
];

const statesOf = (graph: StateGraph): readonly number[] => Array.from({length: graph.states}, (_, state) => state);

for (const example of EXAMPLES) {
  test(`the graph of ${example.name} has every state and every step that the search counts`, async t => {
    const [graph, {distinct, generated}] = await Promise.all([stateGraph(example), check(example)]);
    t.is(graph.reason, null);
    t.is(graph.states, distinct);
    t.is(graph.initial + graph.steps + graph.excluded, generated);
    const steps = statesOf(graph).flatMap(graph.stepsFrom);
    t.is(steps.length, graph.steps);
  });
}

/** A robot on a strip of tiles. It turns at the walls; a push into a wall changes nothing. */
const robot = (tiles: number): Model =>
  model({
    name: 'robot',
    summary: 'a robot on a strip',
    build(m) {
      const at = m.slot('at', 0);
      const facing = m.slot<1 | -1>('facing', 1);
      m.action('Go', {each: [1, 2]}, (read, by) => {
        const to = read(at) + by * read(facing);
        return to < 0 || to >= tiles ? [] : [{changes: [at.set(to)], rules: [`R-${by}`], note: `${by} on`}];
      });
      m.action('Turn', read => (read(at) % (tiles - 1) === 0 ? [next(facing.set(read(facing) === 1 ? -1 : 1))] : []));
      m.action('Push', read => [next(at.set(Math.min(tiles - 1, Math.max(0, read(at)))))]);
    },
  });

test('each state has the steps that its actions take, self-loops included', async t => {
  const graph = await stateGraph(robot(3));
  const lines = statesOf(graph).flatMap(state =>
    graph.stepsFrom(state).map(step => [graph.stateAt(state), stepText(step), graph.stateAt(step.target)] as const),
  );
  const shown = lines.map(
    ([from, label, to]) => `${from['at']}${from['facing'] === 1 ? '>' : '<'} ${label} ${to['at']}`,
  );
  t.deepEqual(shown.sort(), [
    '0< Push 0',
    '0< Turn 0',
    '0> Go(1) 1',
    '0> Go(2) 2',
    '0> Push 0',
    '0> Turn 0',
    '1< Go(1) 0',
    '1< Push 1',
    '1> Go(1) 2',
    '1> Push 1',
    '2< Go(1) 1',
    '2< Go(2) 0',
    '2< Push 2',
    '2< Turn 2',
    '2> Push 2',
    '2> Turn 2',
  ]);
  t.deepEqual(graph.stepsFrom(0)[0], {
    target: 1,
    action: 'Go',
    parameters: [1],
    message: null,
    rules: ['R-1'],
    note: '1 on',
  });
});

test('the graph of a random model is the graph that it was made from, as far as it can be reached', async t => {
  const numberOf = (state: Readonly<Record<string, unknown>>): number =>
    3 * Number(state['high']) + Number(state['low']);
  await fc.assert(
    fc.asyncProperty(samples({states: 12, actions: 6, steps: 12}), async sample => {
      const graph = await stateGraph(modelOf(sample));
      const places = statesOf(graph).map(state => numberOf(graph.stateAt(state)));
      const found = statesOf(graph).flatMap(state =>
        graph.stepsFrom(state).map(({action, target}) => `${places[state]} ${action} ${places[target]}`),
      );
      const made = sample.actions.flatMap(({edges}, i) =>
        edges.filter(([from]) => places.includes(from)).map(([from, to]) => ({to, text: `${from} A${i} ${to}`})),
      );
      const kept = made.filter(({to}) => sample.allowed.includes(to)).map(({text}) => text);
      t.deepEqual(found.sort(), kept.sort());
      t.is(graph.excluded, made.length - kept.length);
    }),
    {numRuns: 500},
  );
});

test('states are numbered breadth first, the initial ones first', async t => {
  const graph = await stateGraph(ewd840);
  const distance = new Map(
    statesOf(graph)
      .slice(0, graph.initial)
      .map(state => [state, 0]),
  );
  for (const [state, far] of distance)
    for (const {target} of graph.stepsFrom(state)) if (!distance.has(target)) distance.set(target, far + 1);
  t.is(distance.size, graph.states);
  const byNumber = statesOf(graph).map(state => distance.get(state)!);
  t.deepEqual(
    byNumber,
    byNumber.toSorted((a, b) => a - b),
  );
});

test('steps out of the constraint are left out and counted', async t => {
  const graph = await stateGraph(alternatingBit);
  t.true(graph.excluded > 0);
  const isFull = (queue: unknown): boolean => Array.isArray(queue) && queue.length > 2;
  for (const state of statesOf(graph)) t.false(Object.values(graph.stateAt(state)).some(isFull));
});

test('a graph that is cut short says so, and has the steps of the states that were expanded', async t => {
  const [cut, whole] = await Promise.all([stateGraph(peterson, {}, {depth: 4}), stateGraph(peterson)]);
  t.is(cut.reason, 'stopped at depth 4');
  t.true(cut.expanded > 0 && cut.expanded < cut.states && cut.states < whole.states);
  for (const state of statesOf(cut)) {
    t.true(same(cut.stateAt(state), whole.stateAt(state)));
    t.deepEqual(cut.stepsFrom(state), state < cut.expanded ? whole.stepsFrom(state) : []);
  }
});

test('a graph does not depend on what is claimed of the model', async t => {
  const claiming: Model = {
    ...robot(3),
    build: (m, options) => {
      robot(3).build(m, options);
      m.invariant('Wrong', () => false);
    },
  };
  t.is((await check(claiming)).verdict, 'violated');
  t.is((await stateGraph(claiming)).states, (await stateGraph(robot(3))).states);
});
