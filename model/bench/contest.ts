// Who takes part, and the rounds: in each, every contestant runs once, so that all of them see the same weather.

import {mkdirSync} from 'node:fs';
import {join} from 'node:path';
import {type Contestant, type Counts, requireSame, type Tool} from './contestant.js';
import {holdfast} from './holdfast.js';
import {measure, meterHere} from './measure.js';
import {LONG_SECONDS, type Results, type Sample, type Series} from './results.js';
import {spin} from './spin.js';
import {stateright} from './stateright.js';
import {TINY} from './table.js';
import {tlc} from './tlc.js';

/** The first is the one whose counts everybody else must find. */
const TOOLS: readonly Tool[] = [holdfast, spin, stateright, tlc];

/** One explorer on one model. */
export type Entry = {readonly managers: number; readonly contestant: Contestant};

type Entered = Pick<Results, 'versions' | 'notRun'> & {readonly entries: readonly Entry[]};

/**
 * Makes every tool that is here ready for every size, with `isLong` for those too that take it minutes; the tiny one is
 * for holdfast with one worker only.
 */
export const enter = (sizes: readonly number[], folder: string, isLong: boolean): Entered => {
  const tools = TOOLS.map(tool => ({tool, presence: tool.presence()}));
  const own = tools.find(({tool}) => tool === holdfast)?.presence;
  if (own?.type === 'Absent') throw new Error(`holdfast cannot take part: ${own.why}`);
  const entriesOf = (tool: Tool, managers: number): readonly Entry[] => {
    const own = join(folder, `${tool.name}-${managers}`);
    mkdirSync(own);
    const contestants = tool.prepare(managers, own);
    return (managers === TINY ? contestants.slice(0, 1) : contestants).map(contestant => ({managers, contestant}));
  };
  return {
    versions: Object.assign({}, ...tools.map(({presence}) => (presence.type === 'Present' ? presence.versions : {}))),
    notRun: tools.flatMap(({tool: {name}, presence}) =>
      presence.type === 'Absent' ? [{tool: name, why: presence.why}] : [],
    ),
    entries: sizes.flatMap(managers =>
      tools
        .filter(({tool, presence}) => presence.type === 'Present' && (managers !== TINY || tool === holdfast))
        .filter(({tool: {most}}) => isLong || managers <= most)
        .flatMap(({tool}) => entriesOf(tool, managers)),
    ),
  };
};

/** Runs the rounds. Throws when two explorers do not count the same. */
export const compete = async (
  entries: readonly Entry[],
  rounds: number,
  say: (text: string) => void,
): Promise<readonly Series[]> => {
  const meterFor = meterHere();
  const counts = new Map<number, Counts>();
  const samples = entries.map((): Sample[] => []);
  for (let round = 1; round <= rounds; round++) {
    for (const [n, {managers, contestant}] of entries.entries()) {
      const {name, workers, command, folder} = contestant;
      if ((samples[n]?.[0]?.wallSeconds ?? 0) > LONG_SECONDS) continue;
      const {output, sample} = await measure(command, folder, meterFor);
      const found = contestant.counts(output);
      const expected = counts.get(managers) ?? found;
      requireSame(expected, found, contestant);
      counts.set(managers, expected);
      samples[n]?.push(sample);
      say(`${round}/${rounds} ${managers} managers, ${name}, workers ${workers}: ${sample.wallSeconds.toFixed(2)} s`);
    }
  }
  return entries.map(({managers, contestant: {name, workers}}, n) => ({
    explorer: name,
    workers,
    managers,
    counts: counts.get(managers) ?? {distinct: 0, generated: 0},
    samples: samples[n] ?? [],
  }));
};
