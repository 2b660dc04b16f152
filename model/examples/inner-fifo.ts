import {anyOf, integer, model, next, range} from '../index.js';

/** A channel with a two-phase handshake: a value is on the wire while `rdy` and `ack` differ. */
type Wire = {readonly val: number; readonly rdy: number; readonly ack: number};

const isIdle = ({rdy, ack}: Wire) => rdy === ack;
const sent = (wire: Wire, val: number): Wire => ({...wire, val, rdy: 1 - wire.rdy});
const received = (wire: Wire): Wire => ({...wire, ack: 1 - wire.ack});

/** A queue between two handshake channels (MCInnerFIFO.tla of "Specifying Systems"). */
export const innerFifo = model({
  name: 'inner-fifo',
  summary: 'Messages enter and leave a queue by two-phase handshakes (InnerFIFO.tla).',
  options: {
    messages: integer({default: 3, min: 1, max: 6, about: 'different messages'}),
    length: integer({default: 3, min: 1, max: 6, about: 'messages that fit in the queue'}),
  },
  build(m, {messages, length}) {
    const all = range(messages);
    const idle = anyOf<Wire>(all.flatMap(val => [0, 1].map(bit => ({val, rdy: bit, ack: bit}))));
    const input = m.slot('in', idle);
    const output = m.slot('out', idle);
    const queue = m.channel<number, string>('q', ['buffer'], {kind: 'fifo'});
    const buffer = queue('buffer');

    m.action('SSend', {each: all}, (read, message) =>
      isIdle(read(input)) ? [next(input.set(sent(read(input), message)))] : [],
    );
    m.action('BufRcv', read =>
      isIdle(read(input)) ? [] : [next(input.set(received(read(input))), buffer.send(read(input).val))],
    );
    m.receive(queue, {name: 'BufSend'}, (read, _, message) =>
      isIdle(read(output)) ? [next(output.set(sent(read(output), message)))] : [],
    );
    m.action('RRcv', read => (isIdle(read(output)) ? [] : [next(output.set(received(read(output))))]));

    m.constraint('qConstraint', read => read(buffer).length <= length);
    m.invariant('TypeInvariant', read => read(buffer).every(message => all.includes(message)));
  },
});
