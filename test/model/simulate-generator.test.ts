import test from 'ava';
import {generatorOf, xoshiro} from '../../model/engine/simulate/generator.js';
import {range} from '../../model/index.js';

test('the generator gives the words that its authors’ program gives', t => {
  const next = xoshiro([0x964d4a0c, 0xd40ab895, 0xad7fdecb, 0x3006f0f0]);
  t.deepEqual([next(), next(), next(), next()], [0xf1391922, 0x6fe53806, 0xa5be2840, 0xf510ee70]);
});

test('every number below the bound is as likely as any other', t => {
  for (const bound of [1, 2, 3, 7, 100]) {
    const random = generatorOf(2 ** 40 + 1, bound);
    const counts = new Array<number>(bound).fill(0);
    for (let n = 0; n < 10_000 * bound; n++) counts[random(bound)]! += 1;
    // Ten standard deviations; where the bound is 1 there is none.
    for (const count of counts) t.true(Math.abs(count - 10_000) < 1000, `${count} times one of ${bound}`);
  }
});

test('seeds and streams that differ in one bit have nothing in common', t => {
  const first = (seed: number, stream: number): string => {
    const random = generatorOf(seed, stream);
    return range(4)
      .map(() => random(2 ** 32))
      .join();
  };
  const seeds = [...range(53).map(bit => 2 ** bit), 0];
  const all = seeds.flatMap(seed => [first(seed, 0), first(seed, 1), first(seed, 2 ** 31)]);
  t.is(new Set(all).size, all.length);
});
