// `holdfast conform vectors --out DIR`

import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {type Command, Option} from 'commander';
import {print} from '../../model/cli/output.js';
import {oneLine, Refusal} from '../../model/cli/refusal.js';
import {counted} from '../../model/report/numbers.js';
import {profile} from '../../src/index.js';
import {rulesOf} from '../report/check.js';
import {withModule} from '../suites.js';
import {drawn} from '../vectors/draw.js';
import {EXIT} from './exit.js';
import {makeFolder} from './folder.js';

/** Modules small enough that vectors say something of all they do. */
const DRAWN = ['ha', 'storage'] as const;

type Said = {readonly out: string; readonly repairs: 'claimed' | 'hardened'};

export const addVectors = (made: Command, leave: (code: number) => void): void => {
  made
    .command('vectors')
    .description('write test vectors: the specification as data, for a runner of your own')
    .option('--out <folder>', 'where to', 'vectors')
    .addOption(
      new Option('--repairs <set>', 'the repairs that are kept').choices(['claimed', 'hardened']).default('hardened'),
    )
    .action(({out, repairs}: Said) => leave(write(out, repairs)));
};

const write = (out: string, named: Said['repairs']): number => {
  const repairs = profile(named);
  for (const module of DRAWN) {
    const {vectors, rules} = withModule(module, repairs, 'full', suite => ({
      vectors: drawn(module, suite),
      rules: rulesOf(suite.specification, repairs),
    }));
    const file = join(out, `${module}.ndjson`);
    try {
      makeFolder(out);
      writeFileSync(file, vectors.map(vector => `${JSON.stringify(vector)}\n`).join(''));
    } catch (thrown) {
      throw new Refusal(`${file} cannot be written: ${oneLine(thrown)}`);
    }
    const cited = new Set(vectors.flatMap(({steps}) => steps.flatMap(({allow}) => allow.flatMap(each => each.rules))));
    const covered = rules.filter(rule => cited.has(rule)).length;
    print(
      `${file}: ${counted(vectors.length, 'vector')}, which come to ${covered} of ${counted(rules.length, 'rule')}`,
    );
  }
  return EXIT.pass;
};
