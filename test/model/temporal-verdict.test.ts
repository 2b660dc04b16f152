import test from 'ava';
import {paceFor} from '../../model/engine/graph/pace.js';
import {search} from '../../model/engine/search.js';
import {systemOf} from '../../model/engine/system.js';
import {temporalVerdict} from '../../model/engine/temporal/verdict.js';
import {type Builder, check, type Model, ModelError, model, type Result, type Slot} from '../../model/index.js';
import {counting} from './counting.js';

const sample = (build: (m: Builder) => void): Model => model({name: 'sample', summary: 'a sample', build});

const checked = (build: (m: Builder) => void, limits: Parameters<typeof check>[2] = {}): Promise<Result> =>
  check(sample(build), {}, limits);

test('safety comes first', async t => {
  const result = await checked(
    counting({}, (m, n) => {
      m.eventually('Three', read => read(n) === 3);
      m.invariant('AtMostTwo', read => read(n) <= 2);
    }),
  );
  t.is(result.violation?.property, 'AtMostTwo');
  t.is(result.violation?.loop, null);
  t.false(result.complete);
});

test('an exploration that is incomplete says nothing of temporal properties', async t => {
  const build = counting({}, (m, n) => m.eventually('Three', read => read(n) === 3));
  const ended = new AbortController();
  ended.abort();
  const limits = [{depth: 2}, {states: 2}, {memoryBytes: 1}, {signal: ended.signal}];
  const results = await Promise.all(limits.map(limit => checked(build, limit)));
  for (const {verdict, violation, complete} of results) {
    t.is(verdict, 'incomplete');
    t.is(violation, null);
    t.false(complete);
  }
});

test('a graph that would take more memory than allowed is not built', async t => {
  const of = sample(counting({}, (m, n) => m.eventually('P', read => read(n) === 3)));
  const system = systemOf(of, {});
  const searched = await search(system, {}, {keeping: true});
  t.is((await temporalVerdict(system, searched, paceFor({}))).violation?.property, 'P');
  const {violation, cut} = await temporalVerdict(system, searched, paceFor({}), 1);
  t.is(violation, null);
  t.is(cut, 'out of memory before the temporal properties were checked');
});

test('a complete exploration stays complete when a temporal property is broken', async t => {
  const {complete, reason, distinct} = await checked(
    counting({}, (m, n) => m.eventually('Three', read => read(n) === 3)),
  );
  t.deepEqual({complete, reason, distinct}, {complete: true, reason: null, distinct: 4});
});

test('properties are checked in the order of their declaration, and the first that is broken is told', async t => {
  const result = await checked(
    counting({fair: 'weak'}, (m, n) => {
      m.eventually('Three', read => read(n) === 3);
      m.eventually('Five', {each: [2, 5]}, (read, value) => read(n) === value);
      m.eventually('Seven', read => read(n) === 7);
    }),
  );
  t.is(result.violation?.property, 'Five');
});

test('a property without its functions, or with a name that is taken, is refused', async t => {
  const claims: readonly ((m: Builder, n: Slot<number>) => void)[] = [
    (m, n) => (m.leadsTo as Builder['eventually'])('P', read => read(n) === 1),
    (m, n) =>
      (m.eventually as Builder['leadsTo'])(
        'P',
        read => read(n) === 1,
        read => read(n) === 2,
      ),
    (m, n) => {
      m.eventually('P', read => read(n) === 1);
      m.invariant('P', read => read(n) === 1);
    },
  ];
  for (const claim of claims) await t.throwsAsync(checked(counting({}, claim)), {instanceOf: ModelError});
});

test('a property that does not answer true or false is named with what it read', async t => {
  const claim = (m: Builder, n: Slot<number>): void => {
    m.eventually('Odd', read => (read(n) === 2 ? (null as never) : false));
  };
  await t.throwsAsync(checked(counting({}, claim)), {
    instanceOf: ModelError,
    message: 'in Odd: it returned null, not true or false (n = 2)',
  });
});
