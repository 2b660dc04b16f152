import test from 'ava';
import {twoPhaseCommit} from '../../../model/examples/two-phase-commit.js';
import {
  audit,
  check,
  integer,
  type Model,
  ModelError,
  model,
  next,
  occursIn,
  product,
  range,
  setOf,
} from '../../../model/index.js';
import {auditText} from '../../../model/report/audit-summary.js';
import {sample} from '../engine/sample.js';

/** Processes write letters to a board, others read them, once; letters that were read by all are dead. */
const board: Model = model({
  name: 'board',
  summary: 'Processes write to a board and read from it.',
  options: {processes: integer({default: 3, min: 1, max: 4, about: 'processes'})},
  build(m, {processes}) {
    const everyone = range(processes);
    const written = m.slots('written', everyone, false);
    const letters = m.set<number>('letters');
    const readers = m.slots<number, readonly number[]>('readers', everyone, []);
    m.action('Write', {each: everyone}, (read, p) =>
      read(written(p)) ? [] : [next(written(p).set(true), letters.add(p))],
    );
    m.action('Read', {each: product(everyone, everyone)}, (read, p, q) =>
      p !== q && read(letters).includes(q) && !read(readers(p)).includes(q)
        ? [next(readers(p).set(setOf([...read(readers(p)), q])))]
        : [],
    );
    m.allowDeadlock();
    m.invariant('NotMine', {each: everyone}, (read, p) => !read(readers(p)).includes(p));
    m.normalise('read by all', {of: letters}, (values, read) =>
      values.filter(q => !everyone.every(p => p === q || read(readers(p)).includes(q))),
    );
    const renamed = (values: readonly number[], to: (p: number) => number) => setOf(values.map(to));
    m.symmetry(everyone, {
      families: [written, readers],
      renamed: [occursIn(letters, renamed), occursIn(readers, renamed)],
    });
  },
});

test('both reductions of a model are audited, symmetry on top of the normalisers', async t => {
  const {verdict, reductions} = await audit(board);
  t.is(verdict, 'proved');
  const [forms, orbits] = reductions;
  t.deepEqual([forms?.reduction, orbits?.reduction], ['normalisers', 'symmetry']);
  t.is(orbits?.full, forms?.reduced);
  t.is(orbits?.reduced, (await check(board)).distinct);
});

const turning = sample(m => {
  const x = m.slot('x', 0);
  m.action('Turn', {fair: 'weak'}, read => [next(x.set(1 - read(x)))]);
  m.alwaysEventually('Zero', read => read(x) === 0);
});

test('a model without reductions has nothing to audit', async t => {
  const result = await audit(turning);
  t.deepEqual([result.verdict, result.reductions], ['nothing', []]);
  t.is(
    auditText(result, 'turning'),
    'nothing to audit: turning declares no symmetry and no normalisers, and its orders cannot be reduced',
  );
});

test('an audit that its limits cut short says what it does not know', async t => {
  for (const [limits, why] of [
    [{states: 20}, 'stopped at 20 states'],
    [{depth: 2}, 'stopped at depth 2'],
    [{memoryBytes: 1}, 'out of memory'],
  ] as const) {
    const {verdict, reductions} = await audit(twoPhaseCommit, {rms: 7, symmetry: true}, limits);
    t.is(verdict, 'incomplete');
    t.is(reductions[0]?.reason, `the full search is incomplete: ${why}`);
    t.is(reductions[0]?.flaw, null);
  }
});

test('an audit can be interrupted at any time', async t => {
  const interrupted = async (after: number) => {
    const signal = AbortSignal.abort();
    const late = new AbortController();
    let left = after;
    const limits = after === 0 ? {signal} : {signal: late.signal, onProgress: () => --left === 0 && late.abort()};
    return await audit(twoPhaseCommit, {rms: 6, symmetry: true}, limits);
  };
  for (const {verdict, reductions} of [await interrupted(0), await interrupted(1)]) {
    t.is(verdict, 'incomplete');
    t.regex(reductions[0]?.reason ?? '', /interrupted/);
  }
});

test('an audit looks beyond the first violation, and names all that fails', async t => {
  const counting = sample(m => {
    const x = m.slot('x', 0);
    m.action('Up', read => (read(x) < 6 ? [next(x.set(read(x) + 1))] : []));
    m.invariant('Low', read => read(x) < 2);
    m.invariant('High', read => read(x) < 5);
    m.normalise('even', {of: x}, value => (value === 5 ? 6 : value));
  });
  const {reductions} = await audit(counting);
  t.is(reductions[0]?.flaw, null);
  t.deepEqual([reductions[0]?.full, reductions[0]?.reduced], [7, 6]);
});

test('a temporal property that a normaliser breaks or mends is found', async t => {
  const turning = sample(m => {
    const x = m.slot('x', 0);
    m.action('Turn', {fair: 'weak'}, read => (read(x) < 3 ? [next(x.set(read(x) + 1))] : []));
    m.action('Back', read => (read(x) === 3 ? [next(x.set(0))] : []));
    m.alwaysEventually('Zero', read => read(x) === 0);
    m.normalise('early', {of: x}, value => (value === 3 ? 0 : value));
  });
  const {reductions} = await audit(turning);
  t.is(reductions[0]?.flaw?.claim, 'in the full search temporal Zero fails, in the reduced one it does not');
});

test('a model that is broken in itself is refused, not refuted', async t => {
  const broken = sample(m => {
    const x = m.slot('x', 0);
    m.action('Fail', () => {
      throw new Error('no such thing');
    });
    m.normalise('same', {of: x}, value => value);
  });
  await t.throwsAsync(audit(broken), {instanceOf: ModelError, message: /no such thing/});
});

test('a renaming that throws, and one that does not lead back, are refuted', async t => {
  const keyed = (renamed: (value: number, rename: (key: number) => number) => number) =>
    sample(m => {
      const x = m.slot('x', 0);
      m.action('Set', {each: [0, 1]}, (_, value) => [next(x.set(value))]);
      m.symmetry([0, 1], {renamed: [occursIn(x, renamed)]});
    });
  const thrown = await audit(keyed((value, rename) => rename(value + 5)));
  t.is(
    thrown.reductions[0]?.flaw?.claim,
    'exchanging 0 and 1 fails: in what symmetry renames in x: the symmetry of [0,1] was asked to rename 5 (x = 0)',
  );
  const oneWay = await audit(keyed(() => 1));
  t.regex(
    oneWay.reductions[0]?.flaw?.claim ?? '',
    /exchanging 0 and 1 fails: .* what is renamed in x turns 0 into 1, and back into 1/,
  );
});

test('the report of a refutation shows the states that it is about', async t => {
  const elected = sample(m => {
    const leader = m.slot<number | null>('leader', null);
    m.action('Elect', {each: [1, 2]}, (read, p) => (read(leader) === null ? [next(leader.set(p))] : []));
    m.allowDeadlock();
    m.symmetry([0, 1, 2], {
      renamed: [occursIn(leader, (p, rename: (p: number) => number) => (p === null ? p : rename(p)))],
    });
  });
  const text = auditText({...(await audit(elected)), seconds: 1.5, peakMemoryBytes: 2 ** 20}, 'elected');
  t.is(
    text,
    [
      'refuted: elected: a reduction is wrong',
      '',
      'symmetry: refuted',
      '  exchanging 0 and 1 leads to a state that cannot be reached:',
      '  reachable:',
      '    leader: 1',
      '  renamed:',
      '    leader: 0',
      '',
      '1.50 s, peak memory 1 MiB.',
    ].join('\n'),
  );
});
