import {anyOf, model, next} from '../index.js';

type Segment = 'SYN' | 'SYN,ACK' | 'ACK' | 'RST' | 'FIN' | 'ACKofFIN';
type Opening = 'CLOSED' | 'LISTEN' | 'SYN-SENT' | 'SYN-RECEIVED' | 'ESTABLISHED';
type Closing = 'FIN-WAIT-1' | 'FIN-WAIT-2' | 'CLOSING' | 'CLOSE-WAIT' | 'LAST-ACK' | 'TIME-WAIT';
type State = Opening | Closing;
type Peer = 'A' | 'B';

/** What a user may ask: [command, in which state, segment sent, next state, is the control block kept]. */
const COMMANDS: readonly (readonly [string, State, Segment | null, State, boolean])[] = [
  ['ACTIVE_OPEN', 'CLOSED', 'SYN', 'SYN-SENT', true],
  ['PASSIVE_OPEN', 'CLOSED', null, 'LISTEN', true],
  ['SEND', 'LISTEN', 'SYN', 'SYN-SENT', true],
  ['CLOSE', 'SYN-SENT', null, 'CLOSED', false],
  ['CLOSE', 'SYN-RECEIVED', 'FIN', 'FIN-WAIT-1', true],
  ['CLOSE', 'LISTEN', null, 'CLOSED', false],
  ['CLOSE', 'ESTABLISHED', 'FIN', 'FIN-WAIT-1', true],
  ['CLOSE', 'CLOSE-WAIT', 'FIN', 'LAST-ACK', true],
];

/** What segments do: [in which state, segments received, segment sent, next state]. */
const ARRIVALS: readonly (readonly [State, readonly Segment[], Segment | null, State])[] = [
  ['SYN-SENT', ['SYN'], 'SYN,ACK', 'SYN-RECEIVED'],
  ['SYN-SENT', ['SYN,ACK'], 'ACK', 'ESTABLISHED'],
  ['SYN-RECEIVED', ['RST'], null, 'LISTEN'],
  ['SYN-RECEIVED', ['ACK'], null, 'ESTABLISHED'],
  ['LISTEN', ['SYN'], 'SYN,ACK', 'SYN-RECEIVED'],
  ['ESTABLISHED', ['FIN'], 'ACKofFIN', 'CLOSE-WAIT'],
  ['FIN-WAIT-1', ['FIN'], 'ACKofFIN', 'CLOSING'],
  ['FIN-WAIT-1', ['ACKofFIN'], null, 'FIN-WAIT-2'],
  ['FIN-WAIT-1', ['FIN', 'ACKofFIN'], 'ACKofFIN', 'TIME-WAIT'], // note 2 of the RFC
  ['FIN-WAIT-2', ['FIN'], 'ACKofFIN', 'TIME-WAIT'],
  ['CLOSING', ['ACKofFIN'], null, 'TIME-WAIT'],
  ['LAST-ACK', ['ACKofFIN'], null, 'CLOSED'],
];

/** The connection states of TCP as in RFC 9293, without retransmission (MCtcp.tla of the TLA+ examples). */
export const tcp = model({
  name: 'tcp',
  summary: 'Two peers open, reset and close a TCP connection (tcp.tla).',
  build(m) {
    const peers: readonly Peer[] = ['A', 'B'];
    const remoteOf = (p: Peer): Peer => (p === 'A' ? 'B' : 'A');
    const state = m.slots('connstate', peers, anyOf<State>(['SYN-SENT', 'LISTEN']));
    const hasBlock = m.slots('tcb', peers, true);
    const inbox = m.slots('network', peers, anyOf<readonly Segment[]>([[], ['SYN']]));
    // One peer has been opened actively, and its SYN is under way to the other, which listens.
    m.assume(read =>
      peers.every(p => {
        const listens = read(state(p)) === 'LISTEN';
        return (
          read(state(remoteOf(p))) === (listens ? 'SYN-SENT' : 'LISTEN') && read(inbox(p)).length === (listens ? 1 : 0)
        );
      }),
    );
    const send = (p: Peer, segment: Segment | null) =>
      segment === null ? [] : [inbox(p).update('append', (queue, last: Segment) => [...queue, last], segment)];

    // A connection is opened once: opening it again leads out of the bound of the search.
    const opened = m.slot('opened', 1);
    m.constraint('SingleActiveOpen', read => read(opened) === 1);
    m.constraint('NoRetransmission', {each: peers}, (read, p) =>
      read(inbox(p)).every((segment, i) => segment !== read(inbox(p))[i + 1]),
    );

    for (const [command, from, sent, to, keepsBlock] of COMMANDS) {
      const reopens = command === 'CLOSE' ? [] : [opened.set(2)];
      // Where nobody answers, the user gives up in the end.
      const fairness = from === 'SYN-SENT' ? ({fair: 'weak', fairAs: 'CLOSE'} as const) : {};
      m.action(`${command} ${from}`, {each: peers, ...fairness}, (read, p: Peer) =>
        read(state(p)) === from
          ? [next(state(p).set(to), hasBlock(p).set(keepsBlock), ...send(remoteOf(p), sent), ...reopens)]
          : [],
      );
    }
    m.action('Receive', {each: peers, fair: 'weak', fairAs: 'System'}, (read, p: Peer) =>
      ARRIVALS.filter(
        ([from, received]) => read(state(p)) === from && received.every((segment, i) => read(inbox(p))[i] === segment),
      ).map(([, received, sent, to]) =>
        next(state(p).set(to), inbox(p).set(read(inbox(p)).slice(received.length)), ...send(remoteOf(p), sent)),
      ),
    );
    m.action('TimeWait', {each: peers, fair: 'weak', fairAs: 'System'}, (read, p: Peer) =>
      read(state(p)) === 'TIME-WAIT' && read(hasBlock(p)) ? [next(state(p).set('CLOSED'), hasBlock(p).set(false))] : [],
    );
    m.action('SendReset', {each: peers}, (read, p) =>
      read(hasBlock(p)) ? [next(state(p).set('TIME-WAIT'), ...send(remoteOf(p), 'RST'))] : [],
    );
    m.action('ReceiveReset', {each: peers}, (read, p) => {
      const [first, ...rest] = read(inbox(p));
      if (first !== 'RST') return [];
      return (['LISTEN', 'CLOSED'] as const).map(to => next(state(p).set(to), inbox(p).set(rest)));
    });

    m.leadsTo(
      'Prop',
      {each: peers},
      (read, p) => read(state(p)) === 'SYN-SENT',
      (read, p) => ['ESTABLISHED', 'LISTEN', 'CLOSED'].includes(read(state(p))),
    );

    // Without segments under way, either both or neither believe that the connection is established.
    m.invariant('Inv', read => {
      if (peers.some(p => read(inbox(p)).length > 0)) return true;
      return (read(state('A')) === 'ESTABLISHED') === (read(state('B')) === 'ESTABLISHED');
    });
  },
});
