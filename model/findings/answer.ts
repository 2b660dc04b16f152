// Answers a question about a hazard: is it real as claimed, is it gone as hardened, and which repairs alone remove it.

import {type Profile, REPAIRS, type Repair, RULES, type Rule, type RuleId} from '../../src/index.js';
import type {Result} from '../report/result.js';
import {mermaidText} from '../report/sequence/mermaid.js';
import {storyText} from '../report/trace.js';
import type {Answer, Counterexample, Verdict} from './finding.js';
import type {Question} from './hazard.js';
import {NOTHING_SEARCHED, smallestSets} from './smallest-sets.js';

/** Explores a scene with these options, completely or up to the first violation. */
export type Explore = (scene: string, choices: Readonly<Record<string, string>>) => Promise<Result>;

export const answer = async (question: Question, explore: Explore): Promise<Answer> => {
  const {scene, choices, property, given, lacking, without: never = [], among} = question;
  const ask = (
    profile: Profile,
    more: {readonly with?: readonly Repair[]; readonly without?: readonly Repair[]} = {},
  ) => {
    const taken = [...never, ...(more.without ?? [])];
    return explore(scene, {
      ...choices,
      only: property,
      profile,
      ...(more.with === undefined ? {} : {with: more.with.join(',')}),
      ...(more.without === undefined && never.length === 0 ? {} : {without: taken.join(',')}),
    });
  };
  const asClaimed = (set: readonly Repair[]) =>
    ask('claimed', {with: [...given, ...set], without: lacking.filter(repair => !set.includes(repair))});
  const claimed = await asClaimed([]);
  const hardened = await ask('hardened');
  const optional = (among ?? heeded(claimed, hardened)).filter(
    repair => !given.includes(repair) && !never.includes(repair),
  );
  const taken = await trials(optional, repair => ask('hardened', {without: [repair]}));
  const search =
    claimed.verdict === 'violated' && hardened.verdict === 'holds'
      ? await smallestSets(optional, asClaimed, {
          // A repair that changes nothing where it is put in or taken out alone is not put together with others.
          isInert: (repair, added) => isSame(added, claimed) && isSame(taken.get(repair), hardened),
        })
      : NOTHING_SEARCHED;
  return {
    ...question,
    claimed: verdictOf(claimed),
    counterexample: counterexampleOf(claimed),
    hardened: verdictOf(hardened),
    tried: optional,
    ...search,
    needed: hardened.verdict === 'holds' ? optional.filter(repair => taken.get(repair)?.verdict === 'violated') : [],
  };
};

/**
 * The repairs that a scene can heed: those on which some rule depends of a chapter that the scene is about. The
 * chapters are those whose rules fired. Whatever a repair changes cites a rule that says so, so that the others change
 * nothing.
 */
const heeded = (...results: readonly Result[]): readonly Repair[] => {
  const fired = results.flatMap(({coverage}) => coverage.rules.filter(({generated}) => generated > 0));
  const chapters = new Set(fired.map(({id}) => chapterOf(id)));
  const rules = (Object.entries(RULES) as [RuleId, Rule][]).filter(([id]) => chapters.has(chapterOf(id)));
  return REPAIRS.filter(repair =>
    rules.some(([, rule]) => rule.with.includes(repair) || rule.without.includes(repair)),
  );
};

const chapterOf = (id: string): string => id.replace(/-.*$/, '');

const verdictOf = ({verdict, complete, distinct, generated, depth}: Result): Verdict => ({
  verdict,
  complete,
  distinct,
  generated,
  depth,
});

const counterexampleOf = (result: Result): Counterexample | null => {
  const {violation} = result;
  if (violation === null) return null;
  const {property, trace} = violation;
  return {
    property,
    steps: trace.length - 1,
    rules: [...new Set(trace.flatMap(({rules}) => rules))],
    story: storyText(violation),
    diagram: mermaidText(result, violation),
  };
};

/** Did two explorations go the same way, state by state as far as counts can tell? */
const isSame = (a: Result | undefined, b: Result): boolean =>
  a !== undefined &&
  a.verdict === b.verdict &&
  a.distinct === b.distinct &&
  a.generated === b.generated &&
  a.depth === b.depth;

const trials = async (
  repairs: readonly Repair[],
  explore: (repair: Repair) => Promise<Result>,
): Promise<ReadonlyMap<Repair, Result>> => {
  const results = new Map<Repair, Result>();
  for (const repair of repairs) results.set(repair, await explore(repair));
  return results;
};
