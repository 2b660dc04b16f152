// `holdfast conform test [options] -- subject...`

import {readFileSync} from 'node:fs';
import {type Command, Option} from 'commander';
import type {Interruption} from '../../model/cli/interruption.js';
import {paintOf, print} from '../../model/cli/output.js';
import {timeSpan, wholeNumber} from '../../model/cli/quantity.js';
import {oneLine, Refusal} from '../../model/cli/refusal.js';
import {Breakdown} from '../adapter/breakdown.js';
import type {ModuleName} from '../adapter/protocol.js';
import {TIME_IS_OVER} from '../cases/position.js';
import {type Expectation, expectationsIn} from '../report/expectations.js';
import type {Line, LineOf} from '../report/stream.js';
import {summaryText} from '../report/summary.js';
import {LEVELS, type LevelName} from '../report/verify.js';
import {LANES, type Lane, withModule} from '../suites.js';
import {addSeed, addSubject} from './options.js';
import {type Output, outputsIn, Writer} from './outputs.js';
import {replayCommand} from './replay-command.js';
import {run, unmet, wantedOf} from './run.js';
import {crewOf, met, moduleFor, type RepairChoice, repairsFor, subjectOf} from './subject.js';

type Said = {
  readonly connect: string | null;
  readonly profile: ModuleName | null;
  readonly repairs: RepairChoice;
  readonly timeout: number;
  readonly lane: Lane;
  readonly level: LevelName | null;
  readonly seed: number;
  readonly budgetSteps: number;
  readonly budgetTime: number | null;
  readonly failures: number;
  readonly jobs: number;
  readonly shard: Shard | null;
  readonly run: readonly string[];
  readonly expect: string | null;
  readonly report: readonly Output[];
};

type Shard = {readonly index: number; readonly of: number};

export const addTest = (made: Command, leave: (code: number) => void, interruption: Interruption): void => {
  const command = addSeed(addSubject(made.command('test').description('try a subject, and report')));
  command
    .addOption(new Option('--lane <lane>', 'how much is tried').choices(LANES).default('full'))
    .addOption(
      new Option('--level <level>', 'demand this level: less is a failure').choices(Object.keys(LEVELS)).default(null),
    )
    .addOption(
      new Option('--budget-steps <number>', 'stop after so many steps')
        .argParser(wholeNumber('--budget-steps'))
        .default(20_000_000),
    )
    .addOption(
      new Option('--budget-time <seconds>', 'stop after so long').argParser(timeSpan('--budget-time')).default(null),
    )
    .addOption(
      new Option('--failures <number>', 'stop when so many rules are broken')
        .argParser(wholeNumber('--failures'))
        .default(10),
    )
    .addOption(
      new Option('--jobs <number>', 'how many of the subject are tried at once')
        .argParser(wholeNumber('--jobs'))
        .default(1),
    )
    .addOption(new Option('--shard <i/n>', 'the i-th of n parts of the plans').argParser(shardOf).default(null))
    .addOption(
      new Option('--run <pattern>', 'only plans or stories of this name; * stands for anything; may come again')
        .argParser((text: string, all: readonly string[]) => [...all, text])
        .default([]),
    )
    .addOption(new Option('--expect <file>', 'what is known to be broken').default(null))
    .addOption(
      new Option(
        '--report <format=file>',
        'ndjson, junit, ctrf, markdown, badge or html; - is standard output; may come again',
      )
        .argParser((text: string, all: readonly Output[]) => [...all, ...outputsIn(text)])
        .default([]),
    )
    .action(async (words: readonly string[], said: Said) => leave(await test(words, said, interruption)));
};

const test = async (words: readonly string[], said: Said, interruption: Interruption): Promise<number> => {
  const open = subjectOf(words, said.connect);
  const expectations = expectationsFrom(said.expect);
  const writer = new Writer(said.report);
  const lines: Line[] = [];
  const tell = (line: Line): void => {
    lines.push(line);
    writer.line(line);
  };
  interruption.grant();
  const end = await tried(open, said, expectations, interruption, tell).catch((thrown: unknown) => {
    if (!(thrown instanceof Breakdown)) throw thrown;
    const line = unmet(thrown);
    tell(line);
    return line;
  });
  const paint = paintOf(process.stdout);
  const replay = (failure: LineOf<'failure'>): string => replayCommand(failure, lines, words, said);
  if (!writer.ownsOutput) print(summaryText(lines, replay, paint));
  writer.finish(lines, replay);
  return short(end, said.level) ? demanded(end, said.level) : end.exit;
};

const short = ({verdict, level}: LineOf<'end'>, wanted: LevelName | null): wanted is LevelName =>
  wanted !== null && verdict === 'pass' && (level === null || level < wanted);

const demanded = ({level}: LineOf<'end'>, wanted: LevelName): number => {
  process.stderr.write(`holdfast: level ${wanted} was demanded, and ${level ?? 'none'} is proven; see --lane\n`);
  return 1;
};

const tried = async (
  open: ReturnType<typeof subjectOf>,
  said: Said,
  expectations: readonly Expectation[],
  interruption: Interruption,
  tell: (line: Line) => void,
): Promise<LineOf<'end'>> => {
  const {lane, seed, budgetSteps: steps, budgetTime, failures, jobs, shard} = said;
  const over = new AbortController();
  const subject = await met(open, said.timeout);
  const timer = budgetTime === null ? undefined : setTimeout(() => over.abort(TIME_IS_OVER), 1000 * budgetTime);
  const {connection, said: introduction} = subject;
  try {
    const module = moduleFor(said.profile, introduction);
    const repairs = repairsFor(said.repairs, introduction);
    const patterns = said.run.map(patternOf);
    const isWanted = (plan: string, index: number): boolean =>
      (patterns.length === 0 || patterns.some(pattern => pattern.test(plan))) &&
      (shard === null || index % shard.of === shard.index - 1);
    const today = new Date().toISOString().slice(0, 10);
    const signal = AbortSignal.any([interruption.asked, over.signal]);
    const asked = {module, repairs, lane, steps, seed, failures, isWanted, expectations, today, signal};
    return await withModule(module, repairs, lane, async suite => {
      if (!suite.plans.some((plan, index) => wantedOf(plan, index, isWanted).length > 0)) {
        throw new Refusal(`no plan is left to try; there are: ${suite.plans.map(({name}) => name).join('; ')}`);
      }
      return run(subject, suite, asked, tell, jobs === 1 ? [] : await crewOf(open, said.timeout, jobs));
    });
  } catch (thrown) {
    await (thrown instanceof Refusal ? connection.close() : connection.abandon());
    throw thrown;
  } finally {
    clearTimeout(timer);
  }
};

const shardOf = (text: string): Shard => {
  const [, index, of] = /^(\d+)\/(\d+)$/.exec(text)?.map(Number) ?? [];
  if (index !== undefined && of !== undefined && index >= 1 && index <= of) return {index, of};
  throw new Refusal(`--shard is i/n with i from 1 to n, as 1/4, not "${text}"`);
};

const patternOf = (text: string): RegExp =>
  new RegExp(`^${text.replace(/[.+?^$(){}|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`);

const expectationsFrom = (file: string | null): readonly Expectation[] => {
  if (file === null) return [];
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (thrown) {
    throw new Refusal(`--expect ${file} cannot be read: ${oneLine(thrown)}`);
  }
  const read = expectationsIn(text);
  if (read.type === 'Refused') throw new Refusal(`--expect ${file}: ${read.reason}`);
  return read.entries;
};
