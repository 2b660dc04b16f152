// `holdfast conform doctor [options] -- subject...`

import type {Command} from 'commander';
import {paintOf, print} from '../../model/cli/output.js';
import {wrapped} from '../../model/report/layout.js';
import type {Paint} from '../../model/report/paint.js';
import {printable} from '../../model/report/value.js';
import {Breakdown, OUTCOMES} from '../adapter/breakdown.js';
import type {Connection} from '../adapter/connection.js';
import type {ModuleName} from '../adapter/protocol.js';
import {endingOf, examined, type Finding, findingOf} from '../doctor/doctor.js';
import {withModule} from '../suites.js';
import {EXIT} from './exit.js';
import {addSubject} from './options.js';
import {type Met, met, moduleFor, type RepairChoice, repairsFor, subjectOf} from './subject.js';

type Said = {
  readonly connect: string | null;
  readonly profile: ModuleName | null;
  readonly repairs: RepairChoice;
  readonly timeout: number;
};

export const addDoctor = (made: Command, leave: (code: number) => void): void => {
  addSubject(
    made.command('doctor').description('see whether a subject can be tried at all, and what to mend first'),
  ).action(async (words: readonly string[], said: Said) => leave(await doctor(words, said)));
};

const doctor = async (words: readonly string[], said: Said): Promise<number> => {
  const paint = paintOf(process.stdout);
  let isWell = true;
  for await (const finding of findings(words, said)) {
    print(findingText(finding, paint));
    isWell &&= finding.verdict === 'pass';
  }
  print(isWell ? 'It can be tried.' : 'Mend this first: whatever else looks wrong may follow from it.');
  return isWell ? EXIT.pass : EXIT.error;
};

async function* findings(words: readonly string[], said: Said): AsyncGenerator<Finding> {
  let subject: Met;
  try {
    subject = await met(subjectOf(words, said.connect), said.timeout);
  } catch (thrown) {
    if (!(thrown instanceof Breakdown)) throw thrown;
    yield findingOf('it starts, and answers hello', thrown);
    return;
  }
  yield findingOf('it starts, and answers hello', null);
  const {connection, said: introduction} = subject;
  let wrong: Finding | null = null;
  try {
    const module = moduleFor(said.profile, introduction);
    const found = withModule(module, repairsFor(said.repairs, introduction), 'deep', suite =>
      examined(connection, introduction, module, {...suite, plans: suite.plans.slice(-1)}),
    );
    for await (const finding of found) {
      if (finding.verdict === 'pass') yield finding;
      else wrong = finding;
    }
  } finally {
    const farewell = await connection.close();
    yield explained(wrong ?? endingOf([farewell], [connection.parting()]), connection);
  }
}

/** With what it wrote to its standard error by its end: that often tells where it went wrong. */
const explained = (finding: Finding, {complaints}: Connection): Finding => {
  const last = complaints().trim().split('\n').slice(-8).join('\n');
  return finding.reason === null || last === ''
    ? finding
    : {...finding, reason: `${finding.reason}\nIts standard error ends:\n${last}`};
};

const findingText = ({check, verdict, reason, outcome}: Finding, paint: Paint): string => {
  const head = verdict === 'pass' ? `${paint.good('ok')}     ${check}` : `${paint.bad('not ok')} ${check}`;
  const why = outcome === null ? [] : [`  ${outcome}: ${OUTCOMES[outcome]}`];
  const lines = reason === null ? [] : reason.split('\n').map(line => `  ${printable(line)}`);
  return [head, ...why, ...lines.map(line => wrapped(line, 2))].join('\n');
};
