// `holdfast mutants [options]`

import {writeFileSync} from 'node:fs';
import {Command} from 'commander';
import {CATALOGUE} from '../catalogue.js';
import {check} from '../engine/check.js';
import {VERSION} from '../engine/version.js';
import {allTrials, isAsExpected, type Kill, killOf, killsBy, textOfKills} from '../mutants/kills.js';
import {pageText} from '../mutants/page.js';
import {optionsOf, type Trial} from '../mutants/scenes.js';
import {columns} from '../report/layout.js';
import {attempt} from './command-line.js';
import {EXIT} from './exit.js';
import type {Interruption} from './interruption.js';
import {print, printJson} from './output.js';
import {refuseSame, refuseUnwritable} from './outputs.js';

type Said = {readonly json: boolean; readonly keep: string | null; readonly page: string | null};

const saidOf = (words: readonly string[]): Said | null => {
  const made = new Command('holdfast mutants')
    .usage('[options]')
    .description('Explores the protocol with one fault each, and says which property notices.')
    .option('--json', 'one JSON document on standard output and nothing else')
    .option('--keep <file>', 'keep what became of them in a file')
    .option('--page <file>', 'write it as a page in Markdown')
    .helpOption('-h, --help', 'show this text')
    .exitOverride()
    .configureOutput({outputError: () => {}});
  if (attempt(() => made.parse(words, {from: 'user'})) === null) return null;
  const {json = false, keep = null, page = null} = made.opts();
  return {json, keep, page};
};

/** Explores one trial. */
const tried = async (trial: Trial, signal?: AbortSignal): Promise<Kill> => {
  const entry = CATALOGUE.find(({name}) => name === trial.scene);
  if (entry === undefined) throw new RangeError(`there is no scene ${trial.scene}`);
  const limits = signal === undefined ? {} : {signal};
  return killOf(trial, await check(await entry.load(), optionsOf(trial), limits));
};

const rowOf = (kill: Kill): readonly string[] => [
  kill.scene,
  kill.mutant ?? (kill.choices['without'] === undefined ? 'none' : `without ${kill.choices['without']}`),
  kill.property ?? kill.verdict,
  kill.steps === null ? '' : String(kill.steps),
  isAsExpected(kill) ? '' : 'UNEXPECTED',
];

/** Answers the exit code: 0 all came out as they have to, 1 one did not, 3 interrupted. */
export const mutants = async (words: readonly string[], {asked}: Interruption): Promise<number> => {
  const said = saidOf(words);
  if (said === null) return 0;
  const {json, keep, page} = said;
  const files = Object.entries({'--keep': keep, '--page': page}).flatMap(([flag, file]) =>
    file === null ? [] : [{flag, file}],
  );
  for (const file of files) refuseUnwritable(file);
  refuseSame(files);
  const kills: Kill[] = [];
  for (const trial of allTrials()) {
    const kill = await tried(trial, asked);
    if (asked.aborted) return EXIT.incomplete;
    kills.push(kill);
  }
  const record = killsBy(VERSION, kills);
  if (keep !== null) writeFileSync(keep, textOfKills(record));
  if (page !== null) writeFileSync(page, pageText(record));
  if (json) printJson(record);
  else for (const line of columns([['scene', 'mutant', 'property', 'steps', ''], ...kills.map(rowOf)])) print(line);
  return EXIT[kills.every(isAsExpected) ? 'holds' : 'violated'];
};
