import {model, next} from '../index.js';

const INSIDE = ['critical', 'leave'];

/** Peterson's mutual exclusion of two processes (Peterson.tla of the TLA+ examples), with its inductive invariant. */
export const peterson = model({
  name: 'peterson',
  summary: 'Two processes take turns in a critical section (Peterson.tla).',
  build(m) {
    const processes = [1, 2];
    const other = (p: number) => 3 - p;
    const at = m.slots('at', processes, 'idle' as 'idle' | 'knock' | 'yield' | 'wait' | 'critical' | 'leave');
    const wants = m.slots('wants', processes, false);
    const turn = m.slot('turn', 1);

    m.action('Try', {each: processes}, (read, p) => (read(at(p)) === 'idle' ? [next(at(p).set('knock'))] : []));
    m.action('Knock', {each: processes, fair: 'weak'}, (read, p) =>
      read(at(p)) === 'knock' ? [next(at(p).set('yield'), wants(p).set(true))] : [],
    );
    m.action('Yield', {each: processes, fair: 'weak'}, (read, p) =>
      read(at(p)) === 'yield' ? [next(at(p).set('wait'), turn.set(other(p)))] : [],
    );
    m.action('Enter', {each: processes, fair: 'weak'}, (read, p) => {
      if (read(at(p)) !== 'wait') return [];
      return !read(wants(other(p))) || read(turn) === p ? [next(at(p).set('critical'))] : [];
    });
    m.action('Work', {each: processes, fair: 'weak'}, (read, p) =>
      read(at(p)) === 'critical' ? [next(at(p).set('leave'))] : [],
    );
    m.action('Leave', {each: processes, fair: 'weak'}, (read, p) =>
      read(at(p)) === 'leave' ? [next(at(p).set('idle'), wants(p).set(false))] : [],
    );

    // Who begins to knock gets in, provided that nobody rests for ever on what he can do, except before knocking.
    m.leadsTo(
      'NobodyStarves',
      {each: processes},
      (read, p) => read(at(p)) === 'knock',
      (read, p) => read(at(p)) === 'critical',
    );

    m.invariant('MutualExclusion', read => !processes.every(p => INSIDE.includes(read(at(p)))));
    m.invariant(
      'WantsUntilLeft',
      {each: processes},
      (read, p) => read(wants(p)) === !['idle', 'knock'].includes(read(at(p))),
    );
    m.invariant('InsideInTurn', {each: processes}, (read, p) => {
      if (!INSIDE.includes(read(at(p))) || read(turn) === p) return true;
      return ['idle', 'knock', 'yield'].includes(read(at(other(p))));
    });
  },
});
