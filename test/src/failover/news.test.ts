// What a primary makes of news of a VM that it knows, whoever tells it.

import test from 'ava';
import {
  eager,
  type FailoverConfig,
  type FailoverEvent,
  failoverOutcomes,
  generation,
  hostId,
  noFailover,
  profile,
  term,
  vmId,
} from '../../../src/index.js';

const [h1, h2] = [hostId('h1'), hostId('h2')];
const vm = vmId('v');
const config: FailoverConfig = {
  self: h1,
  hosts: [h1, h2],
  repairs: profile('hardened'),
  plans: [{vm, stored: true, priority: 0}],
  placement: 'ask',
  scope: 'all',
  schedule: [0],
  concurrency: 1,
};

const KNOWN = 2;
const after = (state: typeof noFailover, event: FailoverEvent) =>
  eager(failoverOutcomes(config, term(1), state, event)).state;
const known = after(noFailover, {type: 'Protected', vm, generation: generation(KNOWN), host: h2});

const ROWS = [
  {value: 'protected', told: 1, counts: false},
  {value: 'unprotected', told: 1, counts: false},
  {value: 'protected', told: 2, counts: false},
  {value: 'unprotected', told: 2, counts: true},
  {value: 'protected', told: 3, counts: true},
  {value: 'unprotected', told: 3, counts: true},
] as const;

for (const {value, told, counts} of ROWS) {
  const number = generation(told);
  const events: readonly FailoverEvent[] = [
    value === 'protected'
      ? {type: 'Protected', vm, generation: number, host: h2}
      : {type: 'Unprotected', vm, generation: number},
    {type: 'Retrieved', retrieval: {vm, value, generation: number, attempts: 0}},
  ];
  for (const event of events) {
    test(`FO-02: ${event.type} of generation ${told}, ${value}, ${counts ? 'counts' : 'is ignored'}`, t => {
      const now = after(known, event);
      if (counts) t.like(now.inventory[0], {value, generation: number});
      else t.deepEqual(now, known);
    });
  }
}
