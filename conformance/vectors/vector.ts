// Test vectors: the specification as data, for whoever has a runner already. The JSON Schema comes from here.

import {z} from 'zod';
import {moduleName} from '../adapter/protocol.js';

export const VECTOR_FORMAT = 'holdfast-vector/1';

const answer = z
  .object({
    effects: z.array(z.unknown()).meta({description: 'What the module orders. "$n", "?n" and "*" stand for ids.'}),
    order: z.array(z.tuple([z.int(), z.int()])).meta({
      description: 'Pairs of places in `effects`: the first must come before the second. No other order matters.',
    }),
    rules: z.array(z.string()).meta({description: 'The rules that allow it.'}),
  })
  .meta({description: 'One answer that is allowed.'});

const step = z.object({
  event: z
    .record(z.string(), z.unknown())
    .meta({description: 'What happens; "$n" is to be replaced by what n stands for.'}),
  allow: z.array(answer).min(1).meta({description: 'Every answer that is allowed.'}),
  follow: z
    .int()
    .nonnegative()
    .meta({description: 'The answer after which the vector goes on. Another one ends it: pass.'}),
  optional: z.array(z.unknown()).meta({description: 'Effects that may be there or not: they change nothing.'}),
});

/** A line of a file of vectors. */
export const vector = z
  .object({
    format: z.literal(VECTOR_FORMAT),
    id: z
      .string()
      .regex(/^V-[0-9a-f]{8}$/)
      .meta({description: 'Of what is put to a module, and of what follows.'}),
    module: moduleName,
    plan: z.string(),
    config: z.record(z.string(), z.unknown()),
    steps: z.array(step).min(1),
  })
  .meta({id: 'vector', title: VECTOR_FORMAT, description: 'One test, to be begun with a new module.'});

/** One test as data. */
export type Vector = z.infer<typeof vector>;

export type VectorStep = z.infer<typeof step>;
export type VectorAnswer = z.infer<typeof answer>;
