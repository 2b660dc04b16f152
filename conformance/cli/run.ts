// One run of a suite against a subject, told line by line.

import {REPAIRS, type Repairs} from '../../src/index.js';
import type {Breakdown} from '../adapter/breakdown.js';
import type {Connection} from '../adapter/connection.js';
import {fingerprintOf} from '../cases/id.js';
import type {StoryReport} from '../cases/stories.js';
import {judge} from '../conform.js';
import {endingOf, examined, type Finding} from '../doctor/doctor.js';
import type {Driver} from '../driver.js';
import {checksOf, rulesOf} from '../report/check.js';
import {type Expectation, expired} from '../report/expectations.js';
import type {PlanReport, Result} from '../report/result.js';
import {digestOf, FORMAT, type Line, type LineOf} from '../report/stream.js';
import {levelOf} from '../report/verify.js';
import type {Plan, Suite} from '../suite.js';
import type {Lane} from '../suites.js';
import {EXIT} from './exit.js';
import {type Met, SUITE} from './subject.js';

export type Asked = {
  readonly module: LineOf<'run'>['module'];
  readonly repairs: Repairs;
  readonly lane: Lane;
  readonly steps: number;
  readonly seed: number;
  /** How many different rules may be broken before the run ends. */
  readonly failures: number;
  /** Which plans are wanted, by their names and places. */
  readonly isWanted: (plan: string, index: number) => boolean;
  readonly expectations: readonly Expectation[];
  /** As 2027-03-01: what entries of the expectations file are compared with. */
  readonly today: string;
  readonly signal: AbortSignal | null;
};

/**
 * Examines the subject, tries it, and tells all of it: over one connection, or at once over those of its crew. They are
 * closed in the end.
 */
export const run = async <Config extends {readonly repairs: Repairs}, State, Stimulus, Effect>(
  {connection, said}: Met,
  suite: Suite<Config, State, Stimulus, Effect>,
  asked: Asked,
  tell: (line: Line) => void,
  crew: readonly Connection[] = [],
): Promise<LineOf<'end'>> => {
  const {specification, plans: all} = suite;
  const began = performance.now();
  const lines: Line[] = [];
  const emit = <L extends Line>(line: L): L => {
    lines.push(line);
    tell(line);
    return line;
  };
  const plans = all.flatMap((plan, index) => wantedOf(plan, index, asked.isWanted));
  const rules = rulesOf(specification, asked.repairs);
  emit({
    e: 'run',
    format: FORMAT,
    suite: SUITE,
    module: asked.module,
    lane: asked.lane,
    repairs: REPAIRS.filter(repair => asked.repairs[repair]),
    seed: asked.seed,
    rules: [...rules],
    plans: plans.map(plan => ({name: plan.name, fingerprint: fingerprintOf(plan)})),
    isPartial: plans.length < all.length || plans.some(({stories}, index) => stories !== all[index]?.stories),
    started: new Date().toISOString(),
  });
  const {id: _, ok: __, ...subject} = said;
  emit({e: 'hello', implementation: said.implementation, subject});

  const isPipelined = said.capabilities?.pipelining ?? true;
  const over = (each: Connection): Driver => each.driver(asked.module, isPipelined);
  const driver = crew.length === 0 ? over(connection) : {...over(connection), crew: crew.map(over)};
  const findings = await examinedAll(examined(connection, said, asked.module, {specification, plans}), emit);
  const result = await (findings.every(({verdict}) => verdict === 'pass')
    ? tried({...suite, plans}, driver, asked, emit)
    : unfit(specification.module, asked.seed, plans, findings));
  const broken = [...crew, connection].find(each => each.isBroken()) ?? connection;
  const everyone = [connection, ...crew];
  const farewells = await Promise.all(everyone.map(each => each.close()));
  // Not before it has ended: what it wrote beside its last answer may come after that.
  const complaints = result.verdict === 'error' ? broken.complaints().trim() : '';
  const partings = everyone.map(each => each.parting());
  const farewell = endingOf(farewells, partings);
  if (result.verdict !== 'error') emit({e: 'doctor', ...farewell});

  const checks = checksOf(rules, result, asked.expectations);
  for (const check of checks) emit({e: 'rule', ...check, why: whyOf(check.rule, asked.expectations)});
  const late = expired(asked.expectations, asked.today).map(({rule, until}) => `${rule} was expected until ${until}`);
  const verdict = verdictOf(result, checks, late, farewell);
  const end: LineOf<'end'> = {
    e: 'end',
    verdict,
    reason: reasonOf(verdict, result, checks, late, farewell),
    outcome: result.outcome ?? farewell.outcome,
    exit: EXIT[verdict],
    level: null,
    expired: late,
    trace: result.verdict === 'error' ? result.trace.map(plain) : [],
    complaints,
    seconds: secondsSince(began),
    digest: digestOf(lines),
  };
  return emit({...end, level: levelOf([...lines, end])});
};

/** In the order of the schema, as whoever reads it back has it. */
const storyLine = ({id, name, moral, of, dependsOn, verdict, why, rules, steps, settled}: StoryReport): Line => ({
  e: 'story',
  id,
  name,
  moral,
  of,
  dependsOn: [...dependsOn],
  verdict,
  why,
  rules: [...rules],
  steps,
  settled:
    settled === null ? null : {steps: settled.steps, bound: settled.bound, outstanding: [...settled.outstanding]},
});

/** The plan if it is wanted by its name; of one that tells stories, those that are wanted by theirs. */
export const wantedOf = <Config, Stimulus, Effect>(
  plan: Plan<Config, Stimulus, Effect>,
  index: number,
  isWanted: Asked['isWanted'],
): readonly Plan<Config, Stimulus, Effect>[] => {
  if (isWanted(plan.name, index)) return [plan];
  const stories = plan.stories?.filter(({name}) => isWanted(name, index)) ?? [];
  return stories.length === 0 ? [] : [{...plan, stories}];
};

const examinedAll = async (
  findings: AsyncIterable<Finding>,
  emit: (line: LineOf<'doctor'>) => void,
): Promise<readonly Finding[]> => {
  const all: Finding[] = [];
  for await (const finding of findings) {
    all.push(finding);
    emit({e: 'doctor', ...finding});
  }
  return all;
};

const tried = <Config extends {readonly repairs: Repairs}, State, Stimulus, Effect>(
  suite: Suite<Config, State, Stimulus, Effect>,
  driver: Driver,
  {steps, seed, failures, expectations, signal}: Asked,
  emit: (line: Line) => void,
): Promise<Result> => {
  let began = performance.now();
  const expected = new Set(
    rulesOf(suite.specification, suite.plans[0]?.config.repairs as Repairs).filter(rule =>
      expectations.some(({covers}) => covers(rule)),
    ),
  );
  return judge(
    suite,
    driver,
    {steps, seed, failures, expected, signal},
    {
      onFailure: ({case: id, plan, config, choices, broken, trace, allowed, standing, differences, settled}) =>
        emit({
          e: 'failure',
          case: id,
          plan,
          config: {...config},
          choices: [...choices],
          broken: broken.map(each => ({...each, level: each.level as 'MUST'})),
          trace: trace.map(plain),
          allowed: allowed.map(each => ({effects: [...each.effects], told: [...each.told], rules: [...each.rules]})),
          standing: [...standing],
          differences: [...differences],
          settled,
        }),
      onStory: story => emit(storyLine(story)),
      onPlan: (plan: PlanReport) => {
        const {rules, supposed, suspected} = plan;
        const lists = {rules: [...rules], supposed: [...supposed], suspected: [...suspected]};
        emit({e: 'plan', ...plan, ...lists, seconds: secondsSince(began)});
        began = performance.now();
      },
    },
  );
};

const plain = ({stimulus, effects, told, rules}: Result['trace'][number]): LineOf<'end'>['trace'][number] => ({
  stimulus,
  effects: [...effects],
  told: {stimulus: told.stimulus, effects: [...told.effects]},
  rules: [...rules],
});

const secondsSince = (began: number): number => Math.round(performance.now() - began) / 1000;

/** What is found of a subject that was not tried. */
const unfit = (
  module: string,
  seed: number,
  plans: readonly {readonly name: string}[],
  findings: readonly Finding[],
): Result => {
  const found = findings.find(({verdict}) => verdict === 'fail');
  return {
    module,
    verdict: 'error',
    reason: found?.reason ?? null,
    outcome: found?.outcome ?? null,
    seed,
    coverage: {
      completed: [],
      unfinished: plans.map(({name}) => name),
      steps: 0,
      situations: 0,
      pairs: 0,
      rules: [],
      supposed: [],
      suspected: [],
    },
    plans: [],
    trace: [],
    failure: null,
    failures: [],
    stories: [],
  };
};

type Checks = ReturnType<typeof checksOf>;

const verdictOf = (
  {verdict, failures}: Result,
  checks: Checks,
  late: readonly string[],
  farewell: Finding,
): LineOf<'end'>['verdict'] => {
  if (verdict === 'error' || farewell.verdict === 'fail') return 'error';
  const isUnknown = failures.some(({broken}) => broken.length === 0);
  const isWrong = checks.some(check => check.verdict === 'fail' || check.verdict === 'xpass');
  if (isWrong || isUnknown || late.length > 0) return 'fail';
  return checks.some(check => check.verdict === 'inconclusive') || verdict === 'inconclusive' ? 'inconclusive' : 'pass';
};

const reasonOf = (
  verdict: LineOf<'end'>['verdict'],
  result: Result,
  checks: Checks,
  late: readonly string[],
  farewell: Finding,
): string | null => {
  const named = (wanted: string): string =>
    checks.flatMap(each => (each.verdict === wanted ? [each.rule] : [])).join(', ');
  const [broken, stale] = [named('fail'), named('xpass')];
  switch (verdict) {
    case 'pass':
      return null;
    case 'error':
      return result.verdict === 'error' ? result.reason : farewell.reason;
    case 'inconclusive':
      return result.reason ?? 'not everything was tried';
    case 'fail':
      return (
        [
          ...(broken === '' ? [] : [`broken: ${broken}`]),
          ...(stale === '' ? [] : [`kept, though expected to be broken: ${stale}`]),
          ...late,
        ].join('; ') ||
        (result.reason ?? null)
      );
  }
};

const whyOf = (rule: Checks[number]['rule'], expectations: readonly Expectation[]): string | null =>
  expectations.find(({covers}) => covers(rule))?.why ?? null;

/** The line of a subject that could not even be met. */
export const unmet = (thrown: Breakdown): LineOf<'end'> => ({
  e: 'end',
  verdict: 'error',
  reason: thrown.message,
  outcome: thrown.outcome,
  exit: EXIT.error,
  level: null,
  expired: [],
  trace: [],
  complaints: '',
  seconds: 0,
  digest: digestOf([]),
});
