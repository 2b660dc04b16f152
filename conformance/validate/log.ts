// The log of a running module: one JSON object on a line, a head and then a line for each step. The JSON Schema in
// conformance/schemas comes from here.

import {z} from 'zod';
import {LONGEST_LINE} from '../adapter/protocol.js';

export const LOG_FORMAT = 'holdfast-log/1';

/** The kinds of modules whose logs can be judged. */
export const LOGGED = ['ha', 'storage', 'host'] as const;

const data = z.record(z.string(), z.unknown());
const host = z.string().min(1);
const logged = z.enum(LOGGED).meta({
  description: "Whose log it is: a host's HA module, its storage module, or the host that is composed of both.",
});

const head = z
  .object({
    log: z.literal(LOG_FORMAT),
    host,
    module: logged,
    config: data.meta({description: 'The configuration, as in the specification.'}),
    durable: data
      .optional()
      .meta({description: 'What the disk held at the first step; absent if it never ran before.'}),
  })
  .meta({description: 'Comes before the steps of its module. It may come again, as it does where files are joined.'});

const step = z
  .object({
    host,
    module: logged.optional().meta({description: 'Needed only where one file holds several modules of a host.'}),
    seq: z
      .int()
      .positive()
      .meta({description: 'Numbers the steps of a module from 1, without a gap: a gap is a lost line.'}),
    event: data.meta({description: 'What has happened, as in the specification.'}),
    effects: z.array(z.unknown()).meta({description: 'What the module has ordered then, in order.'}),
    durable: data.optional().meta({description: 'At a Restarted: what the disk held. Helps where lines are missing.'}),
  })
  .meta({description: 'One step. Whatever else stands in it, as the time of day, is not looked at.'});

/** A line of a log. */
export const logLine = z.union([head, step]).meta({
  id: 'log-line',
  title: `${LOG_FORMAT} line`,
  description: 'A line of a log, as `holdfast conform validate` reads it.',
});

export type Logged = (typeof LOGGED)[number];
export type LogHead = z.infer<typeof head>;
export type LogStep = z.infer<typeof step>;

export type LogLine =
  | {readonly type: 'Head'; readonly head: LogHead}
  | {readonly type: 'Step'; readonly step: LogStep}
  | {readonly type: 'Malformed'; readonly reason: string};

/** What a line says. Total: any text at all is a line of some kind. */
export const logLineIn = (text: string): LogLine => {
  if (text.length > LONGEST_LINE) return {type: 'Malformed', reason: `it is longer than ${LONGEST_LINE} bytes`};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return {type: 'Malformed', reason: `it is not JSON${hintFor(text)}`};
  }
  if (isPlainStep(value)) return {type: 'Step', step: value};
  const isHead = typeof value === 'object' && value !== null && 'log' in value;
  const read = isHead ? head.safeParse(value, {error: inWords}) : step.safeParse(value, {error: inWords});
  if (!read.success) return {type: 'Malformed', reason: `it is no line of ${LOG_FORMAT}: ${told(read.error)}`};
  return 'log' in read.data ? {type: 'Head', head: read.data} : {type: 'Step', step: read.data};
};

/** What may be wrong with a text that cannot be understood, as the end of a sentence; nothing where nothing shows. */
export const hintFor = (text: string): string => {
  if (text.startsWith('\u001f\uFFFD')) return ': the file is compressed; unpack it first';
  return /[\0\uFFFD]/.test(text) ? ': the file is no UTF-8 text' : '';
};

/** Most lines are of this form, which is quicker to see than by the schema. */
const isPlainStep = (value: unknown): value is LogStep => {
  if (typeof value !== 'object' || value === null || 'log' in value || 'module' in value || 'durable' in value) {
    return false;
  }
  const {host, seq, event, effects} = value as Partial<Record<keyof LogStep, unknown>>;
  return (
    typeof host === 'string' &&
    host !== '' &&
    Number.isSafeInteger(seq) &&
    (seq as number) > 0 &&
    typeof event === 'object' &&
    event !== null &&
    !Array.isArray(event) &&
    Array.isArray(effects)
  );
};

const inWords = ({input}: {readonly input?: unknown}): string | undefined =>
  input === undefined ? 'it is missing' : undefined;

const told = ({issues}: z.ZodError): string => {
  const [first] = issues;
  return first === undefined ? 'unknown' : `${first.path.join('.') || 'the line'}: ${first.message}`;
};
