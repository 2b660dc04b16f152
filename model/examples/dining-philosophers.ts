import {integer, model, next, range} from '../index.js';

type Fork = {readonly holder: number; readonly clean: boolean};

/**
 * Dining philosophers who hand their forks to one another, as Chandy and Misra propose
 * (DiningPhilosophers.tla of the TLA+ examples). A fork is dirty once it was eaten with, and cleaned when handed over.
 */
export const diningPhilosophers = model({
  name: 'dining-philosophers',
  summary: 'Philosophers hand dirty forks to their neighbours, so that nobody starves (DiningPhilosophers.tla).',
  options: {philosophers: integer({default: 5, min: 2, max: 12, about: 'philosophers, and forks'})},
  build(m, {philosophers}) {
    const seats = range(philosophers);
    const leftOf = (p: number) => (p + philosophers - 1) % philosophers;
    const rightOf = (p: number) => (p + 1) % philosophers;

    // Fork p lies between p and the left neighbour. The neighbour with the lower number holds it first.
    const fork = m.slots('fork', seats, (f): Fork => ({holder: f === 1 ? 0 : f, clean: false}));
    const at = m.slots('at', seats, 'loop' as 'loop' | 'eat' | 'think');
    const hungry = m.slots('hungry', seats, true);
    const forksOf = (p: number) => [fork(p), fork(rightOf(p))] as const;

    m.action('Loop', {each: seats, fair: 'weak'}, (read, p: number) => {
      if (read(at(p)) !== 'loop') return [];
      const [left, right] = forksOf(p);
      const isDirty = ({holder, clean}: Fork) => holder === p && !clean;
      const canEat = [read(left), read(right)].every(({holder, clean}) => holder === p && clean);
      const then = at(p).set(!read(hungry(p)) ? 'think' : canEat ? 'eat' : 'loop');
      if (isDirty(read(left))) return [next(then, left.set({holder: leftOf(p), clean: true}))];
      if (isDirty(read(right))) return [next(then, right.set({holder: rightOf(p), clean: true}))];
      return [next(then)];
    });

    m.action('Eat', {each: seats, fair: 'weak'}, (read, p: number) => {
      if (read(at(p)) !== 'eat') return [];
      const dirtied = forksOf(p).map(each => each.set({...read(each), clean: false}));
      return [next(at(p).set('loop'), hungry(p).set(false), ...dirtied)];
    });

    m.action('Think', {each: seats, fair: 'weak'}, (read, p: number) =>
      read(at(p)) === 'think' ? [next(at(p).set('loop'), hungry(p).set(true))] : [],
    );

    m.invariant(
      'ExclusiveAccess',
      {each: seats},
      (read, p) => !(read(at(p)) === 'eat' && read(at(rightOf(p))) === 'eat'),
    );
    m.alwaysEventually('NobodyStarves', {each: seats}, (read, p) => !read(hungry(p)));
  },
});
