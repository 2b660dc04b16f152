import {PLAIN} from '../../model/report/paint.js';
import type {Line, LineOf} from './stream.js';
import {linesOf, type Replay} from './summary.js';
import {failureText} from './text.js';

type Status = 'passed' | 'failed' | 'skipped' | 'pending' | 'other';

const STATUS: Readonly<Record<LineOf<'rule' | 'story'>['verdict'], Status>> = {
  pass: 'passed',
  fail: 'failed',
  xpass: 'failed',
  xfail: 'other',
  blocked: 'other',
  unsupported: 'skipped',
  'not-reached': 'skipped',
  inconclusive: 'other',
};

/** A run in the Common Test Report Format: a test for each story and each rule; `rawStatus` keeps the verdict. */
export const ctrfOf = (lines: readonly Line[], replay: Replay): string => {
  const [run] = linesOf(lines, 'run');
  const [hello] = linesOf(lines, 'hello');
  const [end] = linesOf(lines, 'end');
  const start = Date.parse(run?.started ?? '1970-01-01T00:00:00Z');
  const stories = linesOf(lines, 'story').map(({id, name, of, verdict, why, steps, dependsOn}) => ({
    name,
    status: STATUS[verdict],
    duration: 0,
    rawStatus: verdict,
    suite: ['stories'],
    ...(why === null ? {} : {message: why}),
    extra: {id, of, steps, dependsOn},
  }));
  const rules = linesOf(lines, 'rule').map(({rule, verdict, steps, case: id, why}) => {
    const failure = linesOf(lines, 'failure').find(({broken}) => broken[0]?.rule === rule);
    return {
      name: rule,
      status: STATUS[verdict],
      duration: 0,
      rawStatus: verdict,
      ...(failure === undefined
        ? {}
        : {message: `${rule} is broken`, trace: failureText(failure, PLAIN, replay(failure))}),
      extra: {steps, case: id, why},
    };
  });
  const tests = [...stories, ...rules];
  const many = (status: Status): number => tests.filter(test => test.status === status).length;
  const report = {
    reportFormat: 'CTRF',
    specVersion: '0.0.0',
    results: {
      tool: {name: 'holdfast', version: run?.suite.replace('holdfast ', '') ?? '0'},
      summary: {
        tests: tests.length,
        passed: many('passed'),
        failed: many('failed'),
        pending: many('pending'),
        skipped: many('skipped'),
        other: many('other'),
        start,
        stop: start + Math.round(1000 * (end?.seconds ?? 0)),
      },
      tests,
      extra: {
        module: run?.module ?? null,
        implementation: hello?.implementation ?? null,
        verdict: end?.verdict ?? 'inconclusive',
        reason: end?.reason ?? 'it was cut short',
        outcome: end?.outcome ?? null,
        level: end?.level ?? null,
      },
    },
  };
  return `${JSON.stringify(report, null, 2)}\n`;
};
