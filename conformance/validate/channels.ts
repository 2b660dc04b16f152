// What was sent, so that it can be told whether what was received ever was. On both networks messages may get lost and
// overtake each other; the one between HA modules may also double them, the one between storage modules may not.

import {at, canonical} from '../canonical.js';
import type {Network, Underway} from './facts.js';

/** A message on its way: who sent it, or to whom. */
export type Carried = {readonly network: Network; readonly peer: string; readonly message: unknown};

/** The message that an effect sends, if it does. */
export const sentBy = (effect: unknown, network: Network): Carried | null => carried(effect, 'Send', 'to', network);

/** The message that an event brings, if it does. */
export const broughtBy = (event: unknown, network: Network): Carried | null =>
  carried(event, 'Received', 'from', network);

const carried = (value: unknown, type: string, peer: string, network: Network): Carried | null => {
  const name = at(value, [peer]);
  if (at(value, ['type']) !== type || typeof name !== 'string') return null;
  const named = at(value, ['network']);
  return {
    network: named === 'ha' || named === 'storage' ? named : network,
    peer: name,
    message: at(value, ['message']),
  };
};

/** How many messages of one host to another are remembered. */
const MOST_KEPT = 4_096;

/** One direction between two hosts on one network. `sent`: by the text of the message. */
type Channel = {readonly sent: Map<string, Sent>; forgotten: boolean};

type Sent = {number: number; count: number; received: number};

export type Match = 'sent' | 'unsent' | 'forgotten';

export class Channels {
  readonly #channels = new Map<string, Channel>();
  #next = 0;

  send(from: string, {network, peer, message}: Carried): void {
    const channel = this.#channel(network, from, peer);
    const text = canonical(message);
    const known = channel.sent.get(text);
    channel.sent.delete(text);
    channel.sent.set(text, {number: this.#next, count: (known?.count ?? 0) + 1, received: known?.received ?? 0});
    this.#next += 1;
    if (channel.sent.size <= MOST_KEPT) return;
    const [first] = channel.sent.keys();
    if (first !== undefined) channel.sent.delete(first);
    channel.forgotten = true;
  }

  /** Whether it was sent before. Nothing is taken. */
  look(to: string, {network, peer, message}: Carried): Match {
    const {sent, forgotten} = this.#channel(network, peer, to);
    if (sent.has(canonical(message))) return 'sent';
    return forgotten ? 'forgotten' : 'unsent';
  }

  /** It has arrived. Between storage modules nothing arrives twice. */
  take(to: string, {network, peer, message}: Carried): void {
    const {sent} = this.#channel(network, peer, to);
    const text = canonical(message);
    const found = sent.get(text);
    if (found === undefined) return;
    found.received += 1;
    if (network === 'ha') return;
    found.count -= 1;
    if (found.count === 0) sent.delete(text);
  }

  /** The last messages on their way to a host, the newest first, and those that have arrived after all others. */
  underway(to: string, most: number): readonly Underway[] {
    const channels = [...this.#channels].flatMap(([key, {sent}]) => {
      const [network, from, peer] = JSON.parse(key) as [Network, string, string];
      if (peer !== to) return [];
      return [...sent].slice(-most).map(([text, each]) => ({...each, text, network, from}));
    });
    const last = channels.sort((a, b) => b.number - a.number);
    const late = last.filter(({count, received}) => received < count);
    const rest = last.filter(({count, received}) => received >= count);
    return [...late, ...rest].map(({network, from, text}) => ({network, from, message: JSON.parse(text)}));
  }

  #channel(network: Network, from: string, to: string): Channel {
    const key = JSON.stringify([network, from, to]);
    const known = this.#channels.get(key);
    if (known !== undefined) return known;
    const channel = {sent: new Map(), forgotten: false};
    this.#channels.set(key, channel);
    return channel;
  }
}
