import test from 'ava';
import {dieHard} from '../../model/examples/die-hard.js';
import {check} from '../../model/index.js';
import {PUBLISHED} from './published.js';

for (const {model, options, source, ...expected} of PUBLISHED) {
  const chosen = Object.entries(options).map(([name, value]) => ` --${name} ${value}`);
  test(`${model.name}${chosen.join('')} has the counts that TLC finds with ${source}`, async t => {
    const {verdict, distinct, generated, depth} = await check(model, options);
    t.deepEqual({verdict, distinct, generated, depth}, expected);
  });
}

test('die-hard is solved in six steps, as TLC solves it with DieHard/DieHard.cfg', async t => {
  const {verdict, violation} = await check(dieHard);
  t.is(verdict, 'violated');
  t.is(violation?.property, 'NotSolved');
  t.is(violation?.trace.length, 7);
  t.is(violation?.trace.at(-1)?.state['big'], 4);
});
