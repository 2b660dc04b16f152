// `npm run bench:conform [-- command...]`: how many steps a second are judged, on this machine and with this subject
// (the kit in TypeScript, if none is named). Each is measured several times in one process; the median is told.

import {cpus} from 'node:os';
import {join} from 'node:path';
import {print} from '../../model/cli/output.js';
import {eager} from '../../src/index.js';
import {connected} from '../adapter/connection.js';
import {program} from '../adapter/program.js';
import type {ModuleName} from '../adapter/protocol.js';
import {judge} from '../conform.js';
import {type Driver, driving} from '../driver.js';
import {haModule} from '../ha/specification.js';
import {haSuite, referenceOf} from '../index.js';
import {recorded} from './recorded.js';

const ROUNDS = 5;
const MODULE: ModuleName = 'ha';
const [node, kit] = [process.execPath, join(import.meta.dirname, '..', 'kits', 'typescript', 'main.ts')];

type Rate = {readonly steps: number; readonly perSecond: number};

/** Steps a second, by what `clock` counts in seconds. The first time is for warming up. */
const measured = async (driver: Driver, clock: () => number, suite = haSuite()): Promise<Rate> => {
  const rates: number[] = [];
  let steps = 0;
  for (let round = 0; round <= ROUNDS; round++) {
    const began = clock();
    const result = await judge(suite, driver);
    if (result.verdict !== 'pass') throw new Error(`${result.verdict}: ${result.reason}`);
    steps = result.coverage.steps;
    if (round > 0) rates.push(steps / (clock() - began));
  }
  return {steps, perSecond: rates.sort((a, b) => a - b)[(ROUNDS - 1) / 2] ?? 0};
};

const wall = (): number => performance.now() / 1000;
const processor = (): number => process.cpuUsage().user / 1e6;

const overPipe = async (command: readonly string[], isPipelined: boolean, suite = haSuite()): Promise<Rate> => {
  const connection = await connected(program(command), 10_000);
  try {
    await connection.hello('holdfast bench');
    return await measured(connection.driver(MODULE, isPipelined), wall, suite);
  } finally {
    await connection.close();
  }
};

const told = (what: string, bar: number, {steps, perSecond}: Rate): void => {
  const rate = Math.round(perSecond).toLocaleString('en');
  print(`${what.padEnd(44)} ${rate.padStart(9)} steps/s, of ${bar.toLocaleString('en')} (${steps} steps)`);
};

const words = process.argv.slice(2);
const command = words.length > 0 ? words : [node, '--import=tsx', kit];
const [{model = 'unknown'} = {}, ...others] = cpus();
print(`Node ${process.versions.node}, ${others.length + 1} x ${model}; module ${MODULE}; ${command.join(' ')}`);
const inProcess = recorded(driving(referenceOf(haModule, eager)));
told('judging, of processor time', 100_000, await measured(inProcess, processor));
told('the reference in this process', 100_000, await measured(driving(referenceOf(haModule, eager)), wall));
told('a program, one request at a time', 8000, await overPipe(command, false));
const {plans, ...suite} = haSuite();
// Walks and stories go by the last answer, so nothing of them can be asked ahead.
const searches = plans.filter(({walks, stories}) => walks === null && stories === undefined);
told('a program, requests ahead of answers', 60_000, await overPipe(command, true));
told('the same without walks and stories', 60_000, await overPipe(command, true, {...suite, plans: searches}));
