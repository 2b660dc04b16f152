import test from 'ava';
import fc from 'fast-check';
import {partitions, range, subsets} from '../../model/index.js';

const few = fc.uniqueArray(fc.nat(9), {maxLength: 5});

test('the subsets of a list are all of them, each once, in the order of the list', t => {
  fc.assert(
    fc.property(few, values => {
      const all = subsets(values);
      t.is(new Set(all.map(subset => subset.join())).size, 2 ** values.length);
      for (const subset of all)
        t.deepEqual(
          subset,
          values.filter(value => subset.includes(value)),
        );
    }),
  );
});

test('every way to divide a list into parts is there, each once', t => {
  // Bell numbers.
  t.deepEqual(
    range(8).map(size => partitions(range(size)).length),
    [1, 1, 2, 5, 15, 52, 203, 877],
  );
  fc.assert(
    fc.property(few, values => {
      const all = partitions(values);
      t.is(new Set(all.map(parts => parts.map(part => part.join()).join('|'))).size, all.length);
      for (const parts of all) {
        t.deepEqual(parts.flat().toSorted(), values.toSorted());
        t.true(parts.every(part => part.length > 0));
      }
    }),
  );
});
