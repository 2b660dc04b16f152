import test from 'ava';
import {type Builder, check, model, next, type Result, type TraceStep} from '../../model/index.js';
import {counting} from './counting.js';

const checked = (build: (m: Builder) => void, limits: Parameters<typeof check>[2] = {}): Promise<Result> =>
  check(model({name: 'sample', summary: 'a sample', build}), {}, limits);

const verdictOf = async (build: (m: Builder) => void): Promise<Result['verdict']> => (await checked(build)).verdict;

const said = ({action, parameters}: TraceStep): string => `${action}${parameters.map(each => ` ${each}`).join('')}`;

/** The steps of a counterexample, with a bar where the loop begins. */
const storyOf = ({violation}: Result): string => {
  if (violation?.loop == null) return 'none';
  const steps = violation.trace.slice(1).map(said);
  return `${steps.slice(0, violation.loop).join(', ')} | ${steps.slice(violation.loop).join(', ')}`.trim();
};

/** Two processes and a lock that anybody who waits may get. */
const mutex =
  (fair: 'weak' | 'strong') =>
  (m: Builder): void => {
    const processes = [1, 2];
    const at = m.slots('at', processes, 'idle' as 'idle' | 'waiting' | 'inside');
    const isFree = m.derive('isFree', read => processes.every(p => read(at(p)) !== 'inside'));
    m.action('Want', {each: processes}, (read, p) => (read(at(p)) === 'idle' ? [next(at(p).set('waiting'))] : []));
    m.action('Enter', {each: processes, fair}, (read, p) =>
      read(at(p)) === 'waiting' && read(isFree) ? [next(at(p).set('inside'))] : [],
    );
    m.action('Leave', {each: processes, fair: 'weak'}, (read, p) =>
      read(at(p)) === 'inside' ? [next(at(p).set('idle'))] : [],
    );
    m.leadsTo(
      'NobodyStarves',
      {each: processes},
      (read, p) => read(at(p)) === 'waiting',
      (read, p) => read(at(p)) === 'inside',
    );
  };

test('a mutual exclusion with a weakly fair entry starves a process, round a loop', async t => {
  t.is(storyOf(await checked(mutex('weak'))), 'Want 1 | Want 2, Enter 2, Leave 2');
});

test('a mutual exclusion with a strongly fair entry starves nobody', async t => {
  t.is(await verdictOf(mutex('strong')), 'holds');
});

test('without fairness nothing need ever happen', async t => {
  const result = await checked(counting({}, (m, n) => m.eventually('Three', read => read(n) === 3)));
  t.is(storyOf(result), '|');
  t.is(result.violation?.kind, 'temporal');
  t.is(result.violation?.loop, 0);
});

test('each form of property is told from the others', async t => {
  const weak = {fair: 'weak'} as const;
  const stories = await Promise.all(
    [
      counting(weak, (m, n) => m.eventually('Two', read => read(n) === 2)),
      counting(weak, (m, n) => m.alwaysEventually('Two', read => read(n) === 2)),
      counting(weak, (m, n) => m.alwaysEventually('Three', read => read(n) === 3)),
      counting(weak, (m, n) => m.eventuallyAlways('AtMostTwo', read => read(n) <= 2)),
      counting(weak, (m, n) => m.eventuallyAlways('Three', read => read(n) === 3)),
      counting(weak, (m, n) =>
        m.leadsTo(
          'OneThenThree',
          read => read(n) === 1,
          read => read(n) === 3,
        ),
      ),
      counting(weak, (m, n) =>
        m.leadsTo(
          'TwoThenOne',
          read => read(n) === 2,
          read => read(n) === 1,
        ),
      ),
    ].map(async build => storyOf(await checked(build))),
  );
  t.deepEqual(stories, [
    'none',
    'Count, Count, Count |',
    'none',
    'Count, Count, Count |',
    'none',
    'none',
    'Count, Count, Count |',
  ]);
});

test('a step that changes nothing does not make a behaviour fair, and is never due', async t => {
  const idling = (m: Builder): void => {
    const on = m.slot('on', false);
    m.action('Idle', {fair: 'strong'}, read => [next(on.set(read(on)))]);
    m.eventually('On', read => read(on));
  };
  t.is(storyOf(await checked(idling)), '|');
});

/** Something that goes back and forth for ever, and two ways to stop it, of which either is open half of the time. */
const pendulum =
  (fairness: {fair: 'weak' | 'strong'; fairAs?: string}) =>
  (m: Builder): void => {
    const side = m.slot<'left' | 'right' | 'stopped'>('side', 'left');
    m.action('Swing', {fair: 'weak'}, read =>
      read(side) === 'stopped' ? [] : [next(side.set(read(side) === 'left' ? 'right' : 'left'))],
    );
    m.action('StopLeft', fairness, read => (read(side) === 'left' ? [next(side.set('stopped'))] : []));
    m.action('StopRight', fairness, read => (read(side) === 'right' ? [next(side.set('stopped'))] : []));
    m.terminal(read => read(side) === 'stopped');
    m.eventually('Stops', read => read(side) === 'stopped');
  };

test('what is treated fairly together is due while any of it is enabled', async t => {
  t.is(storyOf(await checked(pendulum({fair: 'weak'}))), '| Swing, Swing');
  t.is(await verdictOf(pendulum({fair: 'weak', fairAs: 'Stop'})), 'holds');
  t.is(await verdictOf(pendulum({fair: 'strong'})), 'holds');
});

/** An inbox that is never empty: one kind of message comes again as often as it is received. */
const post =
  (settings: {fair: 'weak' | 'strong'; fairPer?: 'message'}) =>
  (m: Builder): void => {
    const inbox = m.channel<string, string>('inbox', ['host'], {kind: 'set'});
    const read = m.set<string>('read');
    m.action('Send', {each: ['letter', 'flyer'], fair: 'weak'}, (look, what) =>
      look(inbox('host')).includes(what) || (what === 'letter' && look(read).includes(what))
        ? []
        : [next(inbox('host').send(what))],
    );
    m.receive(inbox, settings, (_, __, message) => [next(read.add(message))]);
    m.eventually('LetterRead', look => look(read).includes('letter'));
  };

test('messages of one inbox are treated fairly as one, or each for itself where the model says so', async t => {
  const together = await checked(post({fair: 'strong'}));
  t.is(storyOf(together), 'Send letter, Send flyer, receive host | Send flyer, receive host');
  t.is(await verdictOf(post({fair: 'strong', fairPer: 'message'})), 'holds');
});

test('behaviours that a fair step drives out of the constraint are none', async t => {
  const bounded =
    (fair: {fair?: 'weak'}) =>
    (m: Builder): void => {
      const n = m.slot('n', 0);
      m.action('Count', fair, read => [next(n.set(read(n) + 1))]);
      m.constraint('AtMostFive', read => read(n) <= 5);
      m.eventually('Never', () => false);
    };
  t.is(await verdictOf(bounded({fair: 'weak'})), 'holds');
  t.is(storyOf(await checked(bounded({}))), '|');
});

test('a behaviour may leave what it leads to open only after what it leads from', async t => {
  const build = (m: Builder): void => {
    const n = m.slot('n', 0);
    m.action('Turn', {fair: 'weak'}, read => [next(n.set((read(n) + 1) % 3))]);
    m.action('Sleep', read => (read(n) === 1 ? [next(n.set(9))] : []));
    m.allowDeadlock();
    m.leadsTo(
      'TwoThenZero',
      read => read(n) === 2,
      read => read(n) === 0,
    );
  };
  t.is(await verdictOf(build), 'holds');
});

test('of several counterexamples that begin their loop as soon, the one that comes to rest is told', async t => {
  const build = (m: Builder): void => {
    const at = m.slot('at', 'start');
    m.action('Go', {each: ['left', 'right', 'rest'], fair: 'weak'}, (read, where) =>
      read(at) === 'start' || (read(at) === 'left' && where === 'right') || (read(at) === 'right' && where === 'left')
        ? [next(at.set(where))]
        : [],
    );
    m.allowDeadlock();
    m.eventually('Never', () => false);
  };
  t.is(storyOf(await checked(build)), 'Go rest |');
});

test('a loop goes where fairness asks it to go, and makes no detour', async t => {
  const build = (m: Builder): void => {
    const at = m.slot('at', 'home');
    const way = (from: string, to: string, fair: {fair?: 'weak' | 'strong'} = {}): void =>
      m.action(`to ${to}`, fair, read => (read(at) === from ? [next(at.set(to))] : []));
    way('home', 'near', {fair: 'weak'});
    way('near', 'far');
    way('far', 'home', {fair: 'strong'});
    // Leaving near for the shop is due again and again, so the loop goes there; from the shop there are two ways home.
    m.action('shop', {fair: 'strong'}, read => (read(at) === 'near' ? [next(at.set('shop'))] : []));
    m.action('back', read => (read(at) === 'shop' ? [next(at.set('near')), next(at.set('far'))] : []));
    m.eventually('Never', () => false);
  };
  t.is(storyOf(await checked(build)), '| to near, shop, back, to home');
});

test('what a normaliser forgets makes no difference to a behaviour', async t => {
  const build = (m: Builder): void => {
    const n = m.slot('n', 0);
    m.action('Count', {fair: 'weak'}, read => [next(n.set(read(n) + 1))]);
    m.normalise('Modulo', {of: n}, value => value % 4);
    m.alwaysEventually('Three', read => read(n) === 3);
    m.eventuallyAlways('NotThree', read => read(n) !== 3);
  };
  const result = await checked(build);
  t.is(result.violation?.property, 'NotThree');
  t.is(storyOf(result), '| Count, Count, Count, Count');
});

test('interchangeable keys are not exchanged where there are temporal properties', async t => {
  const build = (m: Builder): void => {
    const processes = ['a', 'b'];
    const at = m.slots('at', processes, 0);
    m.action('Turn', {each: processes}, (read, p) => [next(at(p).set(1 - read(at(p))))]);
    m.symmetry(processes, {families: [at]});
    m.alwaysEventually('Home', {each: processes}, (read, p) => read(at(p)) === 0);
  };
  const result = await checked(build);
  t.is(result.distinct, 4);
  t.is(storyOf(result), 'Turn a |');
});
