// What a component holds, as traces tell it.

import test from 'ava';
import {toldBeside, toldShort} from '../../../conformance/host/told-entry.js';
import {keptIn, newsIn} from '../../../conformance/host/told-news.js';
import {textOf} from '../../../model/report/value.js';

const HELD = {
  object: 'v1-namespace',
  version: {configuration: 3, sequence: 2},
  content: {
    identity: 1,
    register: {value: 'protected', generation: 1, current: ['h1', 'h2']},
    lock: {holder: null as string | null, epoch: 0},
    attempts: 0,
  },
  voters: [
    {host: 'h1', kind: 'replica', votes: 1},
    {host: 'h2', kind: 'replica', votes: 1},
    {host: 'h3', kind: 'witness', votes: 1},
  ],
  former: null,
};

test('what a component holds is told in a line, wherever it stands', t => {
  const told =
    'v1-namespace 3.2 (identity 1; protected 1; current h1 h2; lock free, epoch 0; voters h1 h2 h3 as witness)';
  t.is(toldShort(HELD), told);
  t.is(toldShort({type: 'Persist', durable: {components: [HELD]}}), `Persist {durable: {components: [${told}]}}`);
});

test('whatever is not as it mostly is, is told', t => {
  const {content} = HELD;
  const other = {
    ...HELD,
    content: {...content, lock: {holder: 'h2', epoch: 4}, attempts: 2},
    voters: [{host: 'h1', kind: 'replica', votes: 3}],
    former: HELD.voters,
  };
  t.is(
    toldShort(other),
    'v1-namespace 3.2 (identity 1; protected 1; current h1 h2; lock of h2, epoch 4; attempts 2; voters h1 with 3; ' +
      'former h1 h2 h3 as witness)',
  );
});

test('what only looks like it is told as it is', t => {
  const {former: _, ...without} = HELD;
  for (const garbled of [{...HELD, more: 1}, {...HELD, version: 3}, {...HELD, object: null}, without]) {
    t.is(toldShort(garbled), textOf(garbled).replace('{configuration: 3, sequence: 2}', '3.2'));
  }
});

test('of an object that is kept here, what is not as it is kept is told', t => {
  const {voters: _, former: __, ...known} = HELD;
  const told = toldBeside(keptIn(durable()));
  const {content} = HELD;
  t.is(told({type: 'Publish', known}), 'Publish {known: v1-namespace 3.2 (as kept)}');
  t.is(told({...HELD, content: {...content, attempts: 1}}), 'v1-namespace 3.2 (attempts 1; else as kept)');
  t.is(told({...known, content: {...content, identity: 2}}), 'v1-namespace 3.2 (identity 2; else as kept)');
  t.is(told({...HELD, object: 'v1-disk'}), toldShort({...HELD, object: 'v1-disk'}));
  t.deepEqual(keptIn(null), []);
});

test('a version is told as two numbers, and what only looks like one as it is', t => {
  t.is(toldShort({version: {configuration: 3, sequence: 2}}), '{version: 3.2}');
  const more = {configuration: 3, sequence: 2, more: 1};
  t.is(toldShort(more), textOf(more));
});

const durable = (changes: {term?: number; number?: number; components?: readonly object[]} = {}) => {
  const {term = 1, number = 3, components = [HELD]} = changes;
  return {ha: {term}, storage: {number, components}};
};

test('of what a host persists only what is new is told, whatever it is', t => {
  const {content, version} = HELD;
  const changed = (part: object) => durable({components: [{...HELD, version: {...version, sequence: 3}, ...part}]});
  const news: readonly (readonly [durable: unknown, told: string])[] = [
    [durable(), 'nothing'],
    [durable({term: 2, number: 4}), 'term 2; number 4'],
    [changed({}), 'v1-namespace 3.3'],
    [changed({content: {...content, identity: 2}}), 'v1-namespace 3.3 (identity 2)'],
    [changed({content: {...content, attempts: 2}}), 'v1-namespace 3.3 (attempts 2)'],
    [changed({content: {...content, lock: {holder: 'h2', epoch: 1}}}), 'v1-namespace 3.3 (lock of h2, epoch 1)'],
    [
      changed({content: {...content, register: {value: 'unprotected', generation: 2, current: ['h1']}}}),
      'v1-namespace 3.3 (unprotected 2; current h1)',
    ],
    [changed({voters: [], former: HELD.voters}), 'v1-namespace 3.3 (voters; former h1 h2 h3 as witness)'],
    [durable({components: []}), 'v1-namespace is gone'],
    [durable({components: [HELD, {...HELD, object: 'v1-disk'}]}), toldShort({...HELD, object: 'v1-disk'})],
  ];
  for (const [now, told] of news) t.is(newsIn(now, durable()), told);
  t.is(newsIn(durable(), changed({former: HELD.voters})), 'v1-namespace 3.2 (no former voters)');
  t.is(newsIn(durable(), changed({content: {...content, attempts: 1}})), 'v1-namespace 3.2 (attempts 0)');
});

test('what cannot be compared part by part has no news: all of it is told', t => {
  const twice = durable({components: [HELD, HELD]});
  const turned = durable({components: [{...HELD, object: 'v1-disk'}, HELD]});
  for (const odd of [
    null,
    {ha: {term: 1}},
    {...durable(), more: 1},
    durable({components: [{...HELD, more: 1}]}),
    twice,
  ])
    for (const [now, last] of [
      [odd, durable()],
      [durable(), odd],
    ])
      t.is(newsIn(now, last), null);
  t.is(newsIn(turned, durable({components: [HELD, {...HELD, object: 'v1-disk'}]})), null);
});
