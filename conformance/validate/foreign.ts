// Messages that came from hosts without a log, as far as was known then.

import {broughtBy, type Carried} from './channels.js';
import type {Lined} from './judge.js';
import type {Strand} from './strand.js';

export class Foreign {
  readonly #from = new Map<string, Pick<Carried, 'network' | 'peer'> & {messages: number}>();

  add({network, peer}: Carried): void {
    const known = this.#from.get(`${network} ${peer}`) ?? {network, peer, messages: 0};
    known.messages += 1;
    this.#from.set(`${network} ${peer}`, known);
  }

  /** Why they could not be compared with what was sent, where one of these has a log that begins behind them. */
  reason(strands: readonly Strand[]): string | null {
    const late = strands.find(strand => this.count([strand]) < this.count());
    if (late === undefined) return null;
    return `the log of ${late.host} begins behind lines that it has sent to; give each log as a file of its own`;
  }

  /** How many are from none of these. */
  count(strands: readonly Strand[] = []): number {
    let sum = 0;
    for (const {network, peer, messages} of this.#from.values())
      if (!strands.some(strand => strand.host === peer && strand.speaks(network))) sum += messages;
    return sum;
  }
}

/** Who has sent the message that the line brought, where that is no host of the cluster. */
export const strangerIn = ({head, judge}: Strand, {step}: Lined): string | null => {
  const message = broughtBy(step.event, judge.network);
  const hosts = head.config['hosts'];
  return message === null || !Array.isArray(hosts) || hosts.includes(message.peer) ? null : message.peer;
};
