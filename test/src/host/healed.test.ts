// Whatever users, links and crashes did to a cluster of whole hosts: once all has healed it is in order.

import test from 'ava';
import fc from 'fast-check';
import {Cluster} from './cluster.js';

const choices = fc.array(fc.nat(5039), {minLength: 60, maxLength: 240, size: 'max'});

test('a VM executes on one host at most, the lock is held for it alone, and every user has an answer', t => {
  t.notThrows(() =>
    fc.assert(
      fc.property(choices, made => {
        const cluster = new Cluster(made);
        while (cluster.faults.length === 0 && cluster.happen()) {}
        cluster.heal();
        if (cluster.faults.length > 0) throw new Error(cluster.faults.join('; '));
      }),
      {numRuns: 300, endOnFailure: true},
    ),
  );
});
