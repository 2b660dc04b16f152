// Counterexamples in which everything that a model may name has a name that some format could take for its own syntax.

import fc from 'fast-check';
import type {Result, TraceStep, Violation} from '../../model/index.js';

const HOSTILE = [
  '</script><script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onclick='alert(1)",
  '%%{init: {}}%%',
  'end',
  'wrap: loop',
  'a; b # c',
  '#59;',
  '$$x$$',
  '->>',
  '\u202e\u0007\n',
  '&lt;b&amp;',
  '#meta',
  '__proto__',
  '🦊 Füchse',
  ' ',
];

const word = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({minLength: 1, maxLength: 20}));
const value = fc.letrec<{value: unknown}>(tie => ({
  value: fc.oneof(
    {depthSize: 'small'},
    word,
    fc.integer(),
    fc.boolean(),
    fc.constantFrom(null, 1.5),
    fc.array(tie('value'), {maxLength: 3}),
    fc.dictionary(word, tie('value'), {maxKeys: 3}),
  ),
})).value;

type Letter = {readonly from: unknown; readonly message: unknown};
type Told = {readonly result: Result; readonly violation: Violation};

/** Two hosts and a slot; in each step somebody sends, receives or loses a message, or does something else. */
const tell = (
  [first, second]: readonly string[],
  names: readonly string[],
  values: readonly unknown[],
  [isLasso, holds]: readonly [boolean, 'set' | 'bag' | 'sequence'],
): Told => {
  const [model = '', property = '', action = '', note = '', rule = '', family = '', slot = ''] = names;
  const hosts = [first ?? '', second ?? ''] as const;
  const inbox = `inbox[${hosts[1]}]`;
  const letter: Letter = {from: hosts[0], message: values[0]};
  const base = {
    step: 0,
    action: null,
    parameters: [],
    message: null,
    delivery: null,
    rules: [],
    note: null,
    changes: [],
  };
  const state = (value: unknown, letters: readonly unknown[]) =>
    Object.fromEntries([
      [`${family}[${hosts[0]}]`, value],
      [slot, values[1]],
      [inbox, letters],
    ]);
  const step = (n: number, fields: Partial<TraceStep>): TraceStep => ({
    ...base,
    step: n,
    action,
    state: state(values[2], []),
    ...fields,
  });
  const trace: readonly TraceStep[] = [
    {...base, state: state(values[2], [])},
    step(1, {
      parameters: [hosts[0], values[1]],
      rules: [rule],
      note,
      changes: [{slot: inbox, before: [], after: [letter]}],
      state: state(values[2], [letter]),
    }),
    step(2, {
      parameters: [hosts[1]],
      message: letter,
      delivery: {inbox, fate: 'received', isRemoved: false},
      changes: [{slot: `${family}[${hosts[0]}]`, before: values[2], after: values[0]}],
      state: state(values[0], [letter]),
    }),
    step(3, {
      parameters: [hosts[1]],
      message: letter,
      delivery: {inbox, fate: 'lost', isRemoved: true},
      changes: [{slot: inbox, before: [letter], after: []}],
    }),
  ];
  return {
    result: {
      model,
      options: {[slot]: values[1]},
      slots: [
        {name: `${family}[${hosts[0]}]`, family, key: hosts[0], holds: 'value', isInbox: false},
        {name: slot, family: null, key: null, holds, isInbox: false},
        {name: inbox, family: 'inbox', key: hosts[1], holds, isInbox: true},
      ],
      verdict: 'violated',
      complete: false,
      reason: 'stopped at the first violation',
      distinct: 4,
      generated: 5,
      depth: 4,
      seconds: 0.01,
      peakMemoryBytes: 2 ** 20,
      violation: null,
      coverage: {
        actions: [{name: action, generated: 4, distinct: 3}],
        rules: [{id: rule, generated: 1}],
        neverFired: {actions: [model], rules: [note]},
      },
      simulation: null,
    },
    violation: {property, kind: isLasso ? 'temporal' : 'invariant', trace, loop: isLasso ? 0 : null},
  };
};

/** A violation with the result that it belongs to; names are different from each other where a model's must be. */
export const told: fc.Arbitrary<Told> = fc
  .tuple(
    fc.uniqueArray(word, {minLength: 2, maxLength: 2}),
    fc.uniqueArray(word, {minLength: 7, maxLength: 7, selector: name => name.replace(/^#/, '_')}),
    fc.tuple(value, value, value),
    fc.tuple(fc.boolean(), fc.constantFrom('set', 'bag', 'sequence')),
  )
  .map(([hosts, names, values, manner]) => {
    const {result, violation} = tell(hosts, names, values, manner);
    return {result: {...result, violation}, violation};
  });
