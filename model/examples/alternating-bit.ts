import {anyOf, integer, model, next, type Readable, range} from '../index.js';

type Frame = {readonly bit: number; readonly value: number};

const append = <T>(queue: readonly T[], element: T): readonly T[] => [...queue, element];

/** The queue after each of the losses that it may suffer. */
const losses = <T>(queue: readonly T[]): readonly (readonly T[])[] => queue.map((_, lost) => queue.toSpliced(lost, 1));

/** The alternating bit protocol over two queues that lose messages (MCAlternatingBit.tla of "Specifying Systems"). */
export const alternatingBit = model({
  name: 'alternating-bit',
  summary: 'A sender and a receiver agree on values over queues that lose messages (AlternatingBit.tla).',
  options: {
    values: integer({default: 2, min: 1, max: 8, about: 'different values to send'}),
    queue: integer({default: 2, min: 1, max: 8, about: 'messages that fit in a queue'}),
  },
  build(m, {values, queue}) {
    const data = range(values);
    const msgQ = m.slot<readonly Frame[]>('msgQ', []);
    const ackQ = m.slot<readonly number[]>('ackQ', []);
    const sBit = m.slot('sBit', anyOf([0, 1]));
    const sAck = m.slot('sAck', anyOf([0, 1]));
    const rBit = m.slot('rBit', anyOf([0, 1]));
    const sent = m.slot('sent', anyOf(data));
    const rcvd = m.slot('rcvd', anyOf(data));
    m.assume(read => read(sAck) === read(sBit) && read(rBit) === read(sBit));

    m.action('SndNewValue', {each: data}, (read, value) => {
      const bit = 1 - read(sBit);
      return read(sAck) === read(sBit)
        ? [next(sent.set(value), sBit.set(bit), msgQ.update('append', append, {bit, value}))]
        : [];
    });
    m.action('ReSndMsg', {fair: 'weak'}, read =>
      read(sAck) === read(sBit) ? [] : [next(msgQ.update('append', append, {bit: read(sBit), value: read(sent)}))],
    );
    m.action('RcvMsg', {fair: 'strong'}, read => {
      const [first, ...rest] = read(msgQ);
      return first === undefined ? [] : [next(msgQ.set(rest), rBit.set(first.bit), rcvd.set(first.value))];
    });
    m.action('SndAck', {fair: 'weak'}, read => [next(ackQ.update('append', append, read(rBit)))]);
    m.action('RcvAck', {fair: 'strong'}, read => {
      const [first, ...rest] = read(ackQ);
      return first === undefined ? [] : [next(ackQ.set(rest), sAck.set(first))];
    });
    m.action('LoseMsg', read => losses(read(msgQ)).map(rest => next(msgQ.set(rest))));
    m.action('LoseAck', read => losses(read(ackQ)).map(rest => next(ackQ.set(rest))));

    m.leadsTo(
      'SentLeadsToRcvd',
      {each: data},
      (read, value) => read(sent) === value && read(sBit) !== read(sAck),
      (read, value) => read(rcvd) === value,
    );

    m.constraint('SeqConstraint', read => read(msgQ).length <= queue && read(ackQ).length <= queue);

    // Seen from outside, values pass one at a time, as if there were no queues (ABCorrectness.tla).
    m.stepProperty('ABCorrectness', {of: [sBit, sAck, rBit, sent, rcvd]}, (before, after) => {
      const unchanged = (...slots: Readable<number>[]) => slots.every(slot => before(slot) === after(slot));
      const isNewValue =
        before(sAck) === before(sBit) && after(sBit) === 1 - before(sBit) && unchanged(sAck, rBit, rcvd);
      const isDelivery = after(rBit) === before(sBit) && after(rcvd) === before(sent) && unchanged(sBit, sAck, sent);
      const isAcknowledgement = after(sAck) === before(rBit) && unchanged(sBit, rBit, sent, rcvd);
      return isNewValue || isDelivery || isAcknowledgement;
    });
  },
});
