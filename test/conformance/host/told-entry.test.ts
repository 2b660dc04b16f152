// What a component holds, as traces tell it.

import test from 'ava';
import {toldShort} from '../../../conformance/host/told-entry.js';
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
    t.is(toldShort(garbled), textOf(garbled));
  }
});
