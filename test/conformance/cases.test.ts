// How cases come about: what the world offers, what is covered, how walks are drawn and traces made short.

import test from 'ava';
import fc from 'fast-check';
import {caseId} from '../../conformance/cases/id.js';
import {randomFrom} from '../../conformance/cases/random.js';
import {type Surroundings, worldWithin} from '../../conformance/cases/world.js';
import {
  type Bound,
  conform,
  haModule,
  haMutants,
  haSuite,
  haVariants,
  type Mutant,
  referenceOf,
  storageContract,
  storageMutants,
  storageSuite,
  subjectOf,
} from '../../conformance/index.js';
import {renamed} from '../../conformance/variants/renamed.js';
import {eager} from '../../src/index.js';

type Stimulus = `knock ${number}` | `answer to ${string}` | 'nobody';

/** Knocks are counted; each question can be answered, until a hush makes its answer late. */
const doors: Surroundings<number, Stimulus, string> = {
  facts: 0,
  happenings: knocks => [{kind: 'knock', stimulus: `knock ${knocks + 1}`}],
  answers: (_, effect) => (effect.startsWith('who') ? [`answer to ${effect}`, 'nobody'] : []),
  fateOnStimulus: () => 'open',
  fateOnEffect: (open, effect) => (effect === `hush ${open}` ? 'late' : 'open'),
  learnt: (knocks, stimulus) => (stimulus.startsWith('knock') ? knocks + 1 : knocks),
};

const BOUND: Bound = {happenings: {knock: 2}, repeats: 0, open: 2};

/** What is offered after these stimuli, each with the effects that it has. */
const offered = (bound: Bound, ...steps: readonly (readonly [Stimulus, readonly string[]])[]): readonly Stimulus[] =>
  steps
    .reduce(
      (world, [wanted, effects]) => {
        const offer = world.offers().find(({stimulus}) => stimulus === wanted);
        if (offer === undefined) throw new Error(`${wanted} is not offered`);
        return world.after(offer, effects);
      },
      worldWithin(doors, bound),
    )
    .offers()
    .map(({stimulus}) => stimulus);

test('a kind of happening comes as often as the bound says, and what it does not name never comes', t => {
  t.deepEqual(offered(BOUND), ['knock 1']);
  t.deepEqual(offered(BOUND, ['knock 1', []]), ['knock 2']);
  t.deepEqual(offered(BOUND, ['knock 1', []], ['knock 2', []]), []);
  t.deepEqual(offered({...BOUND, happenings: {}}), []);
});

test('an effect can be answered in each way, once', t => {
  t.deepEqual(offered(BOUND, ['knock 1', ['who', 'noise']]), ['answer to who', 'nobody', 'knock 2']);
  t.deepEqual(offered(BOUND, ['knock 1', ['who']], ['nobody', []]), ['knock 2']);
});

test('an answer comes again, or late, only while there are repeats, and then it is the same answer', t => {
  const bound = {...BOUND, repeats: 1};
  t.deepEqual(offered(bound, ['knock 1', ['who']], ['nobody', []]), ['nobody', 'knock 2']);
  t.deepEqual(offered(bound, ['knock 1', ['who']], ['nobody', []], ['nobody', []]), ['knock 2']);
  t.deepEqual(offered(BOUND, ['knock 1', ['who']], ['knock 2', ['hush who']]), []);
  t.deepEqual(offered(bound, ['knock 1', ['who']], ['knock 2', ['hush who']]), ['answer to who', 'nobody']);
});

test('of too many open effects the oldest is forgotten', t => {
  t.deepEqual(offered({...BOUND, open: 1}, ['knock 1', ['who a', 'who b']]), ['answer to who b', 'nobody', 'knock 2']);
});

test('what was too old to be answered is not lost to a core that heals, unless it was called off', t => {
  const first = worldWithin(doors, {...BOUND, open: 1});
  const answersAfter = (...effects: readonly (readonly string[])[]): readonly Stimulus[] =>
    effects
      .reduce((world, each) => {
        const [knock] = world.offers().filter(({stimulus}) => stimulus.startsWith('knock'));
        return knock === undefined ? world : world.after(knock, each);
      }, first)
      .unbounded(effect => effect.startsWith('who'))
      .offers()
      .map(({stimulus}) => stimulus)
      .filter(stimulus => stimulus.startsWith('answer'));
  t.deepEqual(answersAfter(['who a', 'who b', 'noise']), ['answer to who a', 'answer to who b']);
  t.deepEqual(answersAfter(['who a', 'who b'], ['hush who a']), ['answer to who b']);
});

test('the same seed gives the same numbers, within their range, and each of them', t => {
  t.notThrows(() =>
    fc.assert(
      fc.property(fc.integer(), fc.integer({min: 1, max: 20}), (seed, below) => {
        const [a, b] = [randomFrom(seed), randomFrom(seed)];
        const numbers = Array.from({length: 400}, () => a(below));
        return (
          numbers.every(n => n === b(below) && Number.isInteger(n) && n >= 0 && n < below) &&
          new Set(numbers).size === below
        );
      }),
      {numRuns: 200},
    ),
  );
});

test('a case has the id of what is put to the subject, in whatever order its fields stand', t => {
  const id = caseId('ha', 'roles', [{type: 'Elected', term: 1}]);
  t.regex(id, /^T-[0-9a-f]{8}$/);
  t.is(caseId('ha', 'roles', [{term: 1, type: 'Elected'}]), id);
  t.not(caseId('ha', 'roles', [{term: 2, type: 'Elected'}]), id);
  t.not(caseId('ha', 'registrations', [{type: 'Elected', term: 1}]), id);
  t.not(caseId('storage', 'roles', [{type: 'Elected', term: 1}]), id);
});

const mutantNamed = <C, S, I, E>(mutants: readonly Mutant<C, S, I, E>[], name: string): Mutant<C, S, I, E> => {
  const found = mutants.find(mutant => mutant.name === name);
  if (found === undefined) throw new Error(`no mutant ${name}`);
  return found;
};

test('a case has the same id whatever ids the subject chooses', async t => {
  const suite = haSuite();
  const plain = mutantNamed(haMutants, 'never tells the result');
  const {failure} = await conform(suite, subjectOf(haModule, plain));
  const {failure: again} = await conform(suite, renamed(haModule, subjectOf(haModule, plain)));
  t.is(again?.case, failure?.case);
});

test('a walk that fails is made short, and fails by the same rule', async t => {
  const suite = storageSuite();
  const walks = suite.plans.filter(plan => plan.walks !== null);
  const faulty = mutantNamed(storageMutants, 'lets stale components vote');
  const lengths: number[] = [];
  for (const seed of [1, 100, 200, 300, 400]) {
    const {verdict, trace, failure} = await conform({...suite, plans: walks}, subjectOf(storageContract, faulty), {
      seed,
    });
    t.is(verdict, 'fail');
    t.is(failure?.broken[0]?.rule, 'ST-01');
    lengths.push(trace.length);
  }
  t.true(Math.max(...lengths) <= 6, `lengths: ${lengths.join(', ')}`);
});

test('a budget that is used up is inconclusive, and says what was left', async t => {
  const result = await conform(haSuite(), referenceOf(haModule, eager), {steps: 20_000});
  t.is(result.verdict, 'inconclusive');
  t.is(result.reason, 'the budget of 20000 steps is used up');
  t.true(result.coverage.unfinished.length > 0);
  t.true(result.coverage.completed.length > 0);
  t.is(result.failure, null);
});

test('a budget that just suffices is a pass, and one step less is not', async t => {
  const suite = storageSuite();
  const whole = await conform(suite, referenceOf(storageContract, eager));
  const {steps} = whole.coverage;
  t.is((await conform(suite, referenceOf(storageContract, eager), {steps})).verdict, 'pass');
  t.is((await conform(suite, referenceOf(storageContract, eager), {steps: steps - 1})).verdict, 'inconclusive');
});

test('the same subject gets the same result twice, to the byte', async t => {
  const suite = haSuite();
  const [variant] = haVariants;
  const run = async () =>
    JSON.stringify(await conform(suite, variant?.subject() ?? referenceOf(haModule, eager), {seed: 7}));
  t.is(await run(), await run());
});

test('what lies beyond a step that nothing allows speaks for a subject, and never against it', async t => {
  const suite = haSuite();
  const plans = suite.plans.filter(({name}) => name === 'roles' || name === 'requests overtake each other');
  const faulty = mutantNamed(haMutants, 'sends before it persists');
  const {coverage, failures} = await conform({...suite, plans}, subjectOf(haModule, faulty), {failures: 1000});
  t.deepEqual(
    failures.map(({broken}) => broken[0]?.rule),
    ['TM-04'],
  );
  const [sure, supposed] = [coverage.rules, coverage.supposed].map(rules => rules.map(({id}) => id));
  for (const rule of ['FB-01', 'FB-06', 'FB-08', 'FB-14', 'WT-01', 'TO-01'] as const) {
    t.false(sure?.includes(rule), `${rule} can only be reached through the election`);
    t.true(supposed?.includes(rule), `${rule} is kept beyond it`);
  }
  t.deepEqual(coverage.suspected, []);
});

test('what is wrong only beyond a step that nothing allows is suspected, and no failure', async t => {
  const suite = haSuite();
  const plans = suite.plans.filter(({name}) => name === 'a fallback');
  const faulty = mutantNamed(haMutants, 'sets no timer for its questions');
  const {coverage, failures} = await conform({...suite, plans}, subjectOf(haModule, faulty), {failures: 1000});
  t.deepEqual(
    failures.map(({broken}) => broken[0]?.rule),
    ['TO-01'],
  );
  t.deepEqual(coverage.suspected, ['TO-02']);
});
