// What the scene forgets is what every future ignores: forgetting along the way leads to the same states as forgetting
// in the end.

import test from 'ava';
import {builder} from '../../../model/define/builder.js';
import {chosen} from '../../../model/define/options.js';
import type {System} from '../../../model/define/system.js';
import {storage} from '../../../model/scenes/storage/storage.js';
import {normalised, reachable} from '../protect/plain-search.js';

const systemOf = (choices: Readonly<Record<string, unknown>>): System => {
  const {m, system} = builder();
  storage.build(m, chosen(storage.options, choices));
  return system();
};

const SIZES = [
  {views: 0, toggles: 1},
  {views: 0, toggles: 0, locks: 2},
  {views: 1, toggles: 0, crashes: 1, links: 'partitions'},
  {views: 0, toggles: 0, losses: 1},
];

for (const size of SIZES) {
  test(`forgetting is sound with ${JSON.stringify(size)}`, t => {
    const reduced = systemOf(size);
    const found = new Set(reachable(reduced).keys());
    const all = [...reachable(systemOf({...size, unreduced: true})).values()];
    const forms = new Set(all.map(state => JSON.stringify(normalised(reduced, state))));
    t.deepEqual([...forms].filter(form => !found.has(form)).slice(0, 1), []);
    t.deepEqual([...found].filter(form => !forms.has(form)).slice(0, 1), []);
    t.true(found.size < all.length, 'and something is forgotten at all');
  });
}
