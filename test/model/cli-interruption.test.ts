import test from 'ava';
import {holdfast, modelFile} from './command.js';

/** A model that counts for ever and says on standard error when it has come to 5,000. */
const endless = modelFile(
  'endless.mjs',
  "import {writeSync} from 'node:fs';",
  'const tell = value => {',
  "  if (value === 5000) writeSync(2, 'under way\\n');",
  '  return value + 1;',
  '};',
  "export default model({name: 'endless', summary: '', build: m => {",
  "  const x = m.slot('x', 0);",
  "  m.action('Up', read => [next(x.set(tell(read(x))))]);",
  '}});',
);

/** Models that never return from their own code, wherever it is. */
const forever = "writeSync(2, 'under way\\n'); while (true);";
const stuck = (name: string, top: string, build: string, action: string): string =>
  modelFile(
    `${name}.mjs`,
    "import {writeSync} from 'node:fs';",
    top,
    `export default model({name: '${name}', summary: '', build: m => {`,
    build,
    "  const x = m.slot('x', 0);",
    `  m.action('Up', read => {${action}});`,
    '}});',
  );

const STUCK = {
  'at the top of its file': stuck('top', forever, '', ''),
  'while it is built': stuck('building', '', forever, ''),
  'in an action': stuck('acting', '', '', forever),
  'in a property': stuck('judging', '', `m.invariant('Claim', () => {${forever}});`, 'return []'),
  'and waits for what never comes': stuck(
    'waiting',
    "writeSync(2, 'under way\\n'); await new Promise(() => {});",
    '',
    '',
  ),
};

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  test(`${signal} in the middle of a search makes an incomplete verdict with the counts so far`, async t => {
    const {code, stdout} = await holdfast(['check', endless], (text, send) => {
      if (text.endsWith('under way\n')) send(signal);
    });
    t.is(code, 3);
    t.regex(stdout, /^incomplete: endless: interrupted\n\n\d+,?\d* distinct states/);
    t.regex(stdout, /Up +\d/);
  });
}

test('an interrupted search prints its JSON document', async t => {
  const {code, stdout} = await holdfast(['check', endless, '--json'], (_, send) => send('SIGINT'));
  t.is(code, 3);
  const {verdict, complete, distinct} = JSON.parse(stdout);
  t.deepEqual({verdict, complete}, {verdict: 'incomplete', complete: false});
  t.true(distinct > 1);
});

for (const [where, path] of Object.entries(STUCK)) {
  test(`a model that never returns ${where} is interrupted all the same`, async t => {
    const {code, stdout} = await holdfast(['check', path], (_, send) => send('SIGINT'));
    t.is(code, 3);
    t.regex(stdout, /^incomplete: .*: interrupted; the (search did not answer|file was still being loaded)/);
  });
}

test('a function that fills the memory and never returns ends with what --memory allows', async t => {
  const path = stuck('filling', '', '', 'const all = []; while (true) all.push(next(x.set(all.length)));');
  const {code, stdout} = await holdfast(['check', path, '--memory', '200m']);
  t.is(code, 3);
  t.regex(stdout, /^incomplete: filling: out of memory\n/);
});
