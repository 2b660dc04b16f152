import {anyOf, integer, model, next, range} from '../index.js';

/** Dijkstra's self-stabilising token ring (EWD 426; TokenRing.tla of the TLA+ examples). It starts in any state. */
export const tokenRing = model({
  name: 'token-ring',
  summary: 'A ring that starts with any number of tokens ends with one (TokenRing.tla).',
  options: {
    nodes: integer({default: 6, min: 2, max: 8, about: 'nodes'}),
    values: integer({default: 6, min: 2, max: 8, about: 'values of a counter, at least one less than nodes'}),
  },
  build(m, {nodes, values}) {
    const ring = range(nodes);
    const counter = m.slots('c', ring, anyOf(range(values)));

    m.action('CreateToken', {fair: 'weak', fairAs: 'Next'}, read => {
      const last = read(counter(nodes - 1));
      return read(counter(0)) === last ? [next(counter(0).set((last + 1) % values))] : [];
    });
    m.action('PassToken', {each: ring.slice(1), fair: 'weak', fairAs: 'Next'}, (read, i: number) => {
      const before = read(counter(i - 1));
      return read(counter(i)) === before ? [] : [next(counter(i).set(before))];
    });
    m.allowDeadlock();

    // One token: the nodes before its holder are where node 0 is, the others one behind.
    const isOne = m.derive('oneToken', read => {
      const [first = 0, ...others] = counter.members.map(read);
      const at = others.findIndex(value => value !== first);
      return at < 0 || others.slice(at).every(value => value === (first + values - 1) % values);
    });
    m.eventuallyAlways('Stab', read => read(isOne));

    m.invariant('TypeOK', {each: ring}, (read, i) => range(values).includes(read(counter(i))));
  },
});
