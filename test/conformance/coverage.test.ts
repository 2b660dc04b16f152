// Reports of tests and validated logs are merged into one coverage.

import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import {heedOf} from '../../conformance/cli/heed.js';
import {alternativesOf} from '../../conformance/coverage/alternatives.js';
import {merged} from '../../conformance/coverage/coverage.js';
import {streamIn} from '../../conformance/report/stream.js';
import {withModule} from '../../conformance/suites.js';
import {judgeFor} from '../../conformance/validate/laws.js';
import {validate} from '../../conformance/validate/validate.js';
import {profile} from '../../src/index.js';
import {holdfastConform, inTypeScript} from './conform-command.js';
import {clusterLogs} from './validate/cluster-logs.js';

for (const module of ['ha', 'storage', 'host'] as const) {
  test(`whatever else a module of kind ${module} is allowed, some variant of it does`, async t => {
    const none = async (): Promise<void> => {};
    const all = await withModule(module, profile('hardened'), 'full', suite => alternativesOf(suite, none));
    t.true(all.length > 1);
    t.deepEqual(
      all.filter(({variants}) => variants === 0),
      [],
    );
  });
}

test('the search for what variants take ends where it is interrupted', async t => {
  const interruption = new AbortController();
  const heed = heedOf(interruption.signal);
  let walks = 0;
  const searching = withModule('ha', profile('hardened'), 'full', suite =>
    alternativesOf(suite, () => {
      walks++;
      if (walks === 3) interruption.abort(new Error('enough'));
      return heed();
    }),
  );
  await t.throwsAsync(searching, {message: 'enough'});
  t.is(walks, 3);
});

test('a report and the log of a host are covered together, by the command too', async t => {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-coverage-'));
  try {
    const [log, report, validation] = ['h1.ndjson', 'run.ndjson', 'validation.json'].map(name => join(folder, name));
    if (log === undefined || report === undefined || validation === undefined) throw new Error('there are three');
    writeFileSync(log, `${clusterLogs().get('h1')?.join('\n')}\n`);
    const judged = await validate([log], judgeFor);
    writeFileSync(validation, JSON.stringify(judged));
    const tried = ['--lane', 'core', '--run', 'questions*', '--report', `ndjson=${report}`];
    const {stdout: text} = await holdfastConform(
      'test',
      ...['--profile', 'ha', ...tried],
      ...['--report', 'ndjson=-', '--', ...inTypeScript('broken.ts')],
    );
    const stream = streamIn(text);
    if (stream.type === 'Refused') throw new Error(stream.reason);
    const {rules, plans, roles} = merged([
      {type: 'Report', name: 'run', lines: stream.lines},
      {type: 'Validation', name: 'log', validation: judged},
    ]);
    const of = (name: string) => rules.find(({rule}) => rule === name);
    t.is(new Set(rules.map(({rule}) => rule)).size, rules.length);
    t.true((of('FB-13')?.cases ?? 0) > 0);
    t.like(of('HO-19'), {state: 'exercised', cases: 0});
    t.true(rules.some(({state, cases, logs}) => state === 'not-reached' && cases + logs === 0));
    t.is(plans[0]?.plan, 'questions and commands');
    t.true(roles?.some(({change, steps}) => change === 'down > secondary' && steps > 0));
    t.true(roles?.some(({steps}) => steps === 0));

    const {code, stdout} = await holdfastConform('coverage', '--json', report, validation);
    t.is(code, 0);
    t.deepEqual(
      JSON.parse(stdout).rules.map(({rule}: {readonly rule: string}) => rule),
      rules.map(({rule}) => rule),
    );
    t.is((await holdfastConform('coverage', log)).code, 2, 'a log itself is neither');
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
});

test('what is broken in a log is violated', t => {
  const validation = JSON.parse(
    JSON.stringify({modules: [], violation: {broken: [{rule: 'FB-14', level: 'MUST', because: 'it is'}]}}),
  );
  const module = {
    host: 'h1',
    module: 'ha',
    file: 'h1',
    repairs: [],
    steps: 1,
    judged: 1,
    states: 1,
    rules: [],
    roles: [],
  };
  const {rules} = merged([{type: 'Validation', name: 'log', validation: {...validation, modules: [module]}}]);
  t.like(
    rules.find(({rule}) => rule === 'FB-14'),
    {state: 'violated', violated: ['log']},
  );
});
