import test from 'ava';
import {holdfast} from './command.js';

test('a simulation that finds nothing ends with 3, and says its seed and how far it came', async t => {
  const {code, stdout, stderr} = await holdfast(['check', 'two-phase-commit', '--simulate', '--seed', '7']);
  t.deepEqual([code, stderr], [3, '']);
  t.regex(
    stdout,
    /^incomplete: two-phase-commit: simulated 1,000 runs of at most 100 steps with seed 7\n\n\d+ distinct states, /,
  );
});

test('a simulation that finds a violation ends with 1, and its seed finds it again', async t => {
  const words = ['check', 'die-hard', '--simulate', '--steps', '40', '--json'];
  const first = await holdfast(words);
  t.is(first.code, 1);
  const {violation, simulation} = JSON.parse(first.stdout);
  const {code, stdout} = await holdfast([...words, '--seed', String(simulation.seed)]);
  t.is(code, 1);
  t.deepEqual(JSON.parse(stdout).violation, violation);
  const told = await holdfast([...words.slice(0, -1), '--seed', String(simulation.seed)]);
  t.regex(told.stdout, new RegExp(`with\\s+seed\\s+${simulation.seed}`));
  t.regex(told.stdout, /NotSolved is false\. There may be a shorter\s+way:/);
});

test('runs, steps and seconds bound a simulation', async t => {
  const bounds = ['--runs', '3', '--steps', '5', '--seed', '1'];
  const few = await holdfast(['check', 'ewd840', '--simulate', ...bounds, '--json']);
  const {depth, simulation, generated} = JSON.parse(few.stdout);
  t.deepEqual([depth, simulation.runs, simulation.steps], [6, 3, 5]);
  t.true(generated >= 18);
  const timed = await holdfast(['check', 'ewd840', '--simulate', '--seconds', '0.05']);
  t.is(timed.code, 3);
  t.regex(timed.stdout, /ended\s+after\s+0\.05\s+s/);
});

test('flags of searches and of simulations do not mix', async t => {
  const refused = async (...words: readonly string[]) => (await holdfast(['check', 'die-hard', ...words])).stderr;
  t.is(await refused('--seed', '1'), 'holdfast: --seed does not go without --simulate\n');
  t.is(await refused('--simulate', '--depth', '3'), 'holdfast: --depth does not go with --simulate\n');
  t.is(await refused('--simulate', '--workers', '2'), 'holdfast: --workers does not go with --simulate\n');
  t.is(
    await refused('--simulate', '--seconds', 'x'),
    'holdfast: --seconds is a number of seconds, as 60 or 0.5, not "x"\n',
  );
  t.is(await refused('--simulate', '--seed', '-1'), 'holdfast: --seed is a whole number from 0, not "-1"\n');
});
