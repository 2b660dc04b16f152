import {integer, model, next} from '../index.js';

/** The water jugs of the film "Die Hard 3" (DieHard.tla of the TLA+ examples): the counterexample is the solution. */
export const dieHard = model({
  name: 'die-hard',
  summary: 'Measure 4 gallons with a jug of 5 and one of 3; the counterexample says how (DieHard.tla).',
  options: {
    capacity: integer({default: 5, min: 1, max: 99, about: 'gallons that the big jug holds'}),
    spare: integer({default: 3, min: 1, max: 99, about: 'gallons that the small jug holds'}),
    goal: integer({default: 4, min: 1, max: 99, about: 'gallons wanted in the big jug'}),
  },
  build(m, {capacity, spare, goal}) {
    const big = m.slot('big', 0);
    const small = m.slot('small', 0);

    m.action('FillSmallJug', () => [next(small.set(spare))]);
    m.action('FillBigJug', () => [next(big.set(capacity))]);
    m.action('EmptySmallJug', () => [next(small.set(0))]);
    m.action('EmptyBigJug', () => [next(big.set(0))]);
    m.action('SmallToBig', read => {
      const poured = Math.min(read(small), capacity - read(big));
      return [next(small.set(read(small) - poured), big.set(read(big) + poured))];
    });
    m.action('BigToSmall', read => {
      const poured = Math.min(read(big), spare - read(small));
      return [next(big.set(read(big) - poured), small.set(read(small) + poured))];
    });

    m.invariant('NotSolved', read => read(big) !== goal);
  },
});
