// `holdfast conform mutants [--run] [--out folder]`

import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {type Command, Option} from 'commander';
import type {Interruption} from '../../model/cli/interruption.js';
import {print} from '../../model/cli/output.js';
import {columns} from '../../model/report/layout.js';
import {profile} from '../../src/index.js';
import {matrixOf} from '../mutants/matrix.js';
import {coreSource, countsOf, countsText, type Matrices, matrixLines, pageOf} from '../mutants/page.js';
import {MODULES, withModule} from '../suites.js';
import {EXIT} from './exit.js';
import {heedOf} from './heed.js';

type Said = {readonly run: boolean; readonly out: string | null};

export const addMutants = (made: Command, leave: (code: number) => void, interruption: Interruption): void => {
  made
    .command('mutants')
    .description('list the faulty implementations that the suite is tested with')
    .option('--run', 'try each of them: all have to be found, or certified equivalent', false)
    .addOption(new Option('--out <folder>', 'write the kill matrix and the core cases there').default(null))
    .action(async (said: Said) => leave(said.run || said.out !== null ? await run(said.out, interruption) : list()));
};

const list = (): number => {
  const rows = MODULES.flatMap(module =>
    withModule(module, profile('hardened'), 'full', (_, all) => all.map(({breaks, name}) => [module, breaks, name])),
  );
  for (const line of columns(rows)) print(line);
  print(`${rows.length} mutants.`);
  return EXIT.pass;
};

const run = async (folder: string | null, {asked, grant}: Interruption): Promise<number> => {
  grant();
  const heed = heedOf(asked);
  const matrices: Matrices[number][] = [];
  for (const module of MODULES) {
    const matrix = await withModule(module, profile('hardened'), 'full', (suite, all, endless) => {
      const plans = suite.plans.filter(({walks}) => walks === null);
      return matrixOf({...suite, plans}, all, endless, heed);
    });
    matrices.push({module, matrix});
  }
  for (const line of matrixLines(matrices)) print(line);
  print(countsText(matrices));
  if (folder !== null) {
    writeFileSync(join(folder, 'cases', 'core.ts'), coreSource(matrices));
    writeFileSync(join(folder, 'mutants', 'kills.md'), pageOf(matrices));
  }
  const {undecided, missed, killed, blamed, silent} = countsOf(matrices);
  return undecided + missed + silent === 0 && blamed === killed ? EXIT.pass : EXIT.fail;
};
