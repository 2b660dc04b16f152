import test from 'ava';
import fc from 'fast-check';
import {anyOf, check, type Model, model, next, type Read, type TraceStep, type Violation} from '../../model/index.js';
import {type Fairness, type Form, flawsOf, isBroken, type Sample, shortestStem} from './temporal-referee.js';

const FORMS: readonly Form[] = ['eventually', 'leadsTo', 'alwaysEventually', 'eventuallyAlways'];

/** Random graphs; the more steps, the larger the components. */
const samples = (most: {readonly states: number; readonly actions: number; readonly steps: number}) =>
  fc.integer({min: 1, max: most.states}).chain((states): fc.Arbitrary<Sample> => {
    const state = fc.integer({min: 0, max: states - 1});
    const action = fc.record({
      fair: fc.constantFrom<Fairness>(null, 'weak', 'weak', 'strong', 'strong'),
      group: fc.constantFrom(null, null, null, 0, 1),
      edges: fc.array(fc.tuple(state, state), {maxLength: most.steps}),
    });
    return fc.record({
      states: fc.constant(states),
      initial: fc.uniqueArray(state, {minLength: 1, maxLength: 2}),
      actions: fc.array(action, {maxLength: most.actions}),
      allowed: fc.oneof(
        {weight: 3, arbitrary: fc.constant(Array.from({length: states}, (_, i) => i))},
        {weight: 1, arbitrary: fc.uniqueArray(state, {minLength: Math.ceil(states / 2)})},
      ),
      form: fc.constantFrom(...FORMS),
      p: fc.uniqueArray(state),
      q: fc.uniqueArray(state),
    });
  });

/** The graph as a model whose state number is kept in two digits, so that states are packed and steps change several slots. */
const modelOf = ({states, initial, actions, allowed, form, p, q}: Sample): Model =>
  model({
    name: 'random',
    summary: 'a random graph',
    build(m) {
      const low = m.slot('low', anyOf([0, 1, 2]));
      const high = m.slot('high', anyOf(Array.from({length: Math.ceil(states / 3)}, (_, i) => i)));
      const at = m.derive('at', read => 3 * read(high) + read(low));
      m.assume(read => initial.includes(read(at)));
      m.constraint('Allowed', read => allowed.includes(read(at)));
      actions.forEach(({fair, group, edges}, i) => {
        const fairness = {...(fair === null ? {} : {fair}), ...(group === null ? {} : {fairAs: `group ${group}`})};
        m.action(`A${i}`, fairness, read =>
          edges.flatMap(([from, to]) =>
            from === read(at) ? [next(low.set(to % 3), high.set(Math.floor(to / 3)))] : [],
          ),
        );
      });
      m.allowDeadlock();
      const isIn = (set: readonly number[]) => (read: Read) => set.includes(read(at));
      if (form === 'leadsTo') m.leadsTo('P', isIn(p), isIn(q));
      else m[form]('P', isIn(p));
    },
  });

const stateOf = ({state}: TraceStep): number => 3 * Number(state['high']) + Number(state['low']);

test('verdicts and lengths of stems are those of trying every set of states', async t => {
  await fc.assert(
    fc.asyncProperty(samples({states: 6, actions: 5, steps: 6}), async sample => {
      const {verdict, violation} = await check(modelOf(sample));
      const stem = shortestStem(sample);
      t.is(verdict, stem === null ? 'holds' : 'violated');
      t.is(violation?.loop ?? null, stem);
    }),
    {numRuns: 3000},
  );
});

test('verdicts are those of a fixpoint, on larger graphs', async t => {
  await fc.assert(
    fc.asyncProperty(samples({states: 30, actions: 8, steps: 25}), async sample => {
      const {verdict} = await check(modelOf(sample));
      t.is(verdict, isBroken(sample) ? 'violated' : 'holds');
    }),
    {numRuns: 1000},
  );
});

/** The counterexample without one part of its loop that begins and ends in the same state: every way to leave one out. */
const withoutDetours = (violation: Violation): readonly Violation[] => {
  const {trace, loop} = violation;
  const last = trace.length - 1;
  const states = trace.map(stateOf);
  const pairs = states.flatMap((state, to) =>
    states.flatMap((other, from) =>
      loop !== null && from >= loop && from < to && state === other ? [[from, to]] : [],
    ),
  );
  return pairs
    .filter(([from, to]) => from !== loop || to !== last)
    .map(([from = 0, to = 0]) => ({...violation, trace: [...trace.slice(0, from + 1), ...trace.slice(to + 1)]}));
};

test('no counterexample makes a detour that it could leave out', async t => {
  await fc.assert(
    fc.asyncProperty(samples({states: 12, actions: 8, steps: 16}), async sample => {
      const {violation} = await check(modelOf(sample));
      for (const shorter of violation === null ? [] : withoutDetours(violation))
        t.not(flawsOf(sample, shorter, stateOf).length, 0);
    }),
    {numRuns: 1000},
  );
});

test('every counterexample is a fair behaviour that breaks its property', async t => {
  await fc.assert(
    fc.asyncProperty(samples({states: 24, actions: 8, steps: 25}), async sample => {
      const {violation} = await check(modelOf(sample));
      t.deepEqual(violation === null ? [] : flawsOf(sample, violation, stateOf), []);
    }),
    {numRuns: 1500},
  );
});
