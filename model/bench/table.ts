// The results as the guide shows them.

import {count, memory, rounded} from '../report/numbers.js';
import {LONG_SECONDS, type Results, type Series, typical} from './results.js';

const START = '<!-- benchmarks: made from bench/results.json by `npm run bench` -->';
const END = '<!-- end of benchmarks -->';

/** The explorer that all others are compared with. */
export const OWN = 'holdfast, breadth first';

/** The model that is too small to take time. */
export const TINY = 2;

const MISSING = '–';

const over = (a: number | null, b: number | null): number | null => (a === null || b === null ? null : a / b);

const shown = (value: number | null, show: (value: number) => string): string =>
  value === null ? MISSING : show(value);

const seconds = (value: number): string => value.toFixed(value < 10 ? 2 : 1);
const times = (value: number): string => `${value.toFixed(value < 1 ? 2 : value < 10 ? 1 : 0)} ×`;

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const HEADINGS = [
  ['explorer', '---'],
  ['workers', '--:'],
  ['wall s', '--:'],
  ['CPU s', '--:'],
  ['generated/s, wall', '--:'],
  ['generated/s, CPU', '--:'],
  ['peak memory', '--:'],
  ['holdfast is faster, wall', '--:'],
  ['CPU', '--:'],
  ['and smaller', '--:'],
] as const;

/** One explorer, and how holdfast with as many workers compares. */
const line = (series: Series, own: Series | undefined): string => {
  const its = typical(series);
  const ours = own === undefined || own === series ? null : typical(own);
  const rate = (spent: number | null): string => shown(over(series.counts.generated, spent), rounded);
  return row([
    series.explorer,
    `${series.workers}`,
    shown(its.wallSeconds, seconds),
    shown(its.cpuSeconds, seconds),
    rate(its.wallSeconds),
    rate(its.cpuSeconds),
    shown(its.peakBytes, memory),
    shown(over(its.wallSeconds, ours?.wallSeconds ?? null), times),
    shown(over(its.cpuSeconds, ours?.cpuSeconds ?? null), times),
    shown(over(its.peakBytes, ours?.peakBytes ?? null), times),
  ]);
};

const section = (managers: number, all: readonly Series[]): readonly string[] => {
  const here = all.filter(series => series.managers === managers);
  const own = here.filter(({explorer}) => explorer === OWN);
  const [{counts} = {counts: {distinct: 0, generated: 0}}] = here;
  return [
    `**${managers} resource managers: ${count(counts.distinct)} distinct states, ${count(counts.generated)} generated**`,
    '',
    row(HEADINGS.map(([heading]) => heading)),
    row(HEADINGS.map(([, rule]) => rule)),
    ...here.map(series =>
      line(
        series,
        own.find(({workers}) => workers === series.workers),
      ),
    ),
    '',
  ];
};

/** What is said of holdfast alone: how two workers do, what a state costs, how long the start takes. */
const remarks = ({series}: Results): readonly string[] => {
  const own = (managers: number, workers: number) =>
    series.find(each => each.explorer === OWN && each.managers === managers && each.workers === workers);
  const largest = Math.max(...series.map(({managers}) => managers));
  const [tiny, one, two] = [own(TINY, 1), own(largest, 1), own(largest, 2)].map(each =>
    each === undefined ? null : typical(each),
  );
  const distinct = own(largest, 1)?.counts.distinct ?? null;
  const beyond = one?.peakBytes == null || tiny?.peakBytes == null ? null : one.peakBytes - tiny.peakBytes;
  return [
    `- Two workers against one, ${largest} managers: ${shown(over(one?.wallSeconds ?? null, two?.wallSeconds ?? null), value => value.toFixed(2))} times as fast.`,
    `- Memory per distinct state, ${largest} managers, one worker: ${shown(over(beyond, distinct), value => value.toFixed(1))} bytes. That is all by which the peak of the process exceeds its peak with ${TINY} managers: tables, queue and garbage.`,
    `- From start to verdict, ${TINY} managers, whole process: ${shown(tiny?.wallSeconds ?? null, seconds)} s.`,
  ];
};

/** How often each size was run. */
const roundsText = (series: Results['series'], sizes: readonly number[]): string => {
  const runs = sizes.map(managers => series.find(each => each.managers === managers)?.samples.length ?? 0);
  const said = (count: number): string => `${count} ${count === 1 ? 'round' : 'rounds'}`;
  if (new Set(runs).size === 1) return said(runs[0] ?? 0);
  return sizes.map((managers, n) => `${said(runs[n] ?? 0)} with ${managers} managers`).join(', ');
};

/** The paragraphs and tables that show the results. */
export const tableText = (results: Results): string => {
  const {date, machine, versions, series, notRun} = results;
  const sizes = [...new Set(series.map(({managers}) => managers))].filter(managers => managers !== TINY);
  const tools = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return [
    `Measured on ${date}: ${machine.processor}, ${machine.cores} cores, ${memory(machine.memoryBytes)}, ${machine.system}; load ${machine.load.toFixed(1)} before the start. ${tools.join(', ')}. Medians of ${roundsText(series, sizes)}; whoever takes more than ${LONG_SECONDS} s runs once.`,
    '',
    ...sizes.flatMap(managers => section(managers, series)),
    ...remarks(results),
    ...notRun.map(({tool, why}) => `- ${tool} did not take part: ${why}.`),
  ].join('\n');
};

/** The text with the results between its markers. Throws when it has none. */
export const withTable = (text: string, results: Results): string => {
  const [before, rest] = text.split(START);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) throw new RangeError(`the text has no ${START} and ${END}`);
  return `${before}${START}\n\n${tableText(results)}\n\n${END}${after}`;
};
