// Which rule is named, and why: what whoever wrote the fault needs to be told.

import test from 'ava';
import {at} from '../../conformance/canonical.js';
import {
  conform,
  type electionMutants,
  electionSuite,
  type Failure,
  haMutants,
  haSuite,
  hostSuite,
  type Mutant,
  storageMutants,
  storageSuite,
  subjectOf,
} from '../../conformance/index.js';
import {doing, keeping, mistaking, mutant} from '../../conformance/mutants/mutant.js';
import {wholeHostMutants} from '../../conformance/mutants/whole-host.js';
import {fieldsApart} from '../../conformance/oracle/fields.js';
import {isPersist} from '../../conformance/oracle/oracle.js';
import {brokenText, failureText} from '../../conformance/report/text.js';
import type {Suite} from '../../conformance/suite.js';
import {PLAIN} from '../../model/report/paint.js';
import {
  type Config,
  type Effect,
  type Event,
  generation,
  type Repairs,
  type State,
  term,
  vmId,
} from '../../src/index.js';

type Faulty = Mutant<Config, State, Event, Effect>;

const failureIn = async <C extends {readonly repairs: Repairs}, S, T, E>(
  suite: Suite<C, S, T, E>,
  faulty: Mutant<C, S, T, E>,
  plan: string,
): Promise<Failure> => {
  const plans = suite.plans.filter(({name}) => name === plan);
  const {failure} = await conform({...suite, plans}, subjectOf(suite.specification, faulty));
  if (failure === null) throw new Error(`nothing is found of: ${faulty.name}`);
  return failure;
};

const failureOf = (faulty: Faulty, plan: string): Promise<Failure> => failureIn(haSuite(), faulty, plan);

const known = (name: string): Faulty => {
  const found = haMutants.find(each => each.name === name);
  if (found === undefined) throw new Error(`no mutant ${name}`);
  return found;
};

const said = ({broken}: Failure): readonly string[] => broken.map(({rule, because}) => `${rule}: ${because}`);

test('what is kept over a higher term is told as that, not as the step at which it shows', async t => {
  const failure = await failureOf(known('keeps its registrations in a new term'), 'registrations');
  t.is(said(failure)[0], 'TM-01: it acts as if step 2 had changed nothing');
  t.true(said(failure).includes('WT-03: it still answers step 1'));
  t.is(said(failure).at(-1), 'WT-05: it would call for that, and it acts as if step 2 had changed nothing');
});

test('a message that is settled and answered once more names the rules of the step that it came in', async t => {
  const failure = await failureOf(known('notifies at once, and keeps the registration all the same'), 'registrations');
  t.deepEqual(said(failure), ['WT-04: it still answers step 1', 'WT-09: nothing is to be done here']);
});

test('a term that is not taken on at all is TM-01, and it is told which term the host acts in', async t => {
  const failure = await failureOf(known('does not persist its term'), 'questions and commands');
  t.is(said(failure)[0], 'TM-01: term: 0 is kept instead of 1; it acts as if message.term were 0 (it is 1)');
});

/** Every round of it has the number 0, in calls and in timers. */
const sameRound = mutant<Config, State, Event, Effect>(
  'calls each SET of its own for the first round',
  'FB-01',
  doing(effects =>
    effects.map(effect =>
      effect.type === 'CallStorage' && effect.call.purpose.type === 'Own'
        ? {...effect, call: {...effect.call, purpose: {...effect.call.purpose, round: 0 as never}}}
        : effect,
    ),
  ),
);

test('a round that is numbered as an earlier one names FB-01, and what the number stands for already', async t => {
  const failure = await failureOf(sameRound, 'a SET of an earlier reign');
  t.deepEqual(said(failure), ['FB-01: call.purpose Own {term: 1, round: 0} stands for something earlier']);
  t.is(failure.differences[1]?.trim(), 'call.purpose Own {term: 1, round: 0} stands for something earlier');
});

test('EL-17: an election that goes on although somebody has won is told as that', async t => {
  const suite = electionSuite();
  const {specification} = suite;
  const keepsItsTimer: (typeof electionMutants)[number] = mutant(
    'leaves its election timer running',
    'EL-17',
    doing(effects =>
      effects.filter(({type, ...it}) => type !== 'CancelTimer' || !('timer' in it) || it.timer.type !== 'Election'),
    ),
  );
  const {failure} = await conform(suite, subjectOf(specification, keepsItsTimer));
  t.is(failure?.broken[0]?.rule, 'EL-17');
});

test('what an earlier step has noted otherwise is told in words, with the rule that says what to note', async t => {
  const failure = await failureOf(known('keeps the first registration of a primary only'), 'registrations');
  t.is(said(failure).at(-1), 'WT-03: it acts as if step 1 had noted otherwise who waits for a VM here');
});

const reportsAtOnce = mutant<Config, State, Event, Effect>(
  'reports what nobody has asked for when it is elected',
  'TM-05',
  doing((effects, {stimulus}) =>
    stimulus.type === 'Elected' && effects.length > 0
      ? [...effects, {type: 'Report', vm: vmId('v1'), value: 'protected', generation: generation(1)}]
      : effects,
  ),
);

test('where something is done that no rule calls for here, the rules that do apply here are told too', async t => {
  const failure = await failureOf(reportsAtOnce, 'roles');
  const report = 'Report {vm: v1, value: protected, generation: 1}';
  t.deepEqual(
    said(failure).filter(each => each.endsWith(report)),
    [
      `FB-06: not allowed here: ${report}`,
      `TM-05: it leads to no such thing: ${report}`,
      `TM-04: it leads to no such thing: ${report}`,
    ],
  );
});

test('whoever takes what is heard for something else has passed over the rule about that, which is told too', async t => {
  const takesStaleForDone = mutant<Config, State, Event, Effect>(
    'takes a SET that was refused for one that is done',
    'FB-08',
    mistaking(({config, state, stimulus}) => ({
      config,
      state,
      stimulus:
        stimulus.type === 'StorageReplied' && stimulus.result === 'stale' ? {...stimulus, result: 'ok'} : stimulus,
    })),
  );
  const asIf = 'it acts as if result were ok (it is stale)';
  t.deepEqual(said(await failureOf(takesStaleForDone, 'roles')), [
    `FB-06: ${asIf}`,
    `FB-08: ${asIf}, and passes over what is to be done`,
  ]);
});

test('what is done instead of something else names the rules under which alone that is done', async t => {
  const failure = await failureOf(known('asks whom it has asked in this round already'), 'a fallback');
  t.true(
    failure.broken.some(({rule, because}) => rule === 'FB-10' && because.startsWith('not allowed here: send to ')),
  );
});

test('what was lost over a restart names the rule that says what is known then', async t => {
  const forgets = mutant<Config, State, Event, Effect>(
    'restarts in no term',
    'TM-10',
    keeping((after, before) =>
      before.role === 'down' && after.role !== 'down' ? {...after, durable: {...after.durable, term: term(0)}} : after,
    ),
  );
  t.regex(said(await failureOf(forgets, 'roles')).join(), /TM-10: it acts as if it had kept nothing over step \d/);
});

test('what a refusal has changed all the same names the rule by which it was refused', async t => {
  const marks = storageMutants.find(({name}) => name === 'makes stale what a refused SET does not reach');
  if (marks === undefined) throw new Error('no such mutant');
  const failure = await failureIn(storageSuite(), marks, 'a SET that changes nothing');
  t.regex(said(failure).at(-1) ?? '', /^ST-03: it acts as if step \d had changed which components are current$/);
});

type OfHost = (typeof wholeHostMutants)[number];

const hostFailureOf = (faulty: OfHost, plan: string): Promise<Failure> => failureIn(hostSuite(), faulty, plan);

/** What it says of a count of attempts is one too many where that begins anew. */
const countsOn: OfHost = mutant(
  'goes on counting the attempts at a VM that was exhausted',
  'FO-35',
  doing(effects =>
    effects.map(effect =>
      effect.type === 'SetTimer' && effect.timer.type === 'Failover' && effect.timer.round > 2
        ? {...effect, timer: {...effect.timer, attempt: effect.timer.attempt + 1}}
        : effect,
    ),
  ),
);

test('a field that differs names the rule that says what stands there: FO-35 for a count of attempts', async t => {
  const failure = await hostFailureOf(countsOn, 'the last attempt');
  t.is(failure.broken[0]?.rule, 'FO-35');
  t.regex(failure.broken[0]?.because ?? '', /^timer\.attempt is 1 instead of 0 \(set the timer Failover /);
  const text = failureText(failure, PLAIN);
  t.true(text.includes('     Persist, new: v1-namespace 3.1\n'), 'only what is new in it is told');
  const persisted = failure.trace.flatMap(({effects}) => effects).filter(isPersist);
  t.true(persisted.length > 1);
  t.true(
    persisted.every(effect => at(effect, ['durable', 'storage', 'components']) !== undefined),
    'data is whole',
  );
  const lines = text.split('\n');
  t.deepEqual(
    lines.filter(line => line.length > 80),
    [],
    'a terminal has 80 columns',
  );
});

test('what leads to a question is not told where the question is asked, but of another host too few', async t => {
  const asksOne = wholeHostMutants.find(({name}) => name === 'asks one host only for a place');
  if (asksOne === undefined) throw new Error('no such mutant');
  const failure = await hostFailureOf(asksOne, 'what a primary reads back');
  t.is(failure.broken[0]?.rule, 'FO-19');
  t.false(said(failure).some(each => each.includes('it leads to what is missing')));
});

test('where a list differs in one of its entries, what differs there is told', t => {
  const entry = {object: 'v1', content: {generation: 1, current: ['h1', 'h2']}};
  const persist = (...components: readonly object[]) => ({type: 'Persist', durable: {components}});
  const other = {...entry, content: {...entry.content, generation: 2}};
  t.deepEqual(fieldsApart(persist(entry, entry), persist(entry, other), []), [
    'v1.content.generation is 2 instead of 1',
  ]);
  t.deepEqual(fieldsApart(entry, {...entry, content: {...entry.content, current: ['h1']}}, []), [
    'content.current is [h1] instead of [h1, h2]',
  ]);
});

test('null is told as null, and one of another type with all that it says', t => {
  const locked = {type: 'PoweredOn', vm: 'v1', result: {type: 'locked', holder: 'h1'}};
  t.deepEqual(fieldsApart({...locked, result: {type: 'inaccessible'}}, locked, []), [
    'result is locked {holder: h1} instead of inaccessible',
  ]);
  t.deepEqual(fieldsApart({lock: {holder: 'h2'}}, {lock: {holder: null}}, []), ['lock.holder is null instead of "h2"']);
});

test('what goes wrong is told first: the step, and how it differs from the nearest of what was allowed', async t => {
  const failure = await failureOf(known('commands a host that said no'), 'roles');
  const [first = ''] = failureText(failure, PLAIN).split('\n\n');
  t.regex(first, /^Step 4 goes wrong: h2 sends AccessAnswer /);
  t.true(first.includes('     not allowed: send to h2: SetCommand '));
});

const onlyPersists = mutant<Config, State, Event, Effect>(
  'persists the term before, and that after it has answered',
  'TM-01',
  doing(effects => [
    ...effects.filter(effect => !isPersist(effect)),
    ...effects.filter(isPersist).map(effect => ({...effect, durable: {term: term(0)}})),
  ]),
);

test('what never comes is missing, and not late as well', async t => {
  const {differences} = await failureOf(onlyPersists, 'questions and commands');
  t.deepEqual(differences.slice(0, 2), ['wrong: Persist {durable: {term: 0}}', '   durable.term is 0 instead of 1']);
  t.false(differences.some(each => each.startsWith('in the wrong order')));
});

test('in the wrong order, nothing is said of ids', async t => {
  const {differences} = await failureOf(
    known('stops its timers only after it has set the next'),
    'requests overtake each other',
  );
  t.deepEqual(differences, [
    'in the wrong order: cancel the setting timer of v1 (generation 1, round 0) must come before set the setting ' +
      'timer of v1 (generation 1, round 1)',
  ]);
});

test('a reason that two rules share is told once', t => {
  const because = 'missing: Report';
  const text = brokenText(
    [
      {rule: 'FB-06', level: 'MUST', because},
      {rule: 'FB-08', level: 'MUST', because},
    ],
    PLAIN,
  );
  t.is(text.split(because).length, 2);
  t.regex(text, /FB-08[\s\S]*for the same reason$/);
});
