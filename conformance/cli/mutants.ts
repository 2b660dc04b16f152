// `holdfast conform mutants [--run]`

import type {Command} from 'commander';
import {print} from '../../model/cli/output.js';
import {columns} from '../../model/report/layout.js';
import {profile, type Repairs} from '../../src/index.js';
import {conform} from '../conform.js';
import {type Mutant, subjectOf} from '../mutants/mutant.js';
import type {Suite} from '../suite.js';
import {MODULES, withModule} from '../suites.js';
import {EXIT} from './exit.js';

export const addMutants = (made: Command, leave: (code: number) => void): void => {
  made
    .command('mutants')
    .description('list the faulty implementations that the suite is tested with')
    .option('--run', 'try each of them: all have to be rejected', false)
    .action(async ({run}: {readonly run: boolean}) => leave(await mutants(run)));
};

const mutants = async (isRun: boolean): Promise<number> => {
  const rows: (readonly string[])[] = [];
  for (const module of MODULES) {
    rows.push(
      ...(await withModule(module, profile('hardened'), 'core', (suite, all) =>
        isRun ? killed(module, suite, all) : Promise.resolve(all.map(({breaks, name}) => [module, breaks, name])),
      )),
    );
  }
  for (const line of columns(rows)) print(line);
  const survivors = rows.filter(row => row[3] === 'SURVIVES').length;
  print(isRun ? `${rows.length - survivors} of ${rows.length} rejected.` : `${rows.length} mutants.`);
  return survivors === 0 ? EXIT.pass : EXIT.fail;
};

/** Module, rule, what it does wrong; by which rule and in how many steps it was rejected. */
const killed = async <Config extends {readonly repairs: Repairs}, State, Stimulus, Effect>(
  module: string,
  suite: Suite<Config, State, Stimulus, Effect>,
  all: readonly Mutant<Config, State, Stimulus, Effect>[],
): Promise<readonly (readonly string[])[]> => {
  const rows: (readonly string[])[] = [];
  for (const mutant of all) {
    const {verdict, failure, trace} = await conform(suite, subjectOf(suite.specification, mutant));
    const how = verdict === 'fail' ? `${failure?.broken[0]?.rule ?? 'unknown'} in ${trace.length}` : 'SURVIVES';
    rows.push([module, mutant.breaks, mutant.name, how]);
  }
  return rows;
};
