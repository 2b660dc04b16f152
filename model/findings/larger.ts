// Explorations of the hardened protocol at larger sizes, kept as a file: they take from a minute to most of an hour.

import {count, duration, memory} from '../report/numbers.js';
import type {Result} from '../report/result.js';
import {recordIn} from './record.js';

/** A scene with options that make it large; all properties of the scene are checked. */
export type Size = {readonly scene: string; readonly choices: Readonly<Record<string, string>>};

export const LARGER: readonly Size[] = [
  {scene: 'protect', choices: {hosts: '4', views: '2', toggles: '1', handovers: '1'}},
  {scene: 'failover', choices: {vms: '2', capacity: '1'}},
  {scene: 'failover', choices: {views: '2', migrations: '1'}},
  {scene: 'failover', choices: {splits: '1'}},
  {scene: 'failover', choices: {placement: 'publish', views: '0', splits: '1'}},
  {scene: 'failover', choices: {views: '2', crashes: '2'}},
  {scene: 'failover', choices: {splits: '2', crashes: '0'}},
  {scene: 'election', choices: {cuts: '3'}},
  {scene: 'storage', choices: {views: '2', toggles: '3'}},
];

/** What an exploration of such a size found, and what it took on the machine that it ran on. */
export type Large = Size &
  Pick<Result, 'verdict' | 'complete' | 'distinct' | 'generated' | 'depth'> & {
    readonly seconds: number;
    readonly peakMemoryBytes: number;
  };

export type Larger = {readonly generated: string; readonly version: string; readonly runs: readonly Large[]};

const GENERATED = 'by `holdfast findings --larger spec/larger.json`; do not edit';

export const nothingLarge = (version: string): Larger => ({generated: GENERATED, version, runs: []});

/** The record that a text holds. Throws a RangeError where it is none. */
export const largerFrom = (text: string): Larger =>
  recordIn<Larger>(
    text,
    'larger sizes',
    ({runs}) =>
      Array.isArray(runs) && runs.every(run => typeof run?.scene === 'string' && typeof run.distinct === 'number'),
  );

const keyOf = ({scene, choices}: Size): string => JSON.stringify([scene, choices]);

/** The sizes that the record says nothing of. */
export const missingIn = ({runs}: Larger): readonly Size[] =>
  LARGER.filter(size => !runs.some(run => keyOf(run) === keyOf(size)));

export const largeOf = (
  {scene, choices}: Size,
  {verdict, complete, distinct, generated, depth, seconds, peakMemoryBytes}: Result,
): Large => ({
  scene,
  choices,
  verdict,
  complete,
  distinct,
  generated,
  depth,
  seconds: Math.round(seconds),
  peakMemoryBytes,
});

/** The record with this run as well, in the order of the sizes; what is no such size any more is dropped. */
export const withLarge = (record: Larger, run: Large): Larger => ({
  ...record,
  runs: LARGER.flatMap(size => [run, ...record.runs].find(each => keyOf(each) === keyOf(size)) ?? []),
});

export const textOfLarger = (record: Larger): string => `${JSON.stringify(record, null, 2)}\n`;

/** The record as a section of the page. */
export const largerText = ({runs, version}: Larger): readonly string[] => [
  '## Larger sizes',
  '',
  'The hardened protocol, all properties of the scene, every reachable state: one thread of a machine with two cores that',
  `others were using too, holdfast ${version}. The counts come out again on any machine, the rest does not.`,
  '',
  '| | Verdict | Distinct states | Generated | Depth | Time | Memory |',
  '|---|---|---|---|---|---|---|',
  ...runs.map(run => `| ${cellsOf(run).join(' | ')} |`),
  '',
];

const cellsOf = (run: Large): readonly string[] => [
  `\`${wordsOf(run)}\``,
  run.complete ? run.verdict : `${run.verdict}, not complete`,
  count(run.distinct),
  count(run.generated),
  count(run.depth),
  duration(run.seconds),
  memory(run.peakMemoryBytes),
];

const wordsOf = ({scene, choices}: Size): string =>
  ['holdfast check', scene, ...Object.entries(choices).map(([key, text]) => `--${key} ${text}`)].join(' ');
