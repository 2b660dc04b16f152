import {anyOf, integer, model, next, product, range} from '../index.js';
import {perWitness} from './witness.js';

type Color = 'white' | 'black';
type Token = {readonly type: 'token'; readonly sum: number; readonly color: Color};
type Message = Token | {readonly type: 'payload'};

/** Safra's detection of termination where messages take time (EWD 998; EWD998PCal.tla of the TLA+ examples). */
export const ewd998 = model({
  name: 'ewd998',
  summary: 'A token on a ring finds out that all nodes are passive and no message is under way (EWD998PCal.tla).',
  options: {
    nodes: integer({default: 3, min: 2, max: 6, about: 'nodes on the ring'}),
    ahead: integer({default: 2, min: 0, max: 5, about: 'how many more messages a node may have sent than received'}),
  },
  build(m, {nodes, ahead}) {
    const ring = range(nodes);
    const active = m.slots('active', ring, anyOf([false, true]));
    const color = m.slots<number, Color>('color', ring, 'black');
    const counter = m.slots('counter', ring, 0);
    const network = m.channel<Message, number>('network', ring, {
      kind: 'multiset',
      initial: n => (n === 0 ? [{type: 'token', sum: 0, color: 'black'}] : []),
    });

    m.action('SendMsg', {each: product(ring, ring)}, (read, from, to) =>
      from !== to && read(active(from))
        ? [next(network(to).send({type: 'payload'}), counter(from).set(read(counter(from)) + 1))]
        : [],
    );
    m.action('Deactivate', {each: ring}, (_, n) => [next(active(n).set(false))]);
    m.receive(network, {name: 'Receive'}, (read, n, message) => {
      if (message.type === 'payload')
        return [next(counter(n).set(read(counter(n)) - 1), active(n).set(true), color(n).set('black'))];
      const isBlack = read(color(n)) === 'black';
      const sum = message.sum + read(counter(n));
      const isWorthless = [isBlack, sum !== 0, message.color === 'black'];
      const pass = (token: Token) => next(color(n).set('white'), network((n + nodes - 1) % nodes).send(token));
      if (n === 0) return perWitness(isWorthless, pass({type: 'token', sum: 0, color: 'white'}));
      return read(active(n)) ? [] : [pass({type: 'token', sum, color: isBlack ? 'black' : message.color})];
    });
    m.constraint('Ahead', {each: ring}, (read, n) => read(counter(n)) <= ahead);

    const awake = m.fold('awake', active.members, 0, (count, isActive) => count + (isActive ? 1 : 0));
    const sent = m.fold('sent', counter.members, 0, (sum, count) => sum + count);
    const underWay = m.fold(
      'underWay',
      network.members,
      0,
      (count, messages) => count + messages.filter(({type}) => type === 'payload').length,
    );
    const detected = m.derive('terminationDetected', read => {
      const token = read(network(0)).find(message => message.type === 'token');
      const isClean = token?.color === 'white' && token.sum + read(counter(0)) === 0;
      return isClean && read(color(0)) === 'white' && !read(active(0));
    });
    m.invariant('Counted', read => read(sent) === read(underWay));
    m.invariant('TerminationDetection', read => !read(detected) || read(awake) + read(underWay) === 0);
  },
});
