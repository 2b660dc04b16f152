// Runs five hosts in one process and prints what happens: `npm run example`. With `-- --log FOLDER` each host also
// leaves a log there, for `holdfast conform validate`.

import {appendFileSync, mkdirSync, writeFileSync} from 'node:fs';
import type {HostId} from '../../cluster/ids.js';
import {logTo, type StepLog} from '../log.js';
import {configOf} from './cluster.js';
import {timeline} from './timeline.js';

const [flag, folder = 'logs'] = process.argv.slice(2);
const logs = new Map<HostId, StepLog>();

const logOf = (host: HostId): StepLog => {
  const file = `${folder}/${host}.ndjson`;
  writeFileSync(file, '');
  return logTo(line => appendFileSync(file, line), {host, module: 'host', config: configOf(host)});
};

if (flag === '--log') mkdirSync(folder, {recursive: true});
const lines = timeline((host, event, {effects}) => {
  if (flag !== '--log') return;
  const log = logs.get(host) ?? logOf(host);
  logs.set(host, log);
  log(event, effects);
});
process.stdout.write(`${lines.join('\n')}\n`);
