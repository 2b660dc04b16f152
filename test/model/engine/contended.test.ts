// Actions that read what others change, and mostly do the same whether they come before or after: which of them sleep
// is told from what the dispatch knows, so the referee sees many such models.

import test from 'ava';
import fc from 'fast-check';
import {type Builder, type Model, model, next, type Read, range} from '../../../model/index.js';
import {agreed} from './agreement.js';

/**
 * What one looks at: its own stage, the mode of all, whether an element is in the set, be it that nothing else of the
 * set is read, how many are, be it by a derived value, or whether mode and size together are odd.
 */
type Guard = {
  readonly of: 'stage' | 'mode' | 'element' | 'member' | 'count' | 'size' | 'odd';
  readonly is: number;
  readonly holds: boolean;
};
type Effect = {readonly stage: number; readonly puts: number; readonly takes: boolean; readonly mode: number};
type ActionSpec = {readonly guards: readonly Guard[]; readonly effects: readonly Effect[]; readonly who: number};

const ACTORS = 3;
const STAGES = 4;
const MODES = 2;

const guardOf = (...of: readonly Guard['of'][]): fc.Arbitrary<Guard> =>
  fc.record({of: fc.constantFrom(...of), is: fc.nat(STAGES - 1), holds: fc.boolean()});
const effect: fc.Arbitrary<Effect> = fc.record({
  stage: fc.nat(STAGES - 1),
  puts: fc.integer({min: -1, max: ACTORS}),
  takes: fc.boolean(),
  mode: fc.integer({min: -3, max: MODES - 1}),
});
/** Some look at what is everybody's only, and into the set last; the others at their stage, first or last. */
const guards: fc.Arbitrary<readonly Guard[]> = fc.oneof(
  fc.tuple(guardOf('mode', 'count'), guardOf('element', 'member', 'size')),
  fc.tuple(guardOf('mode', 'element', 'member', 'count', 'size', 'odd')),
  fc
    .tuple(fc.array(guardOf('mode', 'element', 'member', 'count'), {maxLength: 2}), fc.nat(STAGES - 1), fc.boolean())
    .map(([others, is, isFirst]): readonly Guard[] => {
      const own = {of: 'stage', is, holds: true} as const;
      return isFirst ? [own, ...others] : [...others, own];
    }),
);
const action: fc.Arbitrary<ActionSpec> = fc.record({
  guards,
  effects: fc.oneof(
    {weight: 4, arbitrary: fc.array(effect, {minLength: 1, maxLength: 1})},
    {weight: 1, arbitrary: fc.array(effect, {minLength: 2, maxLength: 2})},
  ),
  who: fc.integer({min: -2, max: ACTORS - 1}),
});

const declare = (m: Builder, actions: readonly ActionSpec[]): void => {
  const stage = m.slots('stage', range(ACTORS), 0);
  const mode = m.slot('mode', 0);
  const all = m.set<number>('all');
  const count = m.derive('count', read => read(all).length);
  const holds = (read: Read, {of, is, holds}: Guard, actor: number): boolean => {
    if (of === 'stage') return (read(stage(actor)) === is) === holds;
    if (of === 'mode') return (read(mode) === is % MODES) === holds;
    if (of === 'odd') return (read(mode) + read(all).length + is) % 2 === 0;
    if (of === 'size') return (read(all).length === is) === holds;
    if (of === 'count') return read(count) > is === holds;
    if (of === 'member') return read(all.has((actor + is) % ACTORS)) === holds;
    return read(all).includes((actor + is) % ACTORS) === holds;
  };
  const outcome = ({stage: to, puts, takes, mode: changed}: Effect, actor: number) =>
    next(
      stage(actor).set(to),
      ...(puts < 0 ? [] : [(takes ? all.remove : all.add)((actor + puts) % ACTORS)]),
      ...(changed < 0 ? [] : [mode.set(changed)]),
    );
  // Everyone may go through the stages and leave a mark, so that the others have something to look at.
  m.action('Go', {each: range(ACTORS)}, (read, actor) =>
    read(stage(actor)) < STAGES - 1
      ? [next(stage(actor).set(read(stage(actor)) + 1), ...(read(stage(actor)) === 1 ? [all.add(actor)] : []))]
      : [],
  );
  actions.forEach(({guards, effects, who}, n) => {
    const actors = who < 0 ? range(ACTORS) : [who]; // who is one of a kind is looked up by itself
    m.action(`Do${n}`, {each: actors}, (read, actor) =>
      guards.every(each => holds(read, each, actor)) ? effects.map(each => outcome(each, actor)) : [],
    );
  });
  m.allowDeadlock();
};

const modelOf = (actions: readonly ActionSpec[]): Model =>
  model({name: 'contended', summary: 'Actions that look into one set.', build: m => declare(m, actions)});

test('explorer and referee agree where many read one set and change it', async t => {
  const sizes: number[] = [];
  const property = fc.asyncProperty(fc.array(action, {minLength: 1, maxLength: 6}), async actions => {
    const result = await agreed(modelOf(actions), {}, 1000);
    if (result !== null) sizes.push(result.distinct);
  });
  await t.notThrowsAsync(fc.assert(property, {numRuns: 400}));
  t.true(sizes.filter(size => size > 150).length > 50, `sizes: ${sizes.join(' ')}`);
});

/** Marks are put one by one, the last also by who closes all doors; through open ones, who sees his takes it. */
const marks = (isDerived: boolean) =>
  model({
    name: 'marks',
    summary: 'Marks that can be taken for a while.',
    build(m) {
      const clock = m.slot('clock', 0);
      const isPut = m.slots('isPut', range(3), false);
      const isTaken = m.slots('isTaken', range(3), false);
      const mode = m.slot('mode', 0);
      const all = m.set<number>('all');
      const isOpen = m.derive('isOpen', read => read(mode) === 0);
      m.action('Put', {each: range(3)}, (read, n) => (read(isPut(n)) ? [] : [next(isPut(n).set(true), all.add(n))]));
      m.action('Close', read => (read(mode) === 0 ? [next(mode.set(1), all.add(2))] : []));
      m.action('Tick', read => (read(clock) < 4 ? [next(clock.set(read(clock) + 1))] : []));
      m.action('Take', {each: range(3)}, (read, n) =>
        (isDerived ? read(isOpen) : read(mode) === 0) && read(all).includes(n) ? [next(isTaken(n).set(true))] : [],
      );
      m.allowDeadlock();
    },
  });

test('who changes by what an action is looked up, and what it looks for, may keep it from what it does', async t => {
  t.is((await agreed(marks(false)))?.verdict, 'holds');
  t.is((await agreed(marks(true)))?.verdict, 'holds');
});
