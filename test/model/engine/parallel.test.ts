import test from 'ava';
import fc from 'fast-check';
import {NOT_KEPT} from '../../../model/engine/checkpoint/keeper.js';
import {coverageOf} from '../../../model/engine/coverage.js';
import {Crew, crewFor} from '../../../model/engine/parallel/crew.js';
import type {ModelSource} from '../../../model/engine/parallel/messages.js';
import {recruited, type Thread} from '../../../model/engine/parallel/partner.js';
import {type Found, type HandOver, searchUntil} from '../../../model/engine/search.js';
import {systemOf} from '../../../model/engine/system.js';
import {twoPhaseCommit} from '../../../model/examples/two-phase-commit.js';
import {check, type Model, ModelError, model} from '../../../model/index.js';
import {forgetful} from './forgetful.js';
import {modelOf} from './random-model.js';
import {type Spec, smallSpec, wideSpec} from './random-spec.js';

type Together = {
  readonly model: Model;
  readonly choices?: Readonly<Record<string, unknown>>;
  readonly source: ModelSource;
  readonly workers: number;
  readonly depth?: number;
};

/** A search by several; `handOver` says from where on, once all are there. */
const together = async (
  {model: of, choices = {}, source, workers, ...bounds}: Together,
  handOver: (threads: readonly Thread[], limits: {readonly depth?: number}) => HandOver,
): Promise<Found> => {
  const system = systemOf(of, choices);
  const threads = recruited({workers, source}, choices);
  await Promise.all(threads.map(({loaded}) => loaded));
  try {
    return await searchUntil(system, bounds, {}, NOT_KEPT, handOver(threads, bounds));
  } finally {
    await Promise.all(threads.map(thread => thread.end()));
  }
};

const sourceOf = (file: string, name: string, argument: unknown): ModelSource => ({
  module: new URL(file, import.meta.url).href,
  export: name,
  argument,
});

/** What does not depend on who searched, nor in which order. */
const counted = (of: Model, choices: Readonly<Record<string, unknown>>, found: Found) => {
  const {actions, rules} = coverageOf(systemOf(of, choices), found.tallies);
  return {
    distinct: found.distinct,
    generated: found.generated,
    depth: found.depth,
    cut: found.cut,
    failures: [...new Set(found.failures.map(({kind, property}) => `${kind} ${property}`))].sort(),
    actions: actions.map(({generated}) => generated),
    rules,
  };
};

/** Searches a random model alone, and by several from the level `from` on. Answers how many levels these had. */
const agreed = async (t: {deepEqual: (a: unknown, b: unknown) => void}, spec: Spec, from: number, workers: number) => {
  const of = modelOf(spec);
  const system = systemOf(of, {});
  const alone = await searchUntil(system, {}, {}, NOT_KEPT, () => null).catch((error: Error) => error);
  if (alone instanceof Error) return 0;
  const searched = await together(
    {model: of, source: sourceOf('random-model.ts', 'modelOf', spec), workers},
    threads => standing => (standing.depth < from ? null : new Crew(system, {}, NOT_KEPT, threads, standing).run()),
  );
  t.deepEqual(counted(of, {}, searched), counted(of, {}, alone));
  return alone.depth - from + 1;
};

test('several who search together count what one counts, on random models', async t => {
  let levels = 0;
  const property = fc.asyncProperty(
    fc.oneof(smallSpec, wideSpec),
    fc.integer({min: 1, max: 4}),
    fc.constantFrom(2, 3, 4),
    async (spec, from, workers) => {
      levels += Math.max(0, await agreed(t, spec, from, workers));
    },
  );
  await fc.assert(property, {numRuns: 15, seed: 11});
  t.true(levels > 25, `only ${levels} levels were shared`);
});

const TWO_PHASE_COMMIT = sourceOf('../../../model/examples/two-phase-commit.ts', 'twoPhaseCommit', undefined);

for (const workers of [2, 4]) {
  test(`${workers} workers grow tables and widen slots in the midst of a level, and count what TLC counts`, async t => {
    const rms = {rms: 7};
    const system = systemOf(twoPhaseCommit, rms);
    let calls = 0;
    const found = await together(
      {model: twoPhaseCommit as Model, choices: rms, source: TWO_PHASE_COMMIT, workers},
      threads => standing => (calls++ < 4 ? null : crewFor(system, {}, NOT_KEPT, threads, standing)),
    );
    const {distinct, generated, depth, failures} = found;
    t.deepEqual(
      {distinct, generated, depth, failures},
      {distinct: 296448, generated: 2744706, depth: 23, failures: []},
    );
    t.is(found.tallies.length, workers, 'the search was handed over');
  });
}

test('a bound on the depth stops several where it stops one', async t => {
  const rms = {rms: 5};
  const system = systemOf(twoPhaseCommit, rms);
  for (const depth of [4, 9]) {
    const alone = await searchUntil(system, {depth}, {}, NOT_KEPT, () => null);
    const found = await together(
      {model: twoPhaseCommit as Model, choices: rms, source: TWO_PHASE_COMMIT, workers: 2, depth},
      (threads, limits) => standing =>
        standing.depth < 3 ? null : new Crew(system, limits, NOT_KEPT, threads, standing).run(),
    );
    t.is(found.cut, `stopped at depth ${depth}`);
    t.deepEqual(counted(twoPhaseCommit as Model, rms, found), counted(twoPhaseCommit as Model, rms, alone));
  }
});

test('what a model remembers outside the state is found out, whichever thread it told otherwise', async t => {
  const of = forgetful();
  const system = systemOf(of, {});
  const searching = together(
    {model: of, source: sourceOf('forgetful.ts', 'forgetful', undefined), workers: 2},
    threads => standing => (standing.depth < 3 ? null : new Crew(system, {}, NOT_KEPT, threads, standing).run()),
  );
  await t.throwsAsync(searching, {instanceOf: ModelError, message: /in Up: it answered differently when asked again/});
});

test('a model that no thread can load is blamed when its help is wanted', async t => {
  const source = sourceOf('nowhere.ts', 'default', undefined);
  const [thread] = recruited({workers: 2, source}, {});
  await thread?.loaded;
  t.true(thread?.isLoaded);
  await t.throwsAsync(thread!.ask({type: 'Tell'}, 'Told'), {instanceOf: ModelError, message: /nowhere/});
  await thread?.end();
});

test('several workers need to be told where the model is', async t => {
  const of = model({name: 'sample', summary: 'a sample', build: m => void m.slot('x', 0)});
  await t.throwsAsync(check(of, {}, {workers: 2}), {message: /need to be told where the model is/});
  await t.throwsAsync(check(of, {}, {workers: 0}), {message: /whole number from 1/});
});
