// What is misspelt, missing or said twice in a declaration is refused when it is declared.

import test from 'ava';
import {anyOf, type Builder, choice, flag, integer, list, model, next, product, range} from '../../../model/index.js';
import {refused, untyped} from './refusal.js';

// biome-ignore lint/suspicious/noExplicitAny: authors who do not listen to the compiler
type Untyped = any;
type Declare = (m: Untyped) => unknown;

const inbox = (m: Builder) => m.channel<string, string>('inbox', ['r'], {kind: 'set'});
const none = () => [];

const DECLARATIONS: readonly (readonly [string, Declare, RegExp])[] = [
  [
    'an unknown setting of an action',
    m => m.action('Go', {Each: [1]}, none),
    /action Go has no setting "Each"; there are each, fair, fairAs/,
  ],
  [
    'settings that are none',
    m => m.action('Go', ['p'], none),
    /action Go takes settings, as \{each, fair, fairAs\}, not \["p"\]/,
  ],
  ['no function', m => m.action('Go'), /action Go needs a function, not undefined/],
  ['settings without a function', m => m.action('Go', {each: [1]}), /action Go needs a function, not \{"each":\[1\]\}/],
  [
    'an unknown fairness',
    m => m.action('Go', {fair: 'wek'}, none),
    /fair of action Go is "weak" or "strong", not "wek"/,
  ],
  [
    'fairness that is null',
    m => m.action('Go', {fair: null}, none),
    /fair of action Go is "weak" or "strong", not null/,
  ],
  [
    'fairAs that says nothing',
    m => m.action('Go', {fair: 'weak', fairAs: 3}, none),
    /fairAs of action Go is a name, .* not 3/,
  ],
  ['a name that is none', m => m.action(3, none), /the name of this action is a line of text, not 3/],
  ['a name of two lines', m => m.slot('two\nlines', 0), /the name of this slot is a line of text, not "two\\nlines"/],
  ['an empty name', m => m.slot('', 0), /the name of this slot is a line of text, not ""/],
  [
    'an unknown kind of channel',
    m => m.channel('inbox', ['r'], {kind: 'queue'}),
    /kind of channel inbox is "set" or "sticky" or "multiset" or "fifo", not "queue"/,
  ],
  ['a channel of no kind', m => m.channel('inbox', ['r'], {}), /kind of channel inbox is .* not undefined/],
  [
    'a channel without settings',
    m => m.channel('inbox', ['r']),
    /channel inbox takes settings, as \{kind, initial\}, not undefined/,
  ],
  [
    'a receipt of what is no channel',
    m => m.receive(m.slot('x', 0), {}, none),
    /action receive takes messages from .* which is no channel/,
  ],
  [
    'an unknown setting of a receipt',
    m => m.receive(inbox(m), {each: []}, none),
    /receive has no setting "each"; there are name, fair, fairAs, fairPer/,
  ],
  [
    'an unknown unit of fairness',
    m => m.receive(inbox(m), {fairPer: 'key'}, none),
    /fairPer of action receive is "message", not "key"/,
  ],
  ['a receipt without a function', m => m.receive(inbox(m), {}), /action receive needs a function, not undefined/],
  [
    'an unknown setting of a loss',
    m => m.lose(inbox(m), {budget: 1}),
    /lose has no setting "budget"; there are name, when, spend/,
  ],
  [
    'a loss that depends on no function',
    m => m.lose(inbox(m), {when: true}),
    /when of lose needs a function, not true/,
  ],
  [
    'a budget without a function',
    m => m.lose(inbox(m), {spend: {slot: m.slot('x', 0)}}),
    /spend of lose needs a function, not undefined/,
  ],
  ['a duplication without a function', m => m.duplicate(inbox(m), {}), /duplicate needs a function, not undefined/],
  [
    'an unknown setting of an invariant',
    m => m.invariant('Claim', {every: [1]}, () => true),
    /property Claim has no setting "every"; there are each/,
  ],
  ['an invariant without a function', m => m.invariant('Claim'), /property Claim needs a function/],
  [
    'a property of steps of no slot',
    m => m.stepProperty('Claim', {of: []}, () => true),
    /of property Claim is a list of slots and families, not \[\]/,
  ],
  [
    'a property of steps of a derived value',
    m => m.stepProperty('Claim', {of: [m.derive('sum', () => 0)]}, () => true),
    /of property Claim has sum, which is derived; name the slots that it is computed from/,
  ],
  [
    'a property of steps of nothing',
    m => m.stepProperty('Claim', {of: [undefined]}, () => true),
    /of property Claim has undefined, which is no slot/,
  ],
  [
    'a property of steps without settings',
    m => m.stepProperty('Claim', () => true),
    /property Claim takes settings, as \{of, each\}/,
  ],
  [
    'a property of behaviours with too few functions',
    m => m.leadsTo('Claim', () => true),
    /leadsTo Claim takes two functions of the state/,
  ],
  [
    'a property of behaviours without a function',
    m => m.eventually('Claim', {each: [1]}),
    /property Claim needs a function/,
  ],
  [
    'an unknown setting of a property of behaviours',
    m =>
      m.leadsTo(
        'Claim',
        {all: [1]},
        () => true,
        () => true,
      ),
    /property Claim has no setting "all"/,
  ],
  ['an assumption without a function', m => m.assume(true), /assume needs a function, not true/],
  ['terminal states without a function', m => m.terminal(), /terminal needs a function, not undefined/],
  ['a derived value without a function', m => m.derive('sum', 3), /derived value sum needs a function, not 3/],
  [
    'a normaliser of a derived value',
    m => m.normalise('round', {of: m.derive('sum', () => 0)}, (x: unknown) => x),
    /of normaliser round is a slot, not \{/,
  ],
  [
    'an unknown setting of a symmetry',
    m => m.symmetry(['p'], {family: []}),
    /symmetry has no setting "family"; there are families, renamed/,
  ],
  ['keys that are no list', m => m.slots('x', new Set(['p']), 0), /the keys of x is a list, not Set\(1\)/],
  ['a key twice', m => m.slots('x', ['p', 'q', 'p'], 0), /there are two of slot x\[p\]/],
  ['a record as a key twice', m => m.slots('x', [{a: 1}, {a: 1}], 0), /there are two of slot x\[\{"a":1\}\]/],
  ['keys that read alike', m => m.slots('x', [1, '1'], 0), /there are two of slot x\[1\]/],
  ['a key of an inbox twice', m => m.channel('inbox', ['r', 'r'], {kind: 'set'}), /there are two of slot inbox\[r\]/],
  ['a key of derived values twice', m => m.derives('sum', [1, 1], () => 0), /there are two of slot sum\[1\]/],
  [
    'a slot that is called as a member of a family',
    m => [m.slots('x', [1], 0), m.slot('x[1]', 0)],
    /there are two of slot x\[1\]/,
  ],
  [
    'a family that is asked for a key that it has not',
    m => m.slots('x', ['p'], 0)('q'),
    /x has no key "q"; it has \["p"\]/,
  ],
  ['a family that is asked for no key', m => m.slots('x', ['p'], 0)(), /x has no key undefined; it has \["p"\]/],
  ['a set that starts with no list', m => m.set('x', 3), /set x is a list, not 3/],
  ['any of no values', () => anyOf([]), /anyOf needs a value at least/],
  ['any of what is no list', () => anyOf(untyped<never>(3)), /anyOf is a list, not 3/],
  ['rules that are no list', m => m.rules('R-1'), /rules is a list, not "R-1"/],
  ['a rule that is no text', m => m.rules([5]), /the name of this rule is a line of text, not 5/],
  [
    'a product of what is no list',
    m => m.action('Go', {each: product(untyped<never>(3))}, none),
    /each of action Go is a list, not 3/,
  ],
];

for (const [what, declare, line] of DECLARATIONS) {
  test(`${what} is refused`, t =>
    refused(
      t,
      m => {
        m.slot('first', 0);
        declare(m);
      },
      /it cannot be built: /,
      line,
    ));
}

test('a build that is async is refused, however it ends', async t => {
  const later = (after: () => void) => async (m: Builder) => {
    m.slot('slot', 0);
    await null;
    after();
  };
  const promise = /it cannot be built: it returned a promise; nothing in a model may be async/;
  await refused(t, untyped<() => void>(later(() => {})), promise);
  await refused(
    t,
    untyped<() => void>(
      later(() => {
        throw new Error('later');
      }),
    ),
    promise,
  );
});

test('what is declared while a search runs is refused', t =>
  refused(
    t,
    m => {
      m.action('Go', () => [next(m.slot('late', 0).set(1))]);
    },
    /in Go: slot late is declared after build has returned/,
  ));

const OPTIONS: readonly (readonly [string, () => unknown, RegExp])[] = [
  [
    'a default out of range',
    () => integer({default: 9, min: 0, max: 5, about: ''}),
    /integer\(...\) needs whole numbers with min <= default <= max: /,
  ],
  ['bounds the wrong way round', () => integer({default: 3, min: 5, max: 1, about: ''}), /min <= default <= max/],
  [
    'a default that is no whole number',
    () => integer({default: 0.5, min: 0, max: 5, about: ''}),
    /min <= default <= max/,
  ],
  ['a bound that is missing', () => integer(untyped<never>({default: 1, min: 0, about: ''})), /min <= default <= max/],
  [
    'a misspelt bound',
    () => integer(untyped<never>({default: 1, min: 0, maximum: 5, about: ''})),
    /integer has no setting "maximum"/,
  ],
  ['a sentence that is missing', () => flag(untyped<never>({})), /flag\(...\) needs a sentence, about/],
  [
    'a default that is no choice',
    () => choice(['a'], untyped<never>({default: 'b', about: ''})),
    /choice\(...\) defaults to none of \["a"\]/,
  ],
  [
    'a choice of nothing',
    () => choice([], untyped<never>({default: 'b', about: ''})),
    /choice\(...\) needs words that differ/,
  ],
  ['a word twice', () => list(['a', 'a'], {about: ''}), /list\(...\) needs words that differ, not \["a","a"\]/],
  ['words that are no list', () => list(untyped<never>('ab'), {about: ''}), /values of list is a list, not "ab"/],
];

for (const [what, declare, line] of OPTIONS) {
  test(`an option with ${what} is refused`, t => {
    t.regex(t.throws(declare, {instanceOf: RangeError})?.message ?? '', line);
  });
}

const build = (): void => {};
const MODELS: readonly (readonly [string, unknown, RegExp])[] = [
  ['nothing', undefined, /model takes settings, as \{name, summary, options, build\}, not undefined/],
  ['a misspelt field', {name: 'm', summary: '', biuld: build}, /model has no setting "biuld"/],
  ['no name', {summary: '', build}, /the name of this model is a line of text, not undefined/],
  ['no summary', {name: 'm', build}, /the summary of model m is a text, not undefined/],
  ['no build', {name: 'm', summary: ''}, /build of model m needs a function, not undefined/],
  [
    'an option that is none',
    {name: 'm', summary: '', options: {rms: 3}, build},
    /option rms of model m is integer, choice, flag or list\(...\), not 3/,
  ],
  ['options that are none', {name: 'm', summary: '', options: [], build}, /options of model m takes settings/],
];

for (const [what, definition, line] of MODELS) {
  test(`a model with ${what} is refused`, t => {
    t.regex(t.throws(() => model(untyped<never>(definition)), {instanceOf: RangeError})?.message ?? '', line);
  });
}

test('empty lists of keys and of instances are no mistake', async t => {
  await t.notThrowsAsync(async () =>
    model({
      name: 'empty',
      summary: '',
      build(m) {
        const none = m.slots('x', range(0), 0);
        m.action('Go', {each: none.keys}, () => []);
      },
    }),
  );
});
