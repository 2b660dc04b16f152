// What a subject may take for something else than it is: had one value in what it was told, in its configuration or in
// what it knows been another, what it did would be allowed. The rules that make the difference are those that it broke:
// it passed over the one, and followed the other where its condition was not met.

import type {Repairs, RuleId} from '../../src/index.js';
import {at, canonical, isSame, type Path, replaced} from '../canonical.js';
import {type Broken, broken, type Situation} from './differing.js';
import {AS_IF, isDemand, type Moment} from './earlier.js';
import {type Alternative, alternatives, namesAfter} from './oracle.js';
import {rearranged} from './parts.js';
import {supposed} from './supposed.js';

/** Words that say what kind of thing it is that they stand in, and names by which it goes: there is no other one. */
const KINDS = ['type', 'role', 'phase', 'stage', 'power', 'kind', 'vm', 'object', 'self'];

/** The values that have stood under each key, by their text. */
type Seen = ReadonlyMap<string, ReadonlyMap<string, unknown>>;

type Variation = {readonly path: Path; readonly value: unknown};

/** All that decides a step. */
type Known<Config, State, Stimulus> = {readonly config: Config; readonly state: State; readonly stimulus: Stimulus};

/** Rules that were followed though they do not apply, and those that were passed over, as they come in the step. */
type Way = {readonly followed: readonly RuleId[]; readonly passed: readonly RuleId[]};

/** The rules by which one value makes the difference, where it takes the fewest; none where there is no such value. */
export const otherwise = <Config extends {readonly repairs: Repairs}, State, Stimulus, Effect>(
  situation: Situation<Config, State, Stimulus, Effect>,
  moments: readonly Moment<Config, State, Stimulus, Effect>[],
): readonly Broken[] => {
  const {config, step, found} = situation;
  const {state} = found.alternative.before;
  const actual: Known<Config, State, Stimulus> = {stimulus: step.stimulus, config, state};
  // Repairs are looked at apart: what depends on them is known.
  const varied = {...actual, config: {...config, repairs: null}};
  const seen = seenIn([actual, ...moments.map(({before}) => before)]);
  const ways = variations(varied, seen).flatMap(({path, value}) => {
    const way = allowing(situation, replaced(actual, path, value));
    const because = `${AS_IF} ${supposed(inWords(path.slice(1)), at(actual, path), value)}`;
    return way === null ? [] : [{...way, because}];
  });
  const sizes = ways.map(({followed, passed}) => followed.length + passed.length).filter(size => size > 0);
  const closest = ways.filter(({followed, passed}) => followed.length + passed.length === Math.min(...sizes));
  // All but the first of them only follow.
  return closest.flatMap(({followed, passed, because}) =>
    broken([...passed.slice(0, 1), ...followed.slice(0, 1)], because),
  );
};

/** How what was done would be allowed there; null where it would not be. */
const allowing = <Config extends {readonly repairs: Repairs}, State, Stimulus, Effect>(
  {specification, config: actual, step: {observed}, found}: Situation<Config, State, Stimulus, Effect>,
  {config, state, stimulus}: Known<Config, State, Stimulus>,
): Way | null => {
  const {before, outcome} = found.alternative;
  const from = {state, names: before.names};
  const isFitting = ({outcome: {effects}}: Alternative<State, Stimulus, Effect>): boolean =>
    namesAfter(specification, config, from, effects, observed) !== null;
  const way = attempted(() => alternatives(specification, config, [from], stimulus).find(isFitting));
  if (way === undefined) return null;
  const follow = specification.callingFor(actual, 'Persist');
  const only = (rules: readonly RuleId[], others: readonly RuleId[]): readonly RuleId[] =>
    rules.filter(rule => isDemand(rule) && !others.includes(rule) && !follow.includes(rule));
  return {followed: only(way.outcome.rules, outcome.rules), passed: only(outcome.rules, way.outcome.rules)};
};

/** Nothing where no module ever comes to: what is put together there need not fit together. */
const attempted = <T>(ask: () => T): T | undefined => {
  try {
    return ask();
  } catch {
    return undefined;
  }
};

/** A place by its last name, and what it is part of where that is one of several. */
const inWords = (path: Path): string =>
  path
    .filter(name => !isPlace(name))
    .slice(-2)
    .join('.');

const seenIn = (values: readonly unknown[]): Seen => {
  const seen = new Map<string, Map<string, unknown>>();
  JSON.stringify(values, (key, value) => {
    const known = seen.get(key) ?? new Map<string, unknown>();
    seen.set(key, known.set(canonical(value), value));
    return value;
  });
  return seen;
};

/** The same but for one value. */
const variations = (value: unknown, seen: Seen, key = '', path: Path = []): readonly Variation[] => {
  if (KINDS.includes(key)) return [];
  const others = [...(seen.get(key)?.values() ?? []), ...near(value), ...rearranged(value)];
  // An element of a list goes by no name, so nothing is known that could stand there.
  const here = isPlace(key) ? [] : others.filter(other => isLike(other, value) && !isSame(other, value));
  const within = isScalar(value) ? [] : Object.entries(value as object);
  return [
    ...here.map(other => ({path, value: other})),
    ...within.flatMap(([name, part]) => variations(part, seen, name, [...path, name])),
  ];
};

const near = (value: unknown): readonly unknown[] => {
  if (typeof value === 'boolean') return [!value];
  return typeof value === 'number' ? [Math.max(0, value - 1), value + 1] : [];
};

const isPlace = (key: string): boolean => /^\d*$/.test(key);

/** What consists of parts is varied part by part, so only nothing stands for all of it; lists are changed whole. */
const isLike = (one: unknown, other: unknown): boolean => {
  if (one === null || other === null) return true;
  return typeof one === typeof other && (isScalar(one) || (Array.isArray(one) && Array.isArray(other)));
};

const isScalar = (value: unknown): boolean => typeof value !== 'object' || value === null;
