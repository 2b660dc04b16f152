// What the scene forgets is ignored in every future by the mended protocol, and with a repair off as well: the hazards'
// counterexamples and their shortest lengths rest on that.

import test from 'ava';
import {audit} from '../../../model/index.js';
import {failover} from '../../../model/scenes/failover/failover.js';
import type {Repair} from '../../../src/index.js';

const NONE = {views: 0, splits: 0, crashes: 0, toggles: 0, attempts: 2};

/** Those that failover goes by, each with a fault about which it changes what is done. */
const OFF: readonly (readonly [Repair, Readonly<Record<string, number | boolean>>])[] = [
  ['ghost-kill', {views: 1, toggles: 1}],
  ['intent-generation', {crashes: 1, lasting: true, toggles: 1, attempts: 1}],
  ['lock-registration', {crashes: 1}],
  ['request-ids', {splits: 1}],
  ['shared-attempts', {crashes: 2, lasting: true, vms: 2, capacity: 1, attempts: 1}],
  ['storage-loss-trigger', {views: 1, toggles: 1}],
  ['terms', {splits: 1}],
  ['timeouts', {crashes: 1, losses: 1}],
  ['write-fencing', {views: 2, attempts: 1}],
];

for (const [faults, without] of [
  ...OFF.map(([repair, faults]) => [faults, repair] as const),
  [{crashes: 1, losses: 1}, ''] as const,
]) {
  test(`without ${without || 'nothing'} the normalisers forget only what every future ignores`, async t => {
    const {verdict, reductions} = await audit(failover, {...NONE, ...faults, without});
    t.is(verdict, 'proved');
    t.deepEqual(
      reductions.map(({reduction, full, reduced}) => [reduction, (full ?? 0) > (reduced ?? 0)]),
      [['normalisers', true]],
    );
  });
}
