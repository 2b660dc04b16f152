import {readFileSync} from 'node:fs';
import test from 'ava';
import {CATALOGUE} from '../../../model/catalogue.js';
import {findingOn} from '../../../model/findings/ask.js';
import {casesOf} from '../../../model/findings/cases.js';
import {isRemoved, outcomeOf} from '../../../model/findings/finding.js';
import {HAZARDS} from '../../../model/findings/hazards.js';
import {answersFor, findingsFrom, including, nothingFound, textOfFindings} from '../../../model/findings/kept.js';
import {LARGER, largerFrom, missingIn, nothingLarge, withLarge} from '../../../model/findings/larger.js';
import {pageText} from '../../../model/findings/page.js';
import {smallestSets} from '../../../model/findings/smallest-sets.js';
import {findingsText, verdictOf} from '../../../model/findings/table.js';
import {check} from '../../../model/index.js';
import type {Result} from '../../../model/report/result.js';
import type {Repair} from '../../../src/index.js';

const explore = async (scene: string, choices: Readonly<Record<string, string>>): Promise<Result> => {
  const entry = CATALOGUE.find(({name}) => name === scene);
  if (entry === undefined) throw new Error(`there is no scene ${scene}`);
  return await check(await entry.load(), choices);
};

const hazard = (id: string) => {
  const found = HAZARDS.find(each => each.id === id);
  if (found === undefined) throw new Error(`there is no hazard ${id}`);
  return found;
};

/** Sets with which a made-up protocol holds. */
const holdingWith =
  (...enough: readonly (readonly Repair[])[]) =>
  async (set: readonly Repair[]): Promise<Result> => {
    const holds = enough.some(members => members.every(member => set.includes(member)));
    const result = await explore('die-hard', {});
    return {...result, verdict: holds ? 'holds' : 'violated'};
  };

const REPAIRS: readonly Repair[] = ['generations', 'request-ids', 'resend', 'terms'];
const NONE_INERT = {isInert: () => false};

test('the smallest sets are all of one size, and no smaller set is enough', async t => {
  const one = holdingWith(['terms'], ['generations', 'resend']);
  t.deepEqual((await smallestSets(REPAIRS, one, NONE_INERT)).repairs, [['terms']]);
  const two = holdingWith(['generations', 'resend'], ['resend', 'terms']);
  t.deepEqual((await smallestSets(REPAIRS, two, NONE_INERT)).repairs, [
    ['generations', 'resend'],
    ['resend', 'terms'],
  ]);
  t.deepEqual((await smallestSets(REPAIRS, holdingWith(REPAIRS), NONE_INERT)).repairs, [], 'four are not tried');
});

test('what is inert alone is not put together with others, and what was cut short is named', async t => {
  const {repairs} = await smallestSets(REPAIRS, holdingWith(['generations', 'resend']), {
    isInert: repair => repair === 'resend',
  });
  t.deepEqual(repairs, []);
  const cut = async (set: readonly Repair[]): Promise<Result> => ({
    ...(await holdingWith(['terms'])(set)),
    ...(set.includes('resend') ? {verdict: 'incomplete'} : {}),
  });
  t.deepEqual(await smallestSets(REPAIRS, cut, NONE_INERT), {repairs: [['terms']], undecided: [['resend']]});
});

test('a hazard that is real is found, with its shortest counterexample and the one repair that removes it', async t => {
  const finding = await findingOn(hazard('H6'), explore);
  t.is(outcomeOf(finding), 'real');
  t.true(isRemoved(finding));
  const [answer] = finding.answers;
  t.is(answer?.counterexample?.steps, 10);
  t.deepEqual(answer?.repairs, [['every-responder']]);
  t.deepEqual(answer?.needed, ['every-responder']);

  const kept = including(nothingFound('1.2.3'), finding);
  t.deepEqual(findingsFrom(textOfFindings(kept)), kept);
  t.true(answersFor(kept, hazard('H6')));
  t.false(answersFor(kept, {...hazard('H6'), questions: hazard('H1').questions}));
  t.is(verdictOf(kept, [hazard('H6')]), 'holds');
  t.is(verdictOf(kept, [hazard('H6'), hazard('H1')]), 'incomplete');
  t.regex(pageText(kept, HAZARDS), /## H6 .*[\s\S]*`every-responder`[\s\S]*sequenceDiagram/);
  t.regex(
    findingsText(kept, [hazard('H6')]),
    /answered: 1 hazard real[\s\S]*H6 +protect +ExhaustBeforeWaiting +10 steps/,
  );
});

test('a file that is none of findings is refused', t => {
  for (const text of ['', '{', '[]', 'null', '{"version": "1", "findings": [{}]}']) {
    t.throws(() => findingsFrom(text), {instanceOf: RangeError}, text);
  }
});

const read = (path: string): string => readFileSync(new URL(`../../../spec/${path}`, import.meta.url), 'utf8');
const onOneLine = (text: string): string => text.replaceAll(/\s+/g, ' ');
const kept = findingsFrom(read('findings.json'));
const larger = largerFrom(read('larger.json'));

test('what is kept answers what is asked today of every hazard, and the page tells just that', t => {
  t.true(HAZARDS.length > 20);
  t.deepEqual(
    HAZARDS.filter(each => !answersFor(kept, each)).map(({id}) => id),
    [],
  );
  t.is(verdictOf(kept, HAZARDS), 'holds');
  t.is(read('findings.md'), pageText(kept, HAZARDS, larger), 'run `npm run findings`');
});

test('each way to a failure ends with what has come of it in words, and nothing else does', t => {
  for (const {hazard: id, answers} of kept.findings) {
    for (const [index, {counterexample}] of answers.entries()) {
      t.is(hazard(id).questions[index]?.ends === undefined, counterexample === null, `${id}, question ${index + 1}`);
    }
  }
});

test('the README says how many hazards are real, as the page does', t => {
  const [sentence = 'no such sentence'] =
    /Of \d+ hazards .*? is free of \d+\./.exec(onOneLine(read('findings.md'))) ?? [];
  t.true(onOneLine(read('../README.md')).includes(sentence), sentence);
});

test('every larger size was explored to the end, one of them with more than 50 million states', t => {
  t.deepEqual(missingIn(larger), []);
  t.true(larger.runs.every(({verdict, complete}) => verdict === 'holds' && complete));
  t.true(larger.runs.some(({distinct}) => distinct > 50_000_000));
});

test('a record of larger sizes is gone on with in the order of the sizes, and a file that is none is refused', t => {
  const none = nothingLarge('1.2.3');
  t.deepEqual(missingIn(none), LARGER);
  const [first, ...others] = larger.runs;
  if (first === undefined) return t.fail('nothing is kept');
  const record = [...others, first].reduce(withLarge, none);
  t.deepEqual(record.runs, larger.runs);
  t.deepEqual(missingIn(withLarge(none, first)), LARGER.slice(1));
  for (const text of ['', '{', '[]', 'null', '{"version": "1", "runs": [{}]}']) {
    t.throws(() => largerFrom(text), {instanceOf: RangeError}, text);
  }
});

test('three hosts never have the namespace object on one side and the disk on the other; four are enough', t => {
  t.deepEqual(casesOf(3, 2), {hosts: 3, sides: 2, all: 9, delegated: 3, restartable: 9, parted: 0, refused: 0});
  const {all, delegated, restartable, parted, refused} = casesOf(4, 2);
  t.deepEqual(
    {all, delegated, restartable, parted, refused},
    {
      all: 448,
      delegated: 160,
      restartable: 352,
      parted: 96,
      refused: 48,
    },
  );
});

for (const id of ['H4', 'H7', 'H13', 'H18', 'H27']) {
  test(`a fresh look at ${id} finds what is kept`, async t => {
    const {seconds: _, ...fresh} = await findingOn(hazard(id), explore);
    const {seconds: __, ...before} = kept.findings.find(({hazard}) => hazard === id) ?? t.fail(`${id} is not kept`);
    t.deepEqual(fresh, before);
  });
}
