import {existsSync, writeFileSync} from 'node:fs';
import {VERSION} from '../engine/version.js';
import type {Result} from '../report/result.js';
import {summaryText} from '../report/summary.js';
import {type Said, textsOf} from './command-line.js';
import type {Source} from './exchange.js';
import {EXIT} from './exit.js';
import {explore} from './explore.js';
import {titleOf} from './flag.js';
import type {Files} from './general.js';
import type {Interruption} from './interruption.js';
import {paintOf, print, printJson, remark} from './output.js';
import {type Named, refuseSame, refuseUnwritable} from './outputs.js';
import {progressLine} from './progress-line.js';
import {oneLine, Refusal} from './refusal.js';
import {checking} from './work.js';

/**
 * Refuses files that could not be written, or would be written over each other, before the time of a search is spent.
 */
const refuseFiles = (source: Source, {files, keeping: {checkpoint, resume}, graph}: Said): void => {
  const named = (flag: string, file: string | null): readonly Named[] => (file === null ? [] : [{flag, file}]);
  const written = [
    ...files.traces.flatMap(({file}) => named('--trace', file)),
    ...named('--report', files.report),
    ...named('--graph', graph?.file ?? null),
  ];
  const checkpoints = named('--checkpoint', checkpoint);
  for (const each of written) refuseUnwritable(each);
  for (const each of checkpoints) refuseUnwritable(each, true);
  const model = named('the model', source.type === 'File' && existsSync(source.path) ? source.path : null);
  refuseSame([...model, ...checkpoints, ...written]);
  if (resume !== null && existsSync(resume)) refuseSame([...model, ...named('--resume', resume), ...written]);
};

const write = (flag: string, file: string, text: string): void => {
  try {
    writeFileSync(file, text);
  } catch (thrown) {
    throw new Refusal(`${flag} ${file} cannot be written: ${oneLine(thrown)}`);
  }
};

/** Writes what was asked for besides the report. Without a violation there is no trace, and no file of that name. */
const writeFiles = async (result: Result, title: string, {traces, report}: Files): Promise<void> => {
  const {violation} = result;
  if (traces.length > 0 && violation === null) {
    remark(`no violation was found, so there is no trace in ${traces.map(({file}) => file).join(', ')}`);
  }
  if (traces.length > 0 && violation !== null) {
    const {traceFile} = await import('../report/trace-file.js');
    for (const {format, file} of traces) write('--trace', file, traceFile(format, result, violation, title));
  }
  if (report !== null) {
    const {pageOf} = await import('../report/html/page.js');
    write('--report', report, pageOf(result, title, VERSION));
  }
};

/** Explores one model and reports. Answers the exit code. */
export const checkOne = async (
  source: Source,
  said: Said,
  words: readonly string[],
  interruption: Interruption,
): Promise<number> => {
  refuseFiles(source, said);
  const {json, bounds, files, keeping, graph} = said;
  const progress = progressLine(process.stderr);
  const {description, result} = await explore({
    source,
    work: checking({bounds, keeping, graph}),
    interruption,
    choose: described => textsOf(words, described),
    onProgress: (now, known) => progress.show(titleOf(known.description, known.options), now),
  }).finally(progress.clear);
  if (result === null) return 0;
  const title = titleOf(description, result.options);
  if (json) printJson(result);
  else print(summaryText(result, title, paintOf(process.stdout)));
  await writeFiles(result, title, files);
  const {checkpoint} = keeping;
  if (result.verdict === 'incomplete' && checkpoint !== null && existsSync(checkpoint)) {
    remark(`--resume ${checkpoint} goes on from here`);
  }
  return EXIT[result.verdict];
};
