// The report of a run as a stream: a JSON object on each line, written as soon as it is known. Everything else that is
// said of a run is made from it.

import {createHash} from 'node:crypto';
import {z} from 'zod';
import {OUTCOMES, type Outcome} from '../adapter/breakdown.js';
import {moduleName} from '../adapter/protocol.js';

export const FORMAT = 'holdfast-report/1';

const outcome = z.enum(Object.keys(OUTCOMES) as [Outcome, ...Outcome[]]);
const levelName = z.enum(['MUST', 'SHOULD', 'MAY']);
const ruleSteps = z.array(z.object({id: z.string(), steps: z.int().nonnegative()}));
const count = z.int().nonnegative();

const traced = z.object({
  stimulus: z.unknown(),
  effects: z.array(z.unknown()),
  told: z.object({stimulus: z.string(), effects: z.array(z.string())}),
  rules: z.array(z.string()),
});

const run = z
  .object({
    e: z.literal('run'),
    format: z.literal(FORMAT),
    suite: z.string(),
    module: moduleName,
    lane: z.string(),
    repairs: z.array(z.string()),
    seed: z.int(),
    rules: z.array(z.string()).meta({description: 'The rules that the subject is judged by.'}),
    plans: z.array(z.object({name: z.string(), fingerprint: z.string()})).meta({
      description: 'What is to be gone through, with a hash of all that it depends on.',
    }),
    isPartial: z.boolean().meta({description: 'Some plans of the lane were left out by whoever asked.'}),
    started: z.iso.datetime(),
  })
  .meta({description: 'The first line: what was asked for.'});

const hello = z
  .object({
    e: z.literal('hello'),
    implementation: z.record(z.string(), z.unknown()),
    subject: z.record(z.string(), z.unknown()),
  })
  .meta({description: 'Who is tried, and what it says of itself.'});

const doctor = z
  .object({
    e: z.literal('doctor'),
    check: z.string(),
    verdict: z.enum(['pass', 'fail']),
    reason: z.string().nullable().meta({description: 'What is wrong; of what has passed, a note or nothing.'}),
    outcome: outcome.nullable(),
  })
  .meta({description: 'Whether it can be tried at all.'});

const failure = z
  .object({
    e: z.literal('failure'),
    case: z.string(),
    plan: z.string(),
    config: z.record(z.string(), z.unknown()).meta({description: 'What the subject was told with `reset`.'}),
    choices: z.array(count),
    broken: z.array(z.object({rule: z.string(), level: levelName, because: z.string()})),
    trace: z.array(traced),
    allowed: z.array(
      z.object({
        effects: z.array(z.unknown()),
        told: z.array(z.string()),
        rules: z.array(z.object({id: z.string(), level: levelName})),
      }),
    ),
    standing: z.array(z.string()).meta({description: 'Where the specification stands before the last step.'}),
    differences: z.array(z.string()),
    settled: z
      .object({core: z.enum(['here', 'elsewhere']), steps: count, bound: count.nullable()})
      .nullable()
      .meta({description: 'How a core healed behind the choices; a bound where something did not come about.'}),
  })
  .meta({description: 'The shortest case found in which a rule is broken.'});

const story = z
  .object({
    e: z.literal('story'),
    id: z.string(),
    name: z.string(),
    moral: z.string(),
    of: z.string(),
    dependsOn: z.array(z.string()),
    verdict: z.enum(['pass', 'fail', 'unsupported', 'blocked', 'not-reached', 'inconclusive']),
    why: z.string().nullable(),
    rules: z.array(z.string()),
    steps: count,
    settled: z.object({steps: count, bound: count, outstanding: z.array(z.string())}).nullable(),
  })
  .meta({description: 'A story that was told; only `pass` is green.'});

const plan = z
  .object({
    e: z.literal('plan'),
    name: z.string(),
    isComplete: z.boolean(),
    steps: count,
    situations: count,
    pairs: count,
    rejected: count,
    rules: ruleSteps,
    supposed: ruleSteps.meta({description: 'The same for steps beyond one that nothing allows.'}),
    suspected: z.array(z.string()).meta({description: 'Rules that seem to be broken only beyond such a step.'}),
    seconds: z.number(),
  })
  .meta({description: 'A plan that has been gone through, or cut short.'});

const rule = z
  .object({
    e: z.literal('rule'),
    rule: z.string(),
    level: levelName,
    verdict: z.enum(['pass', 'fail', 'xfail', 'xpass', 'blocked', 'not-reached', 'inconclusive']),
    steps: count,
    supposed: count.meta({description: 'Steps that it allowed beyond one that nothing allows.'}),
    case: z.string().nullable(),
    why: z.string().nullable().meta({description: 'What the expectations file says of it.'}),
  })
  .meta({description: 'The verdict on a rule.'});

const end = z
  .object({
    e: z.literal('end'),
    verdict: z.enum(['pass', 'fail', 'error', 'inconclusive']),
    reason: z.string().nullable(),
    outcome: outcome.nullable(),
    exit: count,
    level: z.string().nullable(),
    expired: z.array(z.string()),
    trace: z.array(traced).meta({description: 'What led to an error; empty where there is none.'}),
    complaints: z.string().meta({description: 'The last of its standard error, where it broke down.'}),
    seconds: z.number(),
    digest: z.string().meta({description: 'SHA-256 of all lines before this one, without times.'}),
  })
  .meta({description: 'The last line. A stream without it was cut short.'});

export const line = z
  .discriminatedUnion('e', [run, hello, doctor, story, failure, plan, rule, end])
  .meta({id: 'line', title: 'holdfast-report/1 line'});

export type Line = z.infer<typeof line>;
export type LineOf<E extends Line['e']> = Extract<Line, {e: E}>;

/** Times are what two runs of the same subject may differ in. */
const TIMES: readonly string[] = ['started', 'seconds'];

const withoutTimes = (each: Line): string =>
  JSON.stringify(each, (key, value: unknown) => (TIMES.includes(key) ? undefined : value));

/** The hash over these lines. */
export const digestOf = (lines: readonly Line[]): string =>
  `sha256:${createHash('sha256').update(lines.map(withoutTimes).join('\n')).digest('hex')}`;

export type Stream =
  | {readonly type: 'Read'; readonly lines: readonly Line[]}
  | {readonly type: 'Refused'; readonly reason: string};

/** Reads a stream. A last line that was not written whole is left out. */
export const streamIn = (text: string): Stream => {
  const texts = text.split('\n');
  if (texts.pop() === undefined || texts.length === 0) return {type: 'Refused', reason: 'it holds no line'};
  const lines: Line[] = [];
  for (const [index, each] of texts.entries()) {
    const read = line.safeParse(parsed(each));
    if (!read.success) return {type: 'Refused', reason: `line ${index + 1} is none of ${FORMAT}`};
    lines.push(read.data);
  }
  return lines[0]?.e === 'run' ? {type: 'Read', lines} : {type: 'Refused', reason: 'it does not begin with a run'};
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};
