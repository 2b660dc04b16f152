// The specification's text and the library's code, held together by the ids of the rules.

import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import {isApplicable, PROFILES, profile, REPAIRS, RULES, type RuleId} from '../../src/index.js';

const root = join(import.meta.dirname, '../..');
const textsIn = (folder: string, ending: string): readonly string[] =>
  readdirSync(join(root, folder), {recursive: true, encoding: 'utf8'})
    .filter(path => path.endsWith(ending))
    .map(path => readFileSync(join(root, folder, path), 'utf8'));

const chapters = textsIn('spec', '.md');
const sources = textsIn('src', '.ts').filter(text => !text.includes('satisfies Readonly<Record<'));

/** A rule as the specification writes it: its heading, its sentence and its lines. */
const written = chapters.flatMap(chapter =>
  chapter
    .replace(/```[\s\S]*?```/g, '')
    .split(/^(?=#{1,3} )/m)
    .flatMap(section => {
      const heading = /^### ([A-Z]{2}-\d\d) \((MUST|SHOULD|MAY)\)\n/.exec(section);
      const [, id = '', level = ''] = heading ?? [];
      return heading === null ? [] : [{id, level, body: section.slice(heading[0].length)}];
    }),
);

/** The text behind a label, in one line, or null. */
const lineOf = (body: string, label: string): string | null =>
  new RegExp(`^- ${label}: (.*)$`, 'm').exec(body.replace(/\n(?=[^-\n])/g, ' '))?.[1] ?? null;

/** What a rule's `Repair:` line says: `with a, b; without c`. */
const repairsIn = (body: string) => {
  const parts = (lineOf(body, 'Repair') ?? '').split(';').map(part => part.trim());
  const named = (word: string) =>
    parts.flatMap(part => (part.startsWith(`${word} `) ? part.slice(word.length + 1).split(/, */) : []));
  return {with: named('with'), without: named('without')};
};

const repairsNamedIn = (body: string): readonly string[] => [...repairsIn(body).with, ...repairsIn(body).without];

test('the specification and the catalogue have the same rules, each written once', t => {
  t.deepEqual(written.map(({id}) => id).sort(), Object.keys(RULES).sort());
});

test('the specification and the catalogue agree on level and repairs', t => {
  const catalogue = Object.fromEntries(
    Object.entries(RULES).map(([id, {level, with: needs, without}]) => [id, {level, with: needs, without}]),
  );
  t.deepEqual(Object.fromEntries(written.map(({id, level, body}) => [id, {level, ...repairsIn(body)}])), catalogue);
});

test('every rule has a sentence, a source and a hazard', t => {
  const incomplete = written.filter(
    ({body}) =>
      !/^\w[\s\S]*?\.\n- /.test(body) ||
      !lineOf(body, 'Source')?.endsWith('.') ||
      !lineOf(body, 'Hazard')?.endsWith('.'),
  );
  t.deepEqual(
    incomplete.map(({id}) => id),
    [],
  );
});

test('every rule of the catalogue is cited by the code that keeps it', t => {
  const uncited = Object.keys(RULES).filter(id => !sources.some(text => text.includes(`'${id}'`)));
  t.deepEqual(uncited, []);
});

test('no text speaks of a rule that does not exist', t => {
  const named = [...chapters, ...sources].flatMap(text => text.match(/\b[A-Z]{2}-\d\d\b/g) ?? []);
  t.deepEqual(
    [...new Set(named)].filter(id => !(id in RULES)),
    [],
  );
});

/** The ids in a text, with `FB-19 to FB-22` taken as a range. */
const idsIn = (text: string): readonly string[] =>
  [...text.matchAll(/([A-Z]{2})-(\d\d)(?: to [A-Z]{2}-(\d\d))?/g)].flatMap(([, prefix, from, to = from]) =>
    Array.from(
      {length: Number(to) - Number(from) + 1},
      (_, i) => `${prefix}-${String(Number(from) + i).padStart(2, '0')}`,
    ),
  );

test('every repair has its row among the profiles, and the row names every rule that depends on it', t => {
  const rows = (chapters.find(text => text.startsWith('# Profiles')) ?? '').match(/^\| `[a-z-]+` \|.*$/gm) ?? [];
  t.deepEqual(
    Object.fromEntries(rows.map(row => [row.split('`')[1], [...idsIn(row)].sort()])),
    Object.fromEntries(
      REPAIRS.map(repair => [
        repair,
        written
          .filter(({body}) => repairsNamedIn(body).includes(repair))
          .map(({id}) => id)
          .sort(),
      ]),
    ),
  );
});

test('a rule without conditions applies in every profile, and a repaired one where its repair is on', t => {
  t.true(isApplicable('FB-01', profile('claimed')));
  t.false(isApplicable('ST-03', profile('claimed')));
  t.true(isApplicable('ST-03', profile('hardened')));
  t.false(isApplicable('FB-12', profile('hardened')));
  t.true(isApplicable('FB-12', profile('hardened', {minus: ['namespace-query']})));
});

test('each repair decides whether some rule applies, so that its switch is one', t => {
  const applicable = (minus: readonly (typeof REPAIRS)[number][]) =>
    (Object.keys(RULES) as RuleId[]).filter(id => isApplicable(id, profile('hardened', {minus})));
  t.deepEqual(
    PROFILES.hardened.filter(repair => JSON.stringify(applicable([repair])) === JSON.stringify(applicable([]))),
    [],
  );
});
