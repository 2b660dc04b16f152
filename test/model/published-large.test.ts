import test from 'ava';
import {check} from '../../model/index.js';
import {PUBLISHED_LARGE} from './published.js';

for (const {model, options, source, ...expected} of PUBLISHED_LARGE) {
  const chosen = Object.entries(options).map(([name, value]) => ` --${name} ${value}`);
  test.serial(`${model.name}${chosen.join('')} has the counts that TLC finds with ${source}`, async t => {
    const {verdict, distinct, generated, depth} = await check(model, options);
    t.deepEqual({verdict, distinct, generated, depth}, expected);
  });
}
