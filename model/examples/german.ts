import {integer, model, next, occursIn, product, type Read, range} from '../index.js';

type Cache = 'invalid' | 'shared' | 'exclusive';
type Request = 'share' | 'own';
type Grant = 'shared' | 'exclusive';

/** German's cache coherence with nodes that stand for all others (German.tla of the TLA+ examples). */
export const german = model({
  name: 'german',
  summary: 'Caches share a line, or one has it alone; some nodes are real and one is all others (German.tla).',
  options: {nodes: integer({default: 2, min: 1, max: 4, about: 'nodes that are real'})},
  build(m, {nodes}) {
    const real = range(nodes).map(i => `n${i + 1}`);
    const OTHER = 'other';
    const cache = m.slots<string, Cache>('cache', real, 'invalid');
    const request = m.slots<string, Request | null>('request', real, null);
    const order = m.slots<string, Grant | 'invalidate' | null>('order', real, null);
    const isAcked = m.slots('ack', real, false);
    const isToInvalidate = m.slots('toInvalidate', real, false);
    const isSharer = m.slots('sharer', real, false);
    const isGranted = m.slot('exclusiveGranted', false);
    const current = m.slot<Request | null>('current', null);
    const client = m.slot<string | null>('client', null);
    m.symmetry(real, {
      families: [cache, request, order, isAcked, isToInvalidate, isSharer],
      renamed: [occursIn(client, (name, rename) => (name === null || name === OTHER ? name : rename(name)))],
    });

    const accept = (read: Read, what: Request, from: string) => [
      current.set(what),
      client.set(from),
      ...real.map(n => isToInvalidate(n).set(read(isSharer(n)))),
    ];
    const mayGrant = (read: Read, to: string) =>
      read(client) === to && !read(isGranted) && (read(current) === 'share' || !real.some(n => read(isSharer(n))));
    const grant = (read: Read) => [isGranted.set(read(current) === 'own'), current.set(null), client.set(null)];

    m.action('SendReq', {each: product(real, ['share', 'own'] as const)}, (read, n, what) => {
      const isOf = what === 'share' ? read(cache(n)) === 'invalid' : read(cache(n)) !== 'exclusive';
      return read(request(n)) === null && isOf ? [next(request(n).set(what))] : [];
    });
    m.action('RecvReq', {each: real}, (read, n) => {
      const what = read(request(n));
      return read(current) === null && what !== null ? [next(request(n).set(null), ...accept(read, what, n))] : [];
    });
    m.action('SendInv', {each: real}, (read, n) => {
      const isDue = read(current) === 'own' || (read(current) === 'share' && read(isGranted));
      return read(order(n)) === null && read(isToInvalidate(n)) && isDue
        ? [next(order(n).set('invalidate'), isToInvalidate(n).set(false))]
        : [];
    });
    m.action('SendInvAck', {each: real}, (read, n) =>
      read(order(n)) === 'invalidate' && !read(isAcked(n))
        ? [next(order(n).set(null), isAcked(n).set(true), cache(n).set('invalid'))]
        : [],
    );
    m.action('RecvInvAck', {each: real}, (read, n) =>
      read(isAcked(n)) && read(current) !== null
        ? [next(isAcked(n).set(false), isSharer(n).set(false), isGranted.set(false))]
        : [],
    );
    m.action('SendGnt', {each: real}, (read, n) =>
      mayGrant(read, n) && read(order(n)) === null
        ? [next(order(n).set(read(current) === 'own' ? 'exclusive' : 'shared'), isSharer(n).set(true), ...grant(read))]
        : [],
    );
    m.action('RecvGnt', {each: real}, (read, n) => {
      const what = read(order(n));
      return what === null || what === 'invalidate' ? [] : [next(cache(n).set(what), order(n).set(null))];
    });

    m.action('OtherRecvReq', {each: ['share', 'own'] as const}, (read, what) =>
      read(current) === null ? [next(...accept(read, what, OTHER))] : [],
    );
    m.action('OtherSendGnt', read => (mayGrant(read, OTHER) ? [next(...grant(read))] : []));
    // The others own the line only where no real node does, is about to, or has just given it back.
    m.action('OtherRecvInvAck', read =>
      read(current) !== null &&
      read(isGranted) &&
      real.every(n => read(cache(n)) !== 'exclusive' && read(order(n)) !== 'exclusive' && !read(isAcked(n)))
        ? [next(isGranted.set(false))]
        : [],
    );

    m.invariant(
      'Coherence',
      {each: product(real, real)},
      (read, a, b) => a === b || read(cache(a)) !== 'exclusive' || read(cache(b)) === 'invalid',
    );
  },
});
