import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import type {RuleId} from '../../src/index.js';

/** The sentence of a rule, as it stands in `spec/`; null where this installation has no such text. */
export const ruleText = (rule: RuleId): string | null => {
  sentences ??= readSentences();
  return sentences.get(rule) ?? null;
};

let sentences: ReadonlyMap<string, string> | null = null;

/** A rule is a heading with its id, then its sentences up to the first item of the list about it. */
const RULE = /^### (?<id>[A-Z]{2}-\d{2}) \(\w+\)\n(?<text>[\s\S]*?)\n(?=- |\n|$)/gm;

const readSentences = (): ReadonlyMap<string, string> => {
  const folder = specFolder(import.meta.dirname);
  if (folder === null) return new Map();
  const chapters = readdirSync(folder).filter(name => name.endsWith('.md'));
  const rules = chapters.flatMap(name => [...readFileSync(join(folder, name), 'utf8').matchAll(RULE)]);
  return new Map(rules.map(({groups}) => [groups?.['id'] ?? '', (groups?.['text'] ?? '').replaceAll('\n', ' ')]));
};

/** The nearest `spec` above: the sources and what is built from them lie at different depths of the package. */
const specFolder = (from: string): string | null => {
  const folder = join(from, 'spec');
  if (existsSync(join(folder, 'README.md'))) return folder;
  return dirname(from) === from ? null : specFolder(dirname(from));
};
