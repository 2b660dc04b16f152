// `holdfast conform verify run.ndjson`

import type {Command} from 'commander';
import {print} from '../../model/cli/output.js';
import {repairsOf} from '../../src/index.js';
import type {ModuleName} from '../adapter/protocol.js';
import {fingerprintOf} from '../cases/id.js';
import {linesOf} from '../report/summary.js';
import {verified} from '../report/verify.js';
import {isRepair, LANES, type Lane, withModule} from '../suites.js';
import {EXIT} from './exit.js';
import {linesFrom} from './stream-file.js';

export const addVerify = (made: Command, leave: (code: number) => void): void => {
  made
    .command('verify')
    .description('find the verdicts and the level of a report anew from its raw lines')
    .argument('<file>', 'an ndjson report')
    .action((file: string) => leave(verify(file)));
};

const verify = (file: string): number => {
  const lines = linesFrom(file);
  const [run] = linesOf(lines, 'run');
  const lane = LANES.find(name => name === run?.lane);
  const {level, problems} = verified(lines, run === undefined || lane === undefined ? [] : plansOf(run, lane));
  const [hello] = linesOf(lines, 'hello');
  print(`${file}: ${String(hello?.implementation['name'] ?? 'nobody')}, ${run?.module}, level ${level ?? 'none'}`);
  for (const problem of problems) print(`  ${problem}`);
  print(problems.length === 0 ? 'It says what its lines say.' : 'It does not say what its lines say.');
  return problems.length === 0 ? EXIT.pass : EXIT.fail;
};

const plansOf = (
  {module, repairs}: {readonly module: ModuleName; readonly repairs: readonly string[]},
  lane: Lane,
): readonly {readonly name: string; readonly fingerprint: string}[] =>
  withModule(module, repairsOf(repairs.filter(isRepair)), lane, ({plans}) =>
    plans.map(plan => ({name: plan.name, fingerprint: fingerprintOf(plan)})),
  );
