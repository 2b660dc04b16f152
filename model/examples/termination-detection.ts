import {anyOf, integer, model, next, range} from '../index.js';

/** What every detection of termination implements (SyncTerminationDetection.tla of the TLA+ examples). */
export const terminationDetection = model({
  name: 'termination-detection',
  summary: 'Nodes wake one another, and termination is detected only when all sleep (SyncTerminationDetection.tla).',
  options: {nodes: integer({default: 7, min: 1, max: 16, about: 'nodes'})},
  build(m, {nodes}) {
    const everyone = range(nodes);
    const active = m.slots('active', everyone, anyOf([false, true]));
    const detected = m.slot('terminationDetected', anyOf([false, true]));
    const awake = m.fold('awake', active.members, 0, (count, isActive) => count + (isActive ? 1 : 0));
    m.assume(read => !read(detected) || read(awake) === 0);

    m.action('Terminate', {each: everyone}, (read, i) => {
      if (!read(active(i))) return [];
      const asleep = next(active(i).set(false));
      const isLast = read(awake) === 1;
      return isLast && !read(detected) ? [asleep, next(active(i).set(false), detected.set(true))] : [asleep];
    });
    m.action('Wakeup', {each: everyone}, (read, i) =>
      read(active(i)) ? everyone.map(j => next(active(j).set(true))) : [],
    );
    m.action('DetectTermination', {fair: 'weak'}, read => (read(awake) === 0 ? [next(detected.set(true))] : []));

    m.leadsTo(
      'Liveness',
      read => read(awake) === 0,
      read => read(detected),
    );
    m.invariant('DetectedWhenAsleep', read => !read(detected) || read(awake) === 0);
    m.stepProperty('DetectedForGood', {of: [detected]}, (_, after) => after(detected));
  },
});
