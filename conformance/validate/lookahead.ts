// The lines that come next, as far as they are looked at before their turn.

import {canonical} from '../canonical.js';
import {broughtBy, type Carried, type Channels, sentBy} from './channels.js';
import type {Underway} from './facts.js';
import type {Lined, Outside} from './judge.js';
import type {Strand} from './strand.js';

/** How far is looked ahead for a line that should have come, in lines of one module. */
export const LOOKAHEAD = 1_000;

/** In so many lines of its peers is looked for messages that may have come to a module unseen. */
const MOST_AHEAD = 100;

/** So many messages from each peer may still have been on their way. */
const MOST_UNDERWAY = 16;

/** The next lines of a strand, the very next among them. */
export const linesAhead = (strand: Strand, most = LOOKAHEAD): readonly Lined[] => {
  const lines: Lined[] = [];
  for (let distance = 0; distance < most; distance++) {
    const line = strand.peek(distance);
    if (line === undefined) break;
    if (line.type === 'Step') lines.push(line);
  }
  return lines;
};

export const sendsAhead = (sender: Strand, to: string, message: Carried): boolean =>
  distanceToSending(sender, to, message) !== null;

/** Whether what this line has received is sent to its module in lines that come. */
export const isSentAhead = (strand: Strand, {step}: Lined, strands: readonly Strand[]): boolean => {
  const message = broughtBy(step.event, strand.judge.network);
  if (message === null) return false;
  return strands.some(sender => sender.host === message.peer && sendsAhead(sender, strand.host, message));
};

/** How many lines on it is sent; null where it is not. */
export const distanceToSending = (sender: Strand, to: string, {network, message}: Carried): number | null => {
  const text = canonical(message);
  const distance = linesAhead(sender).findIndex(({step}) =>
    step.effects.some(effect => {
      const sent = sentBy(effect, sender.judge.network);
      return sent?.peer === to && sent.network === network && canonical(sent.message) === text;
    }),
  );
  return distance < 0 ? null : distance;
};

/** What may have come to a module unseen: messages that its peers have sent, or are about to send. */
export const outsideOf = (strand: Strand, strands: readonly Strand[], channels: Channels): Outside => {
  const ahead = strands.flatMap(sender =>
    linesAhead(sender, MOST_AHEAD).flatMap(({step}) =>
      step.effects.flatMap((effect): readonly Underway[] => {
        const sent = sentBy(effect, sender.judge.network);
        return sent?.peer === strand.host && strand.speaks(sent.network)
          ? [{network: sent.network, from: sender.host, message: sent.message}]
          : [];
      }),
    ),
  );
  const messages = new Map(
    [...channels.underway(strand.host, MOST_UNDERWAY), ...ahead].map(each => [JSON.stringify(each), each]),
  );
  const near = JSON.stringify(linesAhead(strand, 4).map(({step}) => [step.event, step.effects]));
  const numbers: Outside['numbers'] = name => [
    ...new Set([1, ...[...near.matchAll(new RegExp(`"${name}":(\\d+)`, 'g'))].map(([, digits]) => Number(digits))]),
  ];
  return {messages: [...messages.values()], numbers};
};
