import {anyOf, integer, model, next, range} from '../index.js';
import {perWitness} from './witness.js';

type Color = 'white' | 'black';

/** How Dijkstra, Feijen and van Gasteren detect termination on a ring (EWD840.tla of the TLA+ examples). */
export const ewd840 = model({
  name: 'ewd840',
  summary: 'A token on a ring finds out that all nodes are passive (EWD840.tla).',
  options: {nodes: integer({default: 3, min: 2, max: 10, about: 'nodes on the ring'})},
  build(m, {nodes}) {
    const ring = range(nodes);
    const active = m.slots('active', ring, anyOf([false, true]));
    const color = m.slots('color', ring, anyOf<Color>(['white', 'black']));
    const position = m.slot('tpos', anyOf(ring));
    const token = m.slot<Color>('tcolor', 'black');

    m.action('InitiateProbe', {fair: 'weak', fairAs: 'System'}, read =>
      read(position) === 0
        ? perWitness(
            [read(token) === 'black', read(color(0)) === 'black'],
            next(position.set(nodes - 1), token.set('white'), color(0).set('white')),
          )
        : [],
    );
    m.action('PassToken', {each: ring.slice(1), fair: 'weak', fairAs: 'System'}, (read, i: number) => {
      if (read(position) !== i) return [];
      const isBlack = read(color(i)) === 'black';
      return perWitness(
        [!read(active(i)), isBlack, read(token) === 'black'],
        next(position.set(i - 1), token.set(isBlack ? 'black' : read(token)), color(i).set('white')),
      );
    });
    m.action('SendMsg', {each: ring}, (read, i) =>
      read(active(i))
        ? ring
            .filter(j => j !== i)
            .map(j => (j > i ? next(active(j).set(true), color(i).set('black')) : next(active(j).set(true))))
        : [],
    );
    m.action('Deactivate', {each: ring}, (read, i) => (read(active(i)) ? [next(active(i).set(false))] : []));

    m.allowDeadlock(); // when termination is detected, nothing is left to do

    const detected = m.derive(
      'terminationDetected',
      read => read(position) === 0 && read(token) === 'white' && read(color(0)) === 'white' && !read(active(0)),
    );
    const awake = m.fold('awake', active.members, false, (some, isActive) => some || isActive);
    m.leadsTo(
      'Liveness',
      read => !read(awake),
      read => read(detected),
    );
    m.invariant('TerminationDetection', {each: ring}, (read, i) => !(read(detected) && read(active(i))));

    // Dijkstra's invariant: the nodes that the token has passed are passive, or some blackness is on its way to node 0.
    m.invariant('Inv', {each: ring}, (read, i) => {
      if (i <= read(position) || read(token) === 'black' || !read(active(i))) return true;
      return ring.slice(0, read(position) + 1).some(j => read(color(j)) === 'black');
    });
  },
});
