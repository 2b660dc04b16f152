import {integer, model, next, range} from '../index.js';

type Message = {readonly type: 'request'; readonly clock: number} | {readonly type: 'acknowledge' | 'release'};

/** Lamport's distributed mutual exclusion by logical clocks (LamportMutex.tla of the TLA+ examples). */
export const lamportMutex = model({
  name: 'lamport-mutex',
  summary: 'Processes order their requests for a critical section by logical clocks (LamportMutex.tla).',
  options: {
    processes: integer({default: 3, min: 1, max: 4, about: 'processes'}),
    maxClock: integer({default: 6, min: 1, max: 20, about: 'the search stays where no clock exceeds this'}),
  },
  build(m, {processes, maxClock}) {
    const everyone = range(processes);
    const othersOf = (p: number) => everyone.filter(q => q !== p);
    // A pair of processes as one key. The link from p to q carries messages; the pair p, q is what p knows about q.
    const pairs = range(processes * processes);
    const pair = (p: number, q: number) => p * processes + q;

    const clock = m.slots('clock', everyone, 1);
    const request = m.slots('request', pairs, 0); // the clock of q's request, as received by p; 0 if there is none
    const acknowledged = m.sets<number, number>('ack', everyone);
    const network = m.channel<Message, number>('network', pairs, {kind: 'fifo'});
    const critical = m.set<number>('critical');

    m.action('Request', {each: everyone}, (read, p) => {
      if (read(request(pair(p, p))) !== 0) return [];
      const now = read(clock(p));
      const broadcast = othersOf(p).map(q => network(pair(p, q)).send({type: 'request', clock: now}));
      return [next(request(pair(p, p)).set(now), acknowledged(p).set([p]), ...broadcast)];
    });
    m.action('Enter', {each: everyone}, (read, p) => {
      if (read(acknowledged(p)).length < processes) return [];
      const mine = read(request(pair(p, p)));
      const beats = (q: number) => {
        const theirs = read(request(pair(p, q)));
        return theirs === 0 || mine < theirs || (mine === theirs && p < q);
      };
      return othersOf(p).every(beats) ? [next(critical.add(p))] : [];
    });
    m.action('Exit', {each: everyone}, (read, p) => {
      if (!read(critical.has(p))) return [];
      const broadcast = othersOf(p).map(q => network(pair(p, q)).send({type: 'release'}));
      return [next(critical.remove(p), request(pair(p, p)).set(0), acknowledged(p).set([]), ...broadcast)];
    });
    m.receive(network, {name: 'Receive'}, (read, link, message) => {
      const [q, p] = [Math.floor(link / processes), link % processes];
      switch (message.type) {
        case 'request':
          return [
            next(
              request(pair(p, q)).set(message.clock),
              clock(p).set(Math.max(message.clock, read(clock(p))) + 1),
              network(pair(p, q)).send({type: 'acknowledge'}),
            ),
          ];
        case 'acknowledge':
          return [next(acknowledged(p).add(q))];
        case 'release':
          return [next(request(pair(p, q)).set(0))];
      }
    });

    m.constraint('ClockConstraint', {each: everyone}, (read, p) => read(clock(p)) <= maxClock);

    m.invariant('Mutex', read => read(critical).length <= 1);
    m.invariant('BoundedNetwork', {each: pairs}, (read, link) => read(network(link)).length <= 3);
  },
});
