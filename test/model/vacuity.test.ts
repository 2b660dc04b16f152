import test from 'ava';
import {type Builder, check, model, type Result} from '../../model/index.js';
import {summaryText} from '../../model/report/summary.js';
import {counting} from './counting.js';

const checked = (build: (m: Builder) => void, limits: Parameters<typeof check>[2] = {}): Promise<Result> =>
  check(model({name: 'sample', summary: 'a sample', build}), {}, limits);

const warned = async (build: (m: Builder) => void): Promise<readonly string[]> => {
  const {warnings = []} = await checked(build);
  return warnings.map(({property, reason}) => `${property}: ${reason}`);
};

const WEAK = {fair: 'weak'} as const;

test('a premise that is never true is told, and one that is true somewhere is not', async t => {
  const of = (premise: number) =>
    counting(WEAK, (m, n) =>
      m.leadsTo(
        'P',
        read => read(n) === premise,
        read => read(n) === 3,
      ),
    );
  t.deepEqual(await warned(of(7)), ['P: its premise is never true']);
  t.deepEqual(await warned(of(2)), []);
});

test('a premise that is true for some parameter says something', async t => {
  const of = (each: readonly number[]) =>
    counting(WEAK, (m, n) =>
      m.leadsTo(
        'P',
        {each},
        (read, value) => read(n) === value,
        read => read(n) === 3,
      ),
    );
  t.deepEqual(await warned(of([7, 2])), []);
  t.deepEqual(await warned(of([7, 8])), ['P: its premise is never true']);
  t.deepEqual(await warned(of([])), ['P: it has no instance']);
});

test('what is true in every initial state comes eventually without anybody having done a thing', async t => {
  t.deepEqual(
    await warned(
      counting(WEAK, (m, n) => {
        m.eventually('Small', read => read(n) < 2);
        m.eventually('Three', read => read(n) === 3);
      }),
    ),
    ['Small: it is true in every initial state'],
  );
});

test('an invariant that reads nothing says nothing of the model', async t => {
  t.deepEqual(
    await warned(
      counting({}, (m, n) => {
        m.invariant('Constant', () => true);
        m.invariant('Small', read => read(n) < 9);
      }),
    ),
    ['Constant: it reads nothing of the state'],
  );
});

test('a quiescent property where nothing comes to rest says nothing', async t => {
  const turning = (m: Builder): void => {
    const n = m.slot('n', 0);
    m.action('Turn', WEAK, read => [{changes: [n.set((read(n) + 1) % 3)]}]);
    m.quiescent('Settled', read => read(n) === 0);
  };
  t.deepEqual(await warned(turning), ['Settled: in every state something fair is left to happen']);
  t.deepEqual(await warned(counting(WEAK, (m, n) => m.quiescent('Settled', read => read(n) === 3))), []);
});

test('nothing is said to be vacuous before everything was looked at', async t => {
  const build = counting({}, m => m.invariant('Constant', () => true));
  const {verdict, warnings} = await checked(build, {depth: 2});
  t.deepEqual({verdict, warnings}, {verdict: 'incomplete', warnings: []});
});

test('the summary warns, and the verdict stays', async t => {
  const result = await checked(
    counting(WEAK, (m, n) =>
      m.leadsTo(
        'Answered',
        read => read(n) === 7,
        read => read(n) === 3,
      ),
    ),
  );
  t.is(result.verdict, 'holds');
  t.regex(
    summaryText(result, 'sample'),
    /^holds: sample\n[\s\S]*\nWarning: Answered says nothing: its premise is never true\.\n/,
  );
});
