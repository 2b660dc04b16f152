import type {ExecutionContext} from 'ava';
import {type Builder, type Model, model, type Result} from '../../../model/index.js';
import {agreed} from './agreement.js';

/** A model of a few lines. */
export const sample = (build: (m: Builder) => void): Model => model({name: 'sample', summary: 'A small model.', build});

type Counts = readonly [distinct: number, generated: number, depth: number];

/** Explorer and referee agree on the model, and both on these counts, worked out by hand; nothing is violated. */
export const holds = async (
  t: ExecutionContext,
  build: (m: Builder) => void,
  counts: Counts,
): Promise<Result | null> => {
  const result = await agreed(sample(build));
  t.deepEqual([result?.verdict, result?.distinct, result?.generated, result?.depth], ['holds', ...counts]);
  return result;
};

/** As `holds`, for a model that fails: this property, shown by a counterexample of so many states. */
export const violates = async (
  t: ExecutionContext,
  build: (m: Builder) => void,
  [property, states]: readonly [property: string, states: number],
  counts: Counts,
): Promise<Result | null> => {
  const result = await agreed(sample(build));
  const {violation} = result ?? {};
  t.deepEqual([result?.verdict, violation?.property, violation?.trace.length], ['violated', property, states]);
  t.deepEqual([result?.distinct, result?.generated, result?.depth], [...counts]);
  return result;
};
