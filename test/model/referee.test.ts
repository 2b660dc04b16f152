import test from 'ava';
import {CATALOGUE} from '../../model/catalogue.js';
import {systemOf} from '../../model/engine/system.js';
import {twoPhaseCommit} from '../../model/examples/two-phase-commit.js';
import {agreed} from './engine/agreement.js';
import {explore} from './referee.js';

/** The referee's patience, in states. */
const MOST = 2000;

test('the referee counts two-phase commit as published', t => {
  const counts = [2, 3, 4].map(rms => {
    const {states, generated, depth} = explore(systemOf(twoPhaseCommit, {rms})) ?? {};
    return [states?.size, generated, depth];
  });
  t.deepEqual(counts, [
    [56, 154, 8],
    [288, 1146, 11],
    [1568, 8258, 14],
  ]);
});

test('the referee gives up when there are too many states', t => {
  t.is(explore(systemOf(twoPhaseCommit, {rms: 4}), 1567), null);
  t.is(explore(systemOf(twoPhaseCommit, {rms: 4}), 1568)?.states.size, 1568);
});

for (const {name, load, trials} of CATALOGUE) {
  for (const {choices, expected} of trials) {
    test(`explorer and referee agree on ${[name, ...Object.entries(choices).flat()].join(' ')}`, async t => {
      const result = await agreed(await load(), choices, MOST);
      if (result === null) t.pass(`it has more than ${MOST} states`);
      else t.is(result.verdict, expected);
    });
  }
}
