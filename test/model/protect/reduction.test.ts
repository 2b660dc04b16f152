// What the scene forgets is what every future ignores: forgetting along the way leads to the same states as forgetting
// in the end. Lost or duplicated messages are left out, because to lose what nobody heeds wastes a fault.

import test from 'ava';
import {audit, check} from '../../../model/index.js';
import {protect} from '../../../model/scenes/protect/protect.js';
import {normalised, reachable, systemOf} from './plain-search.js';

const SIZES = [
  {hosts: 3, views: 2, toggles: 2, subsets: 'one'},
  {hosts: 3, views: 1, toggles: 2},
  {hosts: 4, views: 1, toggles: 2, subsets: 'one'},
  {hosts: 3, views: 1, toggles: 1, handovers: 1},
  {hosts: 3, views: 1, toggles: 1, crashes: 1},
  {hosts: 3, views: 1, toggles: 1, 'early-timeouts': 1},
  {hosts: 3, views: 2, toggles: 1, without: 'level-triggered'},
  {hosts: 3, views: 2, toggles: 1, without: 'every-responder'},
  {hosts: 4, views: 1, toggles: 1, subsets: 'one', without: 'namespace-query'},
  {hosts: 4, views: 1, toggles: 1, subsets: 'one', profile: 'claimed'},
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

/** Where hosts are alike, and where two VMs, link graphs or a subset rule that looks at the storage network matter. */
const AUDITED = [
  {hosts: 3, views: 1, toggles: 1, handovers: 1},
  {hosts: 3, views: 1, toggles: 2, vms: 2},
  {hosts: 4, views: 1, toggles: 1, subsets: 'partition'},
  {hosts: 3, views: 1, toggles: 1, subsets: 'complement'},
  {hosts: 4, views: 1, toggles: 1, subsets: 'one', profile: 'claimed'},
];

for (const size of AUDITED) {
  test(`to forget, and to take hosts for each other, is sound with ${JSON.stringify(size)}`, async t => {
    const {verdict, reductions} = await audit(protect, size);
    t.is(verdict, 'proved');
    t.deepEqual(
      reductions.map(({reduction}) => reduction),
      ['normalisers', 'symmetry'],
    );
  });
}

test('the explorer counts the states that a plain search counts, reduced and unreduced', async t => {
  const size = {hosts: 3, views: 1, toggles: 2, topology: 'graphs'}; // where no two hosts are alike
  for (const choices of [size, {...size, unreduced: true}]) {
    t.is((await check(protect, choices)).distinct, reachable(systemOf(choices)).size);
  }
});
