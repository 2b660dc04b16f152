// The oracle: which states explain what was seen, which orders mean the same, which ids name the same.

import test from 'ava';
import fc from 'fast-check';
import {CALLING_FOR, callingFor, kindOf} from '../../conformance/ha/effects.js';
import {haModule, type Specification} from '../../conformance/index.js';
import {namedBy, pairing} from '../../conformance/oracle/match.js';
import {anonymous, bound, type Names, NO_NAMES, understood} from '../../conformance/oracle/names.js';
import {beginning, type Explanation, judged} from '../../conformance/oracle/oracle.js';
import type {IdUse} from '../../conformance/specification.js';
import {type Config, type Effect, hostId, type Outcomes, term} from '../../src/index.js';
import {config} from '../arbitraries/cluster.js';
import {stateAndEvent} from '../arbitraries/ha.js';

type Lamp = 'off' | 'red' | 'green';
type Shows = {readonly type: 'Shows'; readonly colour: Lamp};

/** Pressed, it becomes red or green, and only a look tells which. */
const lamp: Specification<null, Lamp, 'press' | 'look', Shows> = {
  module: 'lamp',
  withoutNeedless: (_, effects) => effects,
  chapters: [],
  start: () => 'off',
  outcomes: (_, state, stimulus): Outcomes<Lamp, Shows> =>
    stimulus === 'look'
      ? [{state, effects: [{type: 'Shows', colour: state}], rules: ['FB-01']}]
      : [
          {state: 'red', effects: [], rules: ['FB-02']},
          {state: 'green', effects: [], rules: ['FB-03']},
        ],
  ordering: () => ({rule: null}),
  idsInEffect: () => [],
  idsInStimulus: () => [],
  kindOf: () => 'Shows',
  follows: () => false,
  callingFor: () => ['FB-01'],
  mistakes: () => [],
  tellStimulus: stimulus => stimulus,
  tellEffect: JSON.stringify,
};

const shows = (colour: Lamp): readonly Shows[] => [{type: 'Shows', colour}];

/** The states left after each of these steps; null where nothing explains one. */
const left = (...steps: readonly (readonly ['press' | 'look', readonly unknown[]])[]): readonly Lamp[] | null => {
  let explanation: Explanation<Lamp> = beginning(lamp, null);
  for (const [stimulus, observed] of steps) {
    const judgement = judged(lamp, null, explanation, stimulus, observed);
    if (judgement.type === 'Unexplained') return null;
    explanation = judgement.next;
  }
  return explanation.map(({state}) => state);
};

test('a choice that cannot be seen leaves several states, and what is seen later leaves fewer', t => {
  t.deepEqual(left(), ['off']);
  t.deepEqual(left(['press', []]), ['red', 'green']);
  t.deepEqual(left(['press', []], ['look', shows('green')]), ['green']);
  t.deepEqual(left(['press', []], ['look', shows('green')], ['look', shows('green')]), ['green']);
});

test('a choice once seen binds: another one is explained by no state', t => {
  t.is(left(['press', []], ['look', shows('green')], ['look', shows('red')]), null);
  t.is(left(['look', shows('red')]), null);
});

test('an effect too few or too many is explained by no state', t => {
  t.is(left(['look', []]), null);
  t.is(left(['look', [...shows('off'), ...shows('off')]]), null);
  t.is(left(['press', shows('red')]), null);
});

test('several states stay apart only as long as they differ', t => {
  t.deepEqual(left(['press', []], ['press', []]), ['red', 'green']);
});

test('effects in another order are the same unless one that has to come first comes later', t => {
  const shuffled = fc
    .tuple(config, stateAndEvent)
    .chain(([config, [state, event]]) => {
      const [{effects}] = haModule.outcomes(config, state, event);
      return fc.tuple(
        fc.constant(config),
        fc.constant(effects),
        fc.shuffledSubarray([...effects.keys()], {minLength: effects.length}),
      );
    })
    .filter(([, effects]) => effects.length > 1);
  t.notThrows(() =>
    fc.assert(
      fc.property(shuffled, ([config, effects, order]) => {
        const {missing, surplus, misplaced} = pairing(
          haModule,
          config,
          effects,
          order.map(index => effects[index]),
        );
        const isKept = effects.every((late, i) =>
          effects.every(
            (early, j) =>
              i <= j ||
              order.indexOf(j) < order.indexOf(i) ||
              haModule.ordering(early, late) === null ||
              isAlike(config, early, late),
          ),
        );
        return missing.length === 0 && surplus.length === 0 && (misplaced.length === 0) === isKept;
      }),
      {numRuns: 2000},
    ),
  );
});

const isAlike = (config: Config, a: Effect, b: Effect): boolean =>
  anonymous(a, haModule.idsInEffect(config, a)) === anonymous(b, haModule.idsInEffect(config, b));

test('TM-04: what is persisted has to come before what is sent, and messages to one host in their order', t => {
  const persist: Effect = {type: 'Persist', durable: {term: term(1)}};
  const claim = (to: string): Effect => ({type: 'Send', to: hostId(to), message: {type: 'Claim', term: term(1)}});
  t.deepEqual(haModule.ordering(persist, claim('h2')), {rule: 'TM-04'});
  t.deepEqual(haModule.ordering(claim('h2'), persist), {rule: 'TM-04'});
  t.deepEqual(haModule.ordering(claim('h2'), claim('h2')), {rule: null});
  t.is(haModule.ordering(claim('h2'), claim('h3')), null);
});

test('every effect of every outcome is called for by a rule that the outcome cites, but for the timers', t => {
  t.notThrows(() =>
    fc.assert(
      fc.property(config, stateAndEvent, (config, [state, event]) =>
        haModule.outcomes(config, state, event).every(({effects, rules}) =>
          effects.every(effect => {
            const kind = kindOf(effect);
            const isTimer = kind.includes('Timer ');
            const calling = callingFor(config, kind);
            return kind in CALLING_FOR && (isTimer || calling.some(rule => rules.includes(rule)));
          }),
        ),
      ),
      {numRuns: 3000},
    ),
  );
});

const ID: IdUse = {path: ['id'], space: 'a', use: 'counts', unknown: -1, rule: 'FB-23'};

/** The names after these uses of ids, each [ours, theirs]; null once one cannot be. */
const named = (use: IdUse['use'], ...uses: readonly (readonly [unknown, unknown])[]): Names | null =>
  uses.reduce<Names | null>((names, [ours, theirs]) => names && bound(names, {...ID, use}, ours, theirs), NO_NAMES);

test('ids that count may have gaps, but must go up with what they count and never change', t => {
  t.truthy(named('counts', [0, 10], [1, 13], [1, 13], [5, 14]));
  t.is(named('counts', [0, 10], [0, 11]), null);
  t.is(named('counts', [0, 10], [1, 10]), null);
  t.is(named('counts', [0, 10], [1, 9]), null);
  t.is(named('counts', [1, 10], [0, 11]), null);
});

test('a thing may have several names, but a name one meaning only', t => {
  t.truthy(named('adds', ['one', 'x'], ['one', 'y'], ['two', 'z']));
  t.is(named('adds', ['one', 'x'], ['two', 'x']), null);
});

test('a thing that is named anew is no longer known by its old name', t => {
  const names = named('renews', ['one', 'x'], ['one', 'y']) ?? NO_NAMES;
  t.is(bound(names, {...ID, use: 'current'}, 'one', 'x'), null);
  t.is(bound(names, {...ID, use: 'current'}, 'one', 'y'), names);
  t.deepEqual(understood(names, {id: 'y'}, [{...ID, use: 'current'}]), {id: 'one'});
  t.deepEqual(understood(names, {id: 'x'}, [{...ID, use: 'current'}]), {id: -1});
});

test('in whichever order one thing is named anew and the old one is meant, each is known by its own name', t => {
  type Use = {readonly use: IdUse['use']; readonly id: unknown};
  const reader = {idsInEffect: (_: null, {use}: Use): readonly IdUse[] => [{...ID, use}], ordering: () => null};
  const set = {expected: {use: 'renews', id: 'two'}, observed: {use: 'renews', id: 'y'}} as const;
  const cancel = (id: string) => ({expected: {use: 'current', id: 'one'}, observed: {use: 'current', id}}) as const;
  const names = named('renews', ['one', 'x']) ?? NO_NAMES;
  const after = named('renews', ['two', 'y']);
  t.deepEqual(namedBy(reader, null, names, [cancel('x'), set]).names, after);
  t.deepEqual(namedBy(reader, null, names, [set, cancel('x')]).names, after);
  t.deepEqual(namedBy(reader, null, names, [set, cancel('y')]).misnamed, cancel('y'));
  t.deepEqual(namedBy(reader, null, names, [set, cancel('z')]).misnamed, cancel('z'));
});

test('an id nobody looks at may be anything, and stays as it is', t => {
  t.is(named('free', [0, 10], [0, 7], [1, 7]), NO_NAMES);
  t.deepEqual(understood(NO_NAMES, {id: 7}, [{...ID, use: 'free'}]), {id: 7});
});

test('ids of different kinds of things have nothing to do with each other', t => {
  const names = bound(NO_NAMES, ID, 0, 10) ?? NO_NAMES;
  t.truthy(bound(names, {...ID, space: 'b'}, 5, 10));
  t.deepEqual(understood(names, {id: 10}, [{...ID, space: 'b'}]), {id: -1});
});
