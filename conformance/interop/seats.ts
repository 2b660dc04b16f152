// Who plays which host. A program is started for each host that it plays; a subject that listens may be several hosts.

import type {HostId} from '../../src/index.js';
import type {Breakdown} from '../adapter/breakdown.js';
import type {Connection} from '../adapter/connection.js';
import type {Hello, ModuleName} from '../adapter/protocol.js';
import type {Seat} from './run.js';

/** How a host's subject is started: the same text is the same subject. */
export type Assignment = {readonly host: HostId; readonly command: string};

/** A subject that has said who it is. */
type Met = {readonly connection: Connection; readonly said: Hello};

export type Seated<Config> = {
  readonly seats: readonly Seat<Config>[];
  /** Ends all subjects. What was wrong with their ends. */
  readonly close: () => Promise<readonly Breakdown[]>;
};

/** Throws a Breakdown where a subject cannot be met or is no such module; then nothing is left running. */
export const seated = async <Config>(
  assignments: readonly Assignment[],
  module: ModuleName,
  meet: (command: string) => Promise<Met>,
  isShared: (command: string) => boolean,
  configOf: (host: HostId, said: Hello) => Config,
): Promise<Seated<Config>> => {
  const started: Met[] = [];
  const seats: Seat<Config>[] = [];
  const close = async (): Promise<readonly Breakdown[]> => {
    const ends = await Promise.all(started.map(({connection}) => connection.close()));
    return ends.filter(end => end !== null);
  };
  try {
    for (const command of new Set(assignments.map(each => each.command))) {
      const hosts = assignments.filter(each => each.command === command).map(({host}) => host);
      while (hosts.length > 0) {
        const met = await meet(command);
        started.push(met);
        const {implementation, capabilities} = met.said;
        const most = isShared(command) ? (capabilities?.hosts ?? 1) : 1;
        const name = [implementation.name, implementation.version].filter(part => part !== undefined).join(' ');
        for (const host of hosts.splice(0, most)) {
          const driver = met.connection.driver(module, false, most > 1 ? host : null);
          seats.push({host, name, config: configOf(host, met.said), driver});
        }
      }
    }
  } catch (thrown) {
    await close();
    throw thrown;
  }
  return {seats: seats.sort((a, b) => (a.host < b.host ? -1 : 1)), close};
};
