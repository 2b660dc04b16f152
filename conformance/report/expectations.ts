// What an implementer knows to be broken, in a file of his own. It is tried all the same, and has to be broken still.

import {parseDocument} from 'yaml';
import {z} from 'zod';
import {RULES, type RuleId} from '../../src/index.js';

const entry = z.strictObject({
  rule: z
    .string()
    .regex(/^[A-Z]{2}-(\d{2}|\*)$/)
    .meta({description: 'A rule, as FB-06, or all of a chapter, as FB-*.'}),
  verdict: z.literal('fail'),
  why: z.string().min(1),
  issue: z.url().optional(),
  until: z.iso.date().optional().meta({description: 'After this day the entry itself fails.'}),
});

export const expectationsShape = z
  .strictObject({expect: z.array(entry)})
  .meta({title: 'holdfast expectations', description: 'What is known to be broken. YAML, or JSON.'});

export type Expectation = z.infer<typeof entry> & {readonly covers: (rule: RuleId) => boolean};

export type Expectations =
  | {readonly type: 'Read'; readonly entries: readonly Expectation[]}
  | {readonly type: 'Refused'; readonly reason: string};

/** Reads the text of an expectations file. Refuses what is not one, and what is said twice. */
export const expectationsIn = (text: string): Expectations => {
  const document = parseDocument(text, {prettyErrors: true});
  const [error] = document.errors;
  if (error !== undefined) return {type: 'Refused', reason: error.message.split('\n')[0] ?? 'not YAML'};
  const read = expectationsShape.safeParse(document.toJS());
  if (!read.success) {
    const [issue] = read.error.issues;
    return {type: 'Refused', reason: `${issue?.path.join('.') || 'the whole'}: ${issue?.message}`};
  }
  const rules = read.data.expect.map(({rule}) => rule);
  const unknown = rules.find(rule => !Object.keys(RULES).some(known => isCovered(rule, known as RuleId)));
  if (unknown !== undefined) return {type: 'Refused', reason: `there is no rule ${unknown}`};
  const twice = rules.find((rule, index) => rules.indexOf(rule) < index);
  return twice === undefined
    ? {type: 'Read', entries: read.data.expect.map(each => ({...each, covers: rule => isCovered(each.rule, rule)}))}
    : {type: 'Refused', reason: `${twice} is expected twice`};
};

const isCovered = (pattern: string, rule: RuleId): boolean =>
  pattern.endsWith('*') ? rule.startsWith(pattern.slice(0, -1)) : rule === pattern;

/** The entries that say more than the day allows. `today` is a date as 2027-03-01. */
export const expired = (entries: readonly Expectation[], today: string): readonly Expectation[] =>
  entries.filter(({until}) => until !== undefined && until < today);
