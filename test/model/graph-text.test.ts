import {Graphviz} from '@hpcc-js/wasm-graphviz';
import test from 'ava';
import {ewd840} from '../../model/examples/ewd840.js';
import {peterson} from '../../model/examples/peterson.js';
import {
  aldebaranOf,
  check,
  dotOf,
  jsonOf,
  type Model,
  model,
  next,
  type StateGraph,
  stateGraph,
} from '../../model/index.js';

/** Names and values that each format has to write in a way of its own. */
const AWKWARD = ['say "no"', 'back\\slash', 'C:\\', '<b>&amp;</b>', 'new\nline', '(1, "x", 2)', 'Grüße', ''];

const awkward: Model = model({
  name: 'awkward "names"',
  summary: 'names that have to be escaped',
  build(m) {
    const word = m.slot('the "word"', 'start');
    const inbox = m.channel<string, string>('inbox', ['a "host"'], {kind: 'set'});
    m.action('say "it"', {each: AWKWARD}, (read, each) =>
      read(word) === 'start' ? [next(word.set(each), inbox('a "host"').send(each))] : [],
    );
    m.receive(inbox, {}, () => [next(word.set('end'))]);
    m.allowDeadlock();
  },
});

const text = (pieces: Iterable<string>): string => [...pieces].join('');
const matches = (where: string, pattern: RegExp): number => [...where.matchAll(pattern)].length;

const drawn = async (graph: StateGraph): Promise<string> => (await Graphviz.load()).dot(text(dotOf(graph)), 'svg');

/** How many states lead to which, however many steps do. */
const arrows = (graph: StateGraph): number =>
  Array.from(
    {length: graph.states},
    (_, state) => new Set(graph.stepsFrom(state).map(({target}) => target)).size,
  ).reduce((sum, count) => sum + count, 0);

for (const [example, options] of [
  [peterson, {}],
  [ewd840, {nodes: 2}],
  [awkward, {}],
] as const) {
  test(`Graphviz draws every state and every step of ${example.name}`, async t => {
    const graph = await stateGraph(example as Model, options);
    const svg = await drawn(graph);
    t.is(matches(svg, /class="node"/g), graph.states);
    t.is(matches(svg, /class="edge"/g), arrows(graph));
    t.is(matches(svg, /stroke-width="2"/g), graph.initial);
  });
}

test('a drawing says what a model says, word for word', async t => {
  const svg = (await drawn(await stateGraph(awkward))).replaceAll('&#160;', ' ');
  for (const words of [
    'say &quot;it&quot;(&quot;say \\&quot;no\\&quot;&quot;)',
    'back\\\\slash',
    '&lt;b&gt;&amp;amp;&lt;/b&gt;',
    'new\\u{a}line',
    'Grüße',
  ])
    t.true(svg.includes(words), words);
});

test('a drawing of a graph that is cut short says so, and where', async t => {
  const graph = await stateGraph(peterson, {}, {depth: 4});
  const svg = await drawn(graph);
  t.true(svg.includes('incomplete: stopped at depth 4'));
  t.is(matches(svg, /stroke-dasharray/g), graph.states - graph.expanded);
});

type Lts = {
  readonly first: number;
  readonly transitions: number;
  readonly states: number;
  readonly steps: readonly {readonly source: number; readonly label: string; readonly target: number}[];
};

/** Reads the Aldebaran format as its tools do: a label ends at the next double quote. */
const parsed = (aut: string): Lts => {
  const [header = '', ...lines] = aut.trimEnd().split('\n');
  const [, first, transitions, states] = /^des \((\d+), (\d+), (\d+)\)$/.exec(header) ?? [];
  const steps = lines.map(line => {
    const [, source, label = '', target] = /^\((\d+), "([^"]*)", (\d+)\)$/.exec(line) ?? [];
    return {source: Number(source), label, target: Number(target)};
  });
  return {first: Number(first), transitions: Number(transitions), states: Number(states), steps};
};

const reachable = ({first, steps}: Lts): number => {
  const found = new Set([first]);
  for (const state of found) for (const {source, target} of steps) if (source === state) found.add(target);
  return found.size;
};

for (const example of [peterson, awkward]) {
  test(`a labelled transition system of ${example.name} has the counts of the search`, async t => {
    const [lts, {distinct, generated}] = [parsed(text(aldebaranOf(await stateGraph(example)))), await check(example)];
    t.is(lts.first, 0);
    t.is(lts.states, distinct);
    t.is(lts.transitions, generated - 1);
    t.is(lts.steps.length, lts.transitions);
    t.is(reachable(lts), distinct);
  });
}

test('a labelled transition system names actions with their parameters', async t => {
  const {steps} = parsed(text(aldebaranOf(await stateGraph(peterson))));
  t.deepEqual([...new Set(steps.map(({label}) => label))].sort().slice(0, 4), [
    'Enter(1)',
    'Enter(2)',
    'Knock(1)',
    'Knock(2)',
  ]);
});

test('several initial states of a labelled transition system follow from one that is none of them', async t => {
  const graph = await stateGraph(ewd840);
  const lts = parsed(text(aldebaranOf(graph)));
  t.is(lts.states, graph.states + 1);
  t.is(lts.transitions, graph.steps + graph.initial);
  t.is(lts.steps.length, lts.transitions);
  t.is(lts.steps.filter(({source, label}) => source === 0 && label === 'initial').length, graph.initial);
  t.is(reachable(lts), lts.states);
});

test('a graph in JSON is the graph', async t => {
  for (const graph of [await stateGraph(awkward), await stateGraph(peterson, {}, {depth: 4})]) {
    const read = JSON.parse(text(jsonOf(graph)));
    const states = Array.from({length: graph.states}, (_, state) => state);
    const {model: name, options, reason, initial, expanded, excluded} = graph;
    t.deepEqual(read, {
      model: name,
      options,
      complete: reason === null,
      reason,
      initial,
      expanded,
      excluded,
      states: states.map(graph.stateAt),
      steps: states.flatMap(source => graph.stepsFrom(source).map(step => ({source, ...step}))),
    });
  }
});
