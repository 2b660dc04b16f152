import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {VERSION} from '../engine/version.js';
import type {Result} from '../report/result.js';
import type {Contestant, Counts, Tool} from './contestant.js';

const COMMAND = join(import.meta.dirname, '..', '..', 'dist', 'model', 'cli', 'main.js');

/** Reads the JSON document of `holdfast check`. */
export const holdfastCounts = (output: string): Counts => {
  const {verdict, complete, distinct, generated}: Result = JSON.parse(output);
  if (verdict !== 'holds' || !complete) throw new RangeError(`holdfast says ${verdict}`);
  return {distinct, generated};
};

/** holdfast with so many workers. */
const contestant = (managers: number, workers: number, folder: string): Contestant => ({
  name: 'holdfast, breadth first',
  workers,
  command: [
    process.execPath,
    COMMAND,
    ...['check', 'two-phase-commit', '--rms', `${managers}`, '--workers', `${workers}`, '--json'],
  ],
  folder,
  counts: holdfastCounts,
  digits: null,
});

export const holdfast: Tool = {
  name: 'holdfast',

  most: 10,
  presence: () =>
    existsSync(COMMAND)
      ? {type: 'Present', versions: {holdfast: VERSION, Node: process.versions.node}}
      : {type: 'Absent', why: 'it is not built; `npm run build` does it'},

  prepare: (managers, folder) => [1, 2].map(workers => contestant(managers, workers, folder)),
};
