import reports, {type Builder, type TestCase} from 'junit-report-builder';
import {PLAIN} from '../../model/report/paint.js';
import type {Line, LineOf} from './stream.js';
import {isExpected, linesOf, type Replay} from './summary.js';
import {failureText} from './text.js';

/**
 * A run as JUnit XML: a test case for each check of the doctor, each plan, each story and each rule. What the
 * format has no word for is skipped with its own word as a property, never passed.
 */
export const junitOf = (lines: readonly Line[], replay: Replay): string => {
  const builder = library().newBuilder();
  const [run] = linesOf(lines, 'run');
  const [end] = linesOf(lines, 'end');
  const name = `holdfast ${run?.module ?? 'conform'}`;
  const suite = (part: string) => builder.testSuite().name(`${name}: ${part}`);

  const examination = suite('doctor');
  for (const {check, verdict, reason, outcome} of linesOf(lines, 'doctor')) {
    const made = examination.testCase().className(name).name(check);
    if (verdict === 'fail') made.error(reason ?? 'broken', outcome ?? 'error');
  }
  const plans = suite('plans');
  for (const {name: plan} of run?.plans ?? []) {
    const done = linesOf(lines, 'plan').find(each => each.name === plan);
    const made = plans
      .testCase()
      .className(name)
      .name(plan)
      .time(done?.seconds ?? 0);
    const broken = brokenIn(plan, lines);
    if (broken.length > 0) made.failure(broken.join('; '));
    else if (done?.isComplete !== true) made.error('not gone through whole', 'inconclusive');
  }
  const stories = linesOf(lines, 'story');
  if (stories.length > 0) {
    const told = suite('stories');
    for (const story of stories) toldIn(told.testCase().className(name).name(story.name), story);
  }
  const rules = suite('rules');
  for (const line of linesOf(lines, 'rule'))
    ruled(rules.testCase().className(name).name(line.rule), line, lines, replay);
  if (end?.verdict === 'error' || end === undefined) {
    suite('run')
      .testCase()
      .className(name)
      .name('ends')
      .error(end?.reason ?? 'it was cut short', end?.outcome ?? 'error');
  }
  return builder.build();
};

/** What went wrong in a plan, each once; nothing where all of it was expected. How it did stands with the rules. */
const brokenIn = (plan: string, lines: readonly Line[]): readonly string[] => {
  const told = linesOf(lines, 'failure')
    .filter(failure => failure.plan === plan && !isExpected(lines, failure))
    .map(({broken: [first]}) => (first === undefined ? 'a step that nothing allows' : `${first.rule} is broken`));
  return [...new Set(told)];
};

const isBuilder = (value: unknown): value is Builder =>
  typeof value === 'object' && value !== null && 'newBuilder' in value;

/** What the library exports is its default in Node, and has one in its types. */
const library = (): Builder => {
  const found = [reports, reports.default].find(isBuilder);
  if (found === undefined) throw new Error('junit-report-builder exports no builder');
  return found;
};

/** A story by its name: green only if it was told to its end. */
const toldIn = (made: TestCase, {id, of, verdict, why}: LineOf<'story'>): void => {
  made.property('story', id);
  made.property('of', of);
  if (verdict === 'pass') return;
  made.property('verdict', `${verdict}: ${why ?? ''}`);
  if (verdict === 'fail') made.failure(why ?? 'it went wrong');
  else if (verdict === 'inconclusive') made.error(why ?? 'not told before the run was cut short', 'inconclusive');
  else made.skipped();
};

const ruled = (made: TestCase, {rule, verdict, why}: LineOf<'rule'>, lines: readonly Line[], replay: Replay): void => {
  switch (verdict) {
    case 'pass':
      return;
    case 'fail': {
      const failure = linesOf(lines, 'failure').find(({broken}) => broken[0]?.rule === rule);
      if (failure === undefined) made.failure(`${rule} is broken`);
      else made.failure(`${rule} is broken`).stacktrace(failureText(failure, PLAIN, replay(failure)));
      return;
    }
    case 'xpass':
      made.failure(`${rule} is kept, though expected to be broken: ${why ?? ''}`, 'xpass');
      return;
    case 'inconclusive':
      made.error('not reached before the run was cut short', 'inconclusive');
      return;
    default:
      made.skipped();
      made.property('verdict', why === null ? verdict : `${verdict}: ${why}`);
  }
};
