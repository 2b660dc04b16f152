import test from 'ava';
import {configurationIn, configurations, tlcFinds} from '../../model/bench/witness.js';
import {CATALOGUE} from '../../model/catalogue.js';
import {check} from '../../model/index.js';

/** `check protect --hosts 3 --unreduced` as a scene and its choices. */
const parsed = (words: readonly string[]) => {
  const [, scene, ...flags] = words;
  const choices: Record<string, string> = {};
  flags.forEach((flag, index) => {
    const value = flags[index + 1];
    if (flag.startsWith('--')) choices[flag.slice(2)] = value === undefined || value.startsWith('--') ? 'true' : value;
  });
  return {scene, choices};
};

const all = configurations();

/** The larger ones are left to `npm run witness`. */
const OURS = 50_000;
const THEIRS = 1_000;
const tla2tools = process.env['TLA2TOOLS_JAR'];

test('there are modules in TLA+, and each configuration names its scene and its number of states', t => {
  t.true(all.length >= 5);
  t.throws(() => configurationIn('Some.cfg', 'SPECIFICATION Spec'), {instanceOf: RangeError, message: /Some\.cfg/});
});

for (const {file, words, distinct} of all.filter(({distinct}) => distinct < OURS)) {
  test(`the scene has as many states as spec/tla/${file} promises`, async t => {
    const {scene, choices} = parsed(words);
    const entry = CATALOGUE.find(({name}) => name === scene);
    if (entry === undefined) return t.fail(`there is no scene ${scene}`);
    const result = await check(await entry.load(), choices);
    t.deepEqual({verdict: result.verdict, distinct: result.distinct}, {verdict: 'holds', distinct});
  });
}

for (const configuration of all.filter(({distinct}) => distinct < THEIRS)) {
  test(`TLC finds as many states as spec/tla/${configuration.file} promises`, t => {
    if (tla2tools === undefined) {
      t.log('TLC did not run: TLA2TOOLS_JAR does not name its jar');
      t.pass();
    } else {
      t.is(tlcFinds(tla2tools, configuration), configuration.distinct);
    }
  });
}
