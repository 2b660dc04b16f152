// Logs of five hosts, by the reference: they elect a primary, protect a VM, lose their storage network, a host crashes
// and comes up again.

import {configOf} from '../../../src/driver/example/cluster.js';
import {timeline} from '../../../src/driver/example/timeline.js';
import {logTo, type StepLog} from '../../../src/driver/index.js';

/** The lines of each host's log, the head first. */
export type Logs = ReadonlyMap<string, readonly string[]>;

/** The same each time. */
export const clusterLogs = (): Logs => {
  const lines = new Map<string, string[]>();
  const logs = new Map<string, StepLog>();
  timeline((host, event, {effects}) => {
    const own = lines.get(host) ?? [];
    lines.set(host, own);
    const write = (line: string): void => {
      own.push(line.trimEnd());
    };
    const log = logs.get(host) ?? logTo(write, {host, module: 'host', config: configOf(host)});
    logs.set(host, log);
    log(event, effects);
  });
  return lines;
};
