import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {specFolder} from '../spec-folder.js';

/** The sentence of a rule, as it stands in `spec/`; null where this installation has no such text. */
export const ruleText = (rule: string): string | null => articles().get(rule)?.[0] ?? null;

/** The sentence, then each line about it: source, hazard, repair. Empty where this installation has no such text. */
export const ruleArticle = (rule: string): readonly string[] => articles().get(rule) ?? [];

let read: ReadonlyMap<string, readonly string[]> | null = null;

const articles = (): ReadonlyMap<string, readonly string[]> => {
  read ??= readArticles();
  return read;
};

/** A rule is a heading with its id, then its sentences, then the items of the list about it. */
const RULE =
  /^### (?<id>[A-Z]{2}-\d{2}) \(\w+\)\n(?<text>[\s\S]*?)\n(?=- |\n|$)(?<items>(?:- [\s\S]*?)?)(?=\n\n|\n?$(?![\s\S]))/gm;

const readArticles = (): ReadonlyMap<string, readonly string[]> => {
  const folder = specFolder();
  if (folder === null) return new Map();
  const chapters = readdirSync(folder).filter(name => name.endsWith('.md'));
  const rules = chapters.flatMap(name => [...readFileSync(join(folder, name), 'utf8').matchAll(RULE)]);
  const joined = (text: string): string => text.replace(/\s*\n\s*/g, ' ').trim();
  return new Map(
    rules.map(({groups: {id = '', text = '', items = ''} = {}}) => [
      id,
      [
        joined(text),
        ...items
          .split(/^- /m)
          .map(joined)
          .filter(item => item !== ''),
      ],
    ]),
  );
};
