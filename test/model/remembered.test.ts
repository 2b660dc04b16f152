import test from 'ava';
import {type Builder, check, model, next, type Read, type Slot} from '../../model/index.js';

/** First a becomes 1, then b becomes 5; `small` is asked in every state. */
const switching = (small: (m: Builder, a: Slot<number>, b: Slot<number>) => (read: Read) => boolean) =>
  model({
    name: 'switching',
    summary: 'What is read depends on what was read.',
    build(m) {
      const a = m.slot('a', 0);
      const b = m.slot('b', 0);
      m.action('A', read => (read(a) === 0 ? [next(a.set(1))] : []));
      m.action('B', read => (read(a) === 1 && read(b) === 0 ? [next(b.set(5))] : []));
      m.invariant('Small', small(m, a, b));
      m.allowDeadlock();
    },
  });

test('a property is asked anew when a derived value changes that came to depend on another slot', async t => {
  const {verdict} = await check(
    switching((m, a, b) => {
      const inner = m.derive('inner', read => (read(a) === 0 ? 0 : read(b)));
      return read => read(inner) < 5;
    }),
  );
  t.is(verdict, 'violated');
});

test('a derived value is worked out anew when another changes that came to depend on another slot', async t => {
  const {verdict} = await check(
    switching((m, a, b) => {
      const inner = m.derive('inner', read => (read(a) === 0 ? 0 : read(b)));
      const outer = m.derive('outer', read => read(inner) + 1);
      return read => read(outer) < 6;
    }),
  );
  t.is(verdict, 'violated');
});
