// A subject that listens somewhere: at a TCP port, or at a Unix socket.

import {once} from 'node:events';
import {connect, type Socket} from 'node:net';
import {Breakdown} from './breakdown.js';
import {lineReader, type Open} from './channel.js';

export type Address =
  | {readonly type: 'Tcp'; readonly host: string; readonly port: number}
  | {readonly type: 'Unix'; readonly path: string};

/** `tcp:HOST:PORT` or `unix:PATH`; null if it is neither. */
export const addressOf = (text: string): Address | null => {
  const {host, port, path} = /^(?:tcp:(?<host>.+):(?<port>\d{1,5})|unix:(?<path>.+))$/.exec(text)?.groups ?? {};
  if (path !== undefined) return {type: 'Unix', path};
  return host === undefined || Number(port) > 65535 ? null : {type: 'Tcp', host, port: Number(port)};
};

/** Connects. The subject is not ours to end: it goes on listening when the connection is closed. */
export const socket =
  (address: Address): Open =>
  async (ears, patience) => {
    const made: Socket = address.type === 'Unix' ? connect(address.path) : connect(address.port, address.host);
    let isClosing = false;
    try {
      await once(made, 'connect', {signal: patience});
    } catch (thrown) {
      made.destroy();
      const message = thrown instanceof Error ? thrown.message : String(thrown);
      throw new Breakdown('not-started', `nobody answers there: ${patience.aborted ? 'not in time' : message}`);
    }
    made.setNoDelay(true);
    const closed = (): void => {
      if (!isClosing) ears.broken(new Breakdown('closed-output', 'it closed the connection before it was told to'));
    };
    const reader = lineReader(ears);
    made.on('data', reader.take).on('end', closed).on('error', closed);
    return {
      write: lines => void made.write(lines),
      close: () => {
        isClosing = true;
        made.destroy();
        return Promise.resolve(null);
      },
      parting: () => null,
      complaints: () => '',
      unfinished: reader.unfinished,
    };
  };
