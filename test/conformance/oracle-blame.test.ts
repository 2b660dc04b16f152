// Which rule is named, and why: what whoever wrote the fault needs to be told.

import test from 'ava';
import {
  conform,
  type electionMutants,
  electionSuite,
  type Failure,
  haModule,
  haMutants,
  haSuite,
  type Mutant,
  subjectOf,
} from '../../conformance/index.js';
import {doing, mutant} from '../../conformance/mutants/mutant.js';
import type {Config, Effect, Event, State} from '../../src/index.js';

type Faulty = Mutant<Config, State, Event, Effect>;

const failureOf = async (faulty: Faulty, plan: string): Promise<Failure> => {
  const suite = haSuite();
  const plans = suite.plans.filter(({name}) => name === plan);
  const {failure} = await conform({...suite, plans}, subjectOf(haModule, faulty));
  if (failure === null) throw new Error(`nothing is found of: ${faulty.name}`);
  return failure;
};

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
});

test('a message that is settled and answered once more names the rules of the step that it came in', async t => {
  const failure = await failureOf(known('notifies at once, and keeps the registration all the same'), 'registrations');
  t.deepEqual(said(failure), ['WT-04: it still answers step 1', 'WT-09: nothing is to be done here']);
});

test('a term that is not taken on at all is TM-01, and it is told which term the host acts in', async t => {
  const failure = await failureOf(known('does not persist its term'), 'questions and commands');
  t.is(said(failure)[0], 'TM-01: term: 0 is kept instead of 1; it acts as if message.term were 0');
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
