// `holdfast findings [options]`

import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {Command, Option} from 'commander';
import {VERSION} from '../engine/version.js';
import {findingOn} from '../findings/ask.js';
import {HAZARDS} from '../findings/hazards.js';
import {answersFor, type Findings, findingsFrom, including, nothingFound, textOfFindings} from '../findings/kept.js';
import {
  type Larger,
  largeOf,
  largerFrom,
  missingIn,
  nothingLarge,
  textOfLarger,
  withLarge,
} from '../findings/larger.js';
import {pageText} from '../findings/page.js';
import {findingsText, verdictOf} from '../findings/table.js';
import type {Result} from '../report/result.js';
import {attempt} from './command-line.js';
import {EXIT} from './exit.js';
import {explore} from './explore.js';
import type {Interruption} from './interruption.js';
import {paintOf, print, printJson} from './output.js';
import {refuseSame, refuseUnwritable} from './outputs.js';
import {progressLine} from './progress-line.js';
import {memorySize, wholeNumber} from './quantity.js';
import {oneLine, Refusal} from './refusal.js';
import {checking} from './work.js';

type Said = {
  readonly only: readonly string[];
  readonly json: boolean;
  readonly workers: number;
  readonly memoryBytes: number | null;
  readonly states: number | null;
  readonly keep: string | null;
  readonly page: string | null;
  readonly larger: string | null;
};

const ids = (text: string, before: readonly string[] = []): readonly string[] => {
  const named = text.split(',').filter(word => word !== '');
  const stranger = named.find(id => !HAZARDS.some(hazard => hazard.id === id));
  if (stranger === undefined) return [...before, ...named];
  throw new Refusal(
    `--only ${text}: there is no hazard ${stranger}; there are ${HAZARDS.map(({id}) => id).join(', ')}`,
  );
};

const saidOf = (words: readonly string[]): Said | null => {
  const made = new Command('holdfast findings')
    .usage('[options]')
    .description('Says of each hazard of the protocol family whether it is real, and which repairs remove it.')
    .addOption(new Option('--only <ids>', 'hazards, as H1,H7').argParser(ids))
    .option('--json', 'one JSON document on standard output and nothing else')
    .addOption(new Option('--workers <n>', 'threads that search').argParser(wholeNumber('--workers', 64)))
    .addOption(new Option('--memory <size>', 'most memory of one exploration').argParser(memorySize('--memory')))
    .addOption(new Option('--states <n>', 'most distinct states of one exploration').argParser(wholeNumber('--states')))
    .option('--keep <file>', 'keep what was found in a file, and go on from what it has')
    .option('--page <file>', 'write what was found as a page in Markdown')
    .option('--larger <file>', 'explore larger sizes too, most of an hour, and keep their counts in a file')
    .helpOption('-h, --help', 'show this text')
    .exitOverride()
    .configureOutput({outputError: () => {}});
  if (attempt(() => made.parse(words, {from: 'user'})) === null) return null;
  const {only = [], json = false, workers = 1, memory = null, states = null, keep = null, page = null} = made.opts();
  const {larger = null} = made.opts();
  return {only, json, workers, memoryBytes: memory, states, keep, page, larger};
};

/** What the file has from before; nothing of another version. */
const keptIn = (file: string | null): Findings => {
  if (file === null || !existsSync(file)) return nothingFound(VERSION);
  try {
    const kept = findingsFrom(readFileSync(file, 'utf8'));
    return kept.version === VERSION ? kept : nothingFound(VERSION);
  } catch (thrown) {
    throw new Refusal(`--keep ${file}: ${oneLine(thrown)}`);
  }
};

const largerIn = (file: string): Larger => {
  if (!existsSync(file)) return nothingLarge(VERSION);
  try {
    const kept = largerFrom(readFileSync(file, 'utf8'));
    return kept.version === VERSION ? kept : nothingLarge(VERSION);
  } catch (thrown) {
    throw new Refusal(`--larger ${file}: ${oneLine(thrown)}`);
  }
};

/** Explorations, each made once however many hazards ask for it. Throws what an interruption cut short. */
const explorer = (said: Said, interruption: Interruption, progress: ReturnType<typeof progressLine>) => {
  const done = new Map<string, Result>();
  return (label: string) =>
    async (scene: string, choices: Readonly<Record<string, string>>): Promise<Result> => {
      const key = JSON.stringify([scene, choices]);
      const before = done.get(key);
      if (before !== undefined) return before;
      const {workers, memoryBytes, states} = said;
      const {result} = await explore({
        source: {type: 'BuiltIn', name: scene},
        work: checking({
          bounds: {depth: null, states, memoryBytes, workers, isReduced: false, walks: null},
          keeping: {checkpoint: null, everySeconds: null, resume: null},
          graph: null,
        }),
        interruption,
        choose: () => choices,
        onProgress: now => progress.show(`${label} ${scene}`, now),
      }).finally(progress.clear);
      if (interruption.asked.aborted) throw new Interrupted();
      if (result === null) throw new Error(`${scene} was not explored`);
      done.set(key, result);
      return result;
    };
};

class Interrupted extends Error {}

/** Answers the exit code: 0 every hazard is answered and removed, 1 one is not removed, 3 incomplete. */
export const findings = async (words: readonly string[], interruption: Interruption): Promise<number> => {
  const said = saidOf(words);
  if (said === null) return 0;
  const {only, json, keep, page, larger} = said;
  const files = Object.entries({'--keep': keep, '--page': page, '--larger': larger}).flatMap(([flag, file]) =>
    file === null ? [] : [{flag, file}],
  );
  for (const file of files) refuseUnwritable(file);
  refuseSame(files);
  const wanted = HAZARDS.filter(({id}) => only.length === 0 || only.includes(id));
  const explorations = explorer(said, interruption, progressLine(process.stderr));
  let record = keptIn(keep);
  let large = larger === null ? null : largerIn(larger);
  try {
    for (const hazard of wanted.filter(each => !answersFor(record, each))) {
      record = including(record, await findingOn(hazard, explorations(hazard.id)));
      if (keep !== null) writeFileSync(keep, textOfFindings(record));
    }
    for (const size of large === null ? [] : missingIn(large)) {
      large = withLarge(
        large ?? nothingLarge(VERSION),
        largeOf(size, await explorations('larger')(size.scene, size.choices)),
      );
      if (larger !== null) writeFileSync(larger, textOfLarger(large));
    }
  } catch (thrown) {
    if (!(thrown instanceof Interrupted)) throw thrown;
  }
  const told = {...record, findings: record.findings.filter(({hazard}) => wanted.some(({id}) => id === hazard))};
  if (page !== null) writeFileSync(page, pageText(record, HAZARDS, large));
  if (json) printJson(told);
  else print(findingsText(told, wanted, paintOf(process.stdout)));
  return EXIT[verdictOf(told, wanted)];
};
