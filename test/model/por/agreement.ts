import assert from 'node:assert/strict';
import type {Read, System} from '../../../model/define/system.js';
import {type Plan, planFor} from '../../../model/engine/por/plan.js';
import {search, stateAt} from '../../../model/engine/search.js';
import {systemOf} from '../../../model/engine/system.js';
import {check, type Model} from '../../../model/index.js';
import {type State, stepsFrom} from '../referee.js';
import {type Claim, type Look, type Processes, processes, type Sight} from './random-processes.js';

/** What a search found: states by their texts, and the rules that fired. */
type Found = {readonly states: ReadonlyMap<string, State>; readonly rules: readonly string[]};

const searched = async (system: System, plan: Plan | null, most: number): Promise<Found | null> => {
  const {expander, distinct, cut, tallies} = await search(system, {states: most}, {recording: true, plan});
  if (cut !== null) return null;
  const states = Array.from({length: distinct}, (_, number): State => {
    const ids = stateAt(expander, number);
    return system.slots.map((_, slot) => expander.vector.sortOf[slot]!.values[ids[slot]!]);
  });
  return {
    states: new Map(states.map(state => [JSON.stringify(state), state])),
    rules: tallies.flatMap(({rules}) => rules.flatMap(([id, count]) => (count > 0 ? [id] : []))).sort(),
  };
};

type Kept = (system: System, state: State) => boolean;

const isDeadlock: Kept = (system, state) => stepsFrom(system, state).length === 0;

/** Would no fair action change anything? */
const isQuiescent: Kept = (system, state) =>
  !stepsFrom(system, state).some(({fair, after}) => fair && JSON.stringify(after) !== JSON.stringify(state));

const textsOf = (system: System, {states}: Found, isKept: Kept): readonly string[] =>
  [...states].flatMap(([text, state]) => (isKept(system, state) ? [text] : [])).sort();

const planOf = (system: System): Plan => {
  const plan = planFor(system, {});
  assert.ok(typeof plan !== 'string', `it could not be planned: ${plan}`);
  return plan;
};

/** How many states a search finds without and with the reduction. */
export type Counts = {readonly full: number; readonly reduced: number};

/**
 * Compares what a full and a reduced search find: every deadlock, every outcome that anything offers, no state that
 * is not reachable; every quiescent state where they are spoken of; and a failure that one reachable state or step
 * shows, picked by `choice`. Null beyond `most` states.
 */
export const agreed = async (
  spec: Processes,
  choice: number,
  looks: readonly Look[],
  most: number,
): Promise<Counts | null> => {
  const plain = systemOf(processes(spec, {type: 'Nothing'}), {});
  const full = await searched(plain, null, most);
  if (full === null) return null;
  const reduced = await searched(plain, planOf(plain), 2 * most);
  assert.ok(reduced !== null && [...reduced.states.keys()].every(text => full.states.has(text)), 'no other states');
  assert.deepEqual(textsOf(plain, reduced, isDeadlock), textsOf(plain, full, isDeadlock), 'every deadlock');
  assert.deepEqual(reduced.rules, full.rules, 'every outcome');

  const still = systemOf(processes(spec, {type: 'Quiescence'}), {});
  const awake = await searched(still, planOf(still), 2 * most);
  assert.ok(awake !== null);
  assert.deepEqual(textsOf(still, awake, isQuiescent), textsOf(still, full, isQuiescent), 'every quiescent state');

  for (const kind of ['invariant', 'step'] as const) {
    const claim = claimOf(plain, full, kind, choice, looks);
    if (claim !== null) await assertFound(processes(spec, claim), claim);
  }
  return {full: full.states.size, reduced: reduced.states.size};
};

/** That what is so in some reachable state, or on some step from one, is never so; null where nothing moves there. */
const claimOf = (
  system: System,
  {states}: Found,
  kind: 'invariant' | 'step',
  choice: number,
  looks: readonly Look[],
): (Claim & {readonly type: 'Never'}) | null => {
  const before = [...states.values()][choice % states.size]!;
  const steps = stepsFrom(system, before).filter(({after}) => JSON.stringify(after) !== JSON.stringify(before));
  const after = kind === 'invariant' ? before : steps[choice % Math.max(1, steps.length)]?.after;
  if (after === undefined) return null;
  const of = system.slots.findIndex((_, slot) => JSON.stringify(before[slot]) !== JSON.stringify(after[slot]));
  return {type: 'Never', kind, when: looks.map(look => sightOf(system, before, after, look)), of: Math.max(0, of)};
};

/** What is to be seen there: in a slot that is no inbox, or in a derived value. */
const sightOf = ({slots, derived}: System, before: State, after: State, {at, isAfter}: Look): Sight => {
  const state = isAfter ? after : before;
  const read: Read = ({index}) => (index >= 0 ? state[index] : derived[-index - 1]?.value(read)) as never;
  const seen = [
    ...slots.flatMap(({name, isInbox}, index) => (isInbox ? [] : [{name, index}])),
    ...derived.flatMap(({name}, n) => (name.startsWith('load') ? [] : [{name, index: -n - 1}])),
  ];
  const of = seen[at % seen.length]!;
  return {of, is: JSON.stringify(read(of)), isAfter};
};

const assertFound = async (model: Model, {kind}: Claim & {readonly type: 'Never'}): Promise<void> => {
  const [whole, reduced] = [await check(model), await check(model, {}, {reduce: 'partial-order'})];
  assert.equal(whole.verdict, 'violated', 'the full search finds what is there');
  assert.equal(reduced.verdict, 'violated', `the reduced search finds it, of kind ${kind}`);
  assert.equal(reduced.violation?.kind, kind);
};
