// `holdfast conform replay|shrink <case> [options] -- subject...`

import type {Command} from 'commander';
import {paintOf, print} from '../../model/cli/output.js';
import {Refusal} from '../../model/cli/refusal.js';
import {printable} from '../../model/report/value.js';
import type {Repairs} from '../../src/index.js';
import {Breakdown, OUTCOMES} from '../adapter/breakdown.js';
import type {ModuleName} from '../adapter/protocol.js';
import {type Bench, newTally, type Taken} from '../cases/bench.js';
import {choicesAt, type Position} from '../cases/position.js';
import {settled} from '../cases/settle.js';
import type {Core, Settlement} from '../cases/settlement.js';
import {shrunk} from '../cases/shrink.js';
import {walking} from '../cases/walk.js';
import type {Driver} from '../driver.js';
import {failureOf, owingOf, traced} from '../report/failure.js';
import {linesOf} from '../report/summary.js';
import {failureText, traceText} from '../report/text.js';
import type {Suite} from '../suite.js';
import {withModule} from '../suites.js';
import {EXIT} from './exit.js';
import {addSubject} from './options.js';
import {slugOf, tokenOf} from './replay-command.js';
import {linesFrom} from './stream-file.js';
import {met, moduleFor, type RepairChoice, repairsFor, subjectOf} from './subject.js';

type Said = {
  readonly connect: string | null;
  readonly profile: ModuleName | null;
  readonly repairs: RepairChoice;
  readonly timeout: number;
};

type Case = {readonly plan: string; readonly choices: readonly number[]; readonly core: Core | null};

export const addReplay = (made: Command, leave: (code: number) => void): void => {
  const words = (name: string, about: string): Command =>
    addSubject(
      made
        .command(name)
        .description(about)
        .argument('<case>', 'plan and choices, as roles:3.0.2, or one of a report, as run.ndjson#T-1234abcd'),
    );
  words('replay', 'lead a subject through one case again').action(
    async (text: string, subject: readonly string[], said: Said) => leave(await replay(text, subject, said, false)),
  );
  words('shrink', 'make a case that fails as short as possible').action(
    async (text: string, subject: readonly string[], said: Said) => leave(await replay(text, subject, said, true)),
  );
};

const caseIn = (text: string): Case => {
  const [, file, id] = /^(.+)#(T-[0-9a-f]{8})$/.exec(text) ?? [];
  if (file !== undefined) {
    const failure = linesOf(linesFrom(file), 'failure').find(each => each.case === id);
    if (failure === undefined) throw new Refusal(`${file} has no case ${id}`);
    return {plan: slugOf(failure.plan), choices: failure.choices, core: failure.settled?.core ?? null};
  }
  const [, plan, choices = '', core = null] = /^([\w-]+):(\d+(?:\.\d+)*)(?:\+(here|elsewhere))?$/.exec(text) ?? [];
  if (plan === undefined)
    throw new Refusal(`a case is written as roles:3.0.2 or as run.ndjson#T-1234abcd, not "${text}"`);
  return {plan, choices: choices.split('.').map(Number), core: core === 'here' || core === 'elsewhere' ? core : null};
};

const replay = async (text: string, words: readonly string[], said: Said, isShrunk: boolean): Promise<number> => {
  const wanted = caseIn(text);
  try {
    const {connection, said: introduction} = await met(subjectOf(words, said.connect), said.timeout);
    try {
      const module = moduleFor(said.profile, introduction);
      const driver = connection.driver(module, introduction.capabilities?.pipelining ?? true);
      return await withModule(module, repairsFor(said.repairs, introduction), 'deep', suite =>
        led(suite, driver, wanted, isShrunk),
      );
    } finally {
      await connection.close();
    }
  } catch (thrown) {
    if (!(thrown instanceof Breakdown)) throw thrown;
    print(`error: ${printable(thrown.message)}\n${thrown.outcome}: ${OUTCOMES[thrown.outcome]}`);
    return EXIT.error;
  }
};

const led = async <Config extends {readonly repairs: Repairs}, State, Stimulus, Effect>(
  {specification, plans, settlement}: Suite<Config, State, Stimulus, Effect>,
  driver: Driver,
  {plan: slug, choices, core}: Case,
  isShrunk: boolean,
): Promise<number> => {
  const plan = plans.find(({name}) => slugOf(name) === slug);
  if (plan === undefined)
    throw new Refusal(`there is no plan ${slug}; there are: ${plans.map(({name}) => slugOf(name)).join(', ')}`);
  const bench: Bench<Config, State, Stimulus, Effect> = {
    specification,
    config: plan.config,
    driver,
    world: plan.world,
    recall: plan.recall,
    tally: newTally(Number.POSITIVE_INFINITY),
  };
  const paint = paintOf(process.stdout);
  let missing: number | null = null;
  const outcome = await walking(bench, position => {
    const wanted = choices[position.trail.length];
    if (wanted === undefined) return null;
    const choice = choicesAt(position)[wanted];
    if (choice === undefined) missing = position.trail.length + 1;
    return choice ?? null;
  });
  if (outcome.type === 'Done' && missing === null && core !== null && settlement != null) {
    return healed(bench, plan.name, settlement, core, outcome.position);
  }
  const told = (trail: readonly Taken<Stimulus>[]): string => traceText('What it did:', traced(bench, trail), paint);
  switch (outcome.type) {
    case 'Broken':
      print(`error: ${printable(outcome.reason)}\n\n${told(outcome.trail)}`);
      return EXIT.error;
    case 'Rejected': {
      const trail = isShrunk ? await shrunk(bench, outcome.trail) : outcome.trail;
      const failure = failureOf(bench, trail, plan.name);
      print(`${paint.bad('fail')}: ${tokenOf(failure)}\n\n${failureText(failure, paint)}`);
      return EXIT.fail;
    }
    case 'Stopped':
      return EXIT.inconclusive;
    case 'Done': {
      const end =
        missing === null
          ? ''
          : `\nStep ${missing} is not on offer: the subject does not choose as it did in this case.`;
      print(`${paint.good('pass')}: all of it is allowed${end}\n\n${told(outcome.position.trail)}`);
      return missing === null ? EXIT.pass : EXIT.inconclusive;
    }
  }
};

/** Goes on from where a core heals, and says what is wrong then. */
const healed = async <Config extends {readonly repairs: Repairs}, State, Stimulus, Effect>(
  bench: Bench<Config, State, Stimulus, Effect>,
  plan: string,
  settlement: Settlement<Config, State, Stimulus>,
  core: Core,
  from: Position<State, Stimulus, Effect>,
): Promise<number> => {
  const paint = paintOf(process.stdout);
  const after = {core, after: from.trail.length};
  const rejected: (readonly Taken<Stimulus>[])[] = [];
  const end = await settled(bench, settlement, core, from, trail => rejected.push(trail));
  if (end.type === 'Broken') {
    print(`error: ${printable(end.reason)}\n\n${traceText('What it did:', traced(bench, end.trail), paint)}`);
    return EXIT.error;
  }
  if (end.type === 'Stopped') return EXIT.inconclusive;
  const [first] = rejected;
  const failures = [
    ...(first === undefined ? [] : [failureOf(bench, first, plan, after)]),
    ...(end.debts.length === 0 ? [] : [owingOf(bench, {...end, healed: after}, plan)]),
  ];
  for (const failure of failures) print(`${paint.bad('fail')}: ${tokenOf(failure)}\n\n${failureText(failure, paint)}`);
  if (failures.length > 0) return EXIT.fail;
  const trace = traceText('What it did:', traced(bench, end.position.trail), paint);
  print(`${paint.good('pass')}: all of it is allowed, and all has come about\n\n${trace}`);
  return EXIT.pass;
};
