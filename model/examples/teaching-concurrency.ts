import {integer, model, next, range} from '../index.js';

/** The algorithm of Lamport's "Teaching Concurrency": somebody sees a 1 (Simple.tla of the TLA+ examples). */
export const teachingConcurrency = model({
  name: 'teaching-concurrency',
  summary: 'Everyone sets x, then copies the left neighbour’s x to y: some y is 1 in the end (Simple.tla).',
  options: {processes: integer({default: 5, min: 1, max: 12, about: 'processes in a circle'})},
  build(m, {processes}) {
    const circle = range(processes);
    const x = m.slots('x', circle, 0);
    const y = m.slots('y', circle, 0);
    const at = m.slots('at', circle, 'set' as 'set' | 'copy' | 'done');
    const allDone = m.fold('allDone', at.members, true, (all, label) => all && label === 'done');
    const someOne = m.fold('someOne', y.members, false, (some, value) => some || value === 1);

    m.action('Set', {each: circle}, (read, i) => (read(at(i)) === 'set' ? [next(at(i).set('copy'), x(i).set(1))] : []));
    m.action('Copy', {each: circle}, (read, i) =>
      read(at(i)) === 'copy' ? [next(at(i).set('done'), y(i).set(read(x((i + processes - 1) % processes))))] : [],
    );
    m.action('Terminating', read => (read(allDone) ? [next()] : []));

    m.invariant('PCorrect', read => !read(allDone) || read(someOne));
    m.invariant('SetBeforeCopy', {each: circle}, (read, i) => read(at(i)) === 'set' || read(x(i)) === 1);
  },
});
