import fc from 'fast-check';
import {anyOf, type Model, model, next, type Read, type TraceStep} from '../../model/index.js';
import type {Fairness, Form, Sample} from './temporal-referee.js';

const FORMS: readonly Form[] = ['eventually', 'leadsTo', 'alwaysEventually', 'eventuallyAlways'];

/** Random graphs; the more steps, the larger the components. */
export const samples = (most: {readonly states: number; readonly actions: number; readonly steps: number}) =>
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

/**
 * The graph as a model whose state number is kept in two digits, so that states are packed and steps change several
 * slots.
 */
export const modelOf = ({states, initial, actions, allowed, form, p, q}: Sample): Model =>
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

/** The number of the state that a step of the model's trace leads to. */
export const stateOf = ({state}: TraceStep): number => 3 * Number(state['high']) + Number(state['low']);
