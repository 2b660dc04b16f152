// `holdfast conform coverage run.ndjson validation.json...`

import {readFileSync} from 'node:fs';
import type {Command} from 'commander';
import type {Interruption} from '../../model/cli/interruption.js';
import {print, printJson} from '../../model/cli/output.js';
import {oneLine, Refusal} from '../../model/cli/refusal.js';
import {columns} from '../../model/report/layout.js';
import {profile} from '../../src/index.js';
import {type Alternative, alternativesOf} from '../coverage/alternatives.js';
import {type Evidence, merged} from '../coverage/coverage.js';
import {coverageText} from '../coverage/text.js';
import {MODULES, withModule} from '../suites.js';
import {VALIDATION_FORMAT, type Validation} from '../validate/validation.js';
import {EXIT} from './exit.js';
import {heedOf} from './heed.js';
import {linesFrom} from './stream-file.js';

export const addCoverage = (made: Command, leave: (code: number) => void, interruption: Interruption): void => {
  made
    .command('coverage')
    .description('merge what reports and validated logs have exercised')
    .argument('[files...]', 'ndjson reports of `test`, and what `validate --json` has printed')
    .option('--json', 'print everything as JSON', false)
    .option('--alternatives', 'instead: which outcomes are allowed at once, and how many variants take each', false)
    .action(async (files: readonly string[], {json, alternatives}: Said) => {
      if (alternatives) return leave(await allAlternatives(json, interruption));
      if (files.length === 0) throw new Refusal('coverage needs files, or --alternatives');
      const coverage = merged(files.map(evidenceIn));
      if (json) printJson(coverage);
      else print(coverageText(coverage));
      leave(EXIT.pass);
    });
};

type Said = {readonly json: boolean; readonly alternatives: boolean};

/** Fails when there is one that no variant takes. */
const allAlternatives = async (isJson: boolean, {asked, grant}: Interruption): Promise<number> => {
  grant();
  const heed = heedOf(asked);
  const all: Alternative[] = [];
  for (const module of MODULES) {
    all.push(...(await withModule(module, profile('hardened'), 'full', suite => alternativesOf(suite, heed))));
  }
  const never = all.filter(({variants}) => variants === 0);
  if (isJson) printJson(all);
  else {
    const rows = all.map(({module, rules, effects, variants}) => [module, rules, effects, String(variants)]);
    for (const line of columns([['module', 'rules', 'effects', 'variants'], ...rows], [3])) print(line);
    print(`${all.length - never.length} of ${all.length} allowed alternatives are taken by some variant.`);
  }
  return never.length === 0 ? EXIT.pass : EXIT.fail;
};

const evidenceIn = (name: string): Evidence => {
  const validation = validationIn(name);
  return validation === null ? {type: 'Report', name, lines: linesFrom(name)} : {type: 'Validation', name, validation};
};

/** What `validate --json` has printed is one JSON value; a report has one on each line. */
const validationIn = (file: string): Validation | null => {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (thrown) {
    throw new Refusal(`${file} cannot be read: ${oneLine(thrown)}`);
  }
  try {
    const value: unknown = JSON.parse(text);
    return isValidation(value) ? value : null;
  } catch {
    return null;
  }
};

const isValidation = (value: unknown): value is Validation =>
  typeof value === 'object' && value !== null && 'format' in value && value.format === VALIDATION_FORMAT;
