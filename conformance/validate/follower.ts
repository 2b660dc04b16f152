// Follows one module through its log: the specification states that explain the lines so far.

import type {RuleId} from '../../src/index.js';
import {canonical} from '../canonical.js';
import {NO_NAMES} from '../oracle/names.js';
import {type Explaining, type Explanation, judged} from '../oracle/oracle.js';
import {persistedBy} from '../report/since.js';
import type {Law} from './law.js';

/** A step as it stands in a log. */
export type Step<Stimulus> = {
  readonly stimulus: Stimulus;
  readonly observed: readonly unknown[];
  readonly line: number;
};

/** A step that was explained, the rules that allow it, and what was persisted before. */
export type Recent<Stimulus> = Step<Stimulus> & {readonly rules: readonly RuleId[]; readonly persisted: unknown};

/** An explanation, and what has already been found out about the steps from there. */
type Known<State> = {readonly explanation: Explanation<State>; readonly after: Map<string, Taken<State>>};

type Taken<State> = {
  readonly known: Known<State>;
  readonly rules: readonly RuleId[];
  readonly roles: readonly string[];
};

/**
 * How much is remembered, as the length of its text, before all of it is forgotten: most steps of a log are heartbeats
 * that change nothing, and what lies far behind seldom comes again.
 */
export const MOST_REMEMBERED = 2 ** 19;

/** How many of the last steps are shown before one that nothing explains. */
const MOST_RECENT = 8;

/** Ids beyond so many are forgotten where they mean nothing any more. */
const MOST_NAMES = 48;

export class Follower<Config, State, Stimulus, Effect> {
  readonly law: Law<Config, State, Stimulus, Effect>;
  readonly config: Config;
  #known: Known<State>;
  readonly #all = new Map<string, Known<State>>();
  #remembered = 0;
  /** The last steps that were explained, and the rules that allow each. */
  recent: readonly Recent<Stimulus>[] = [];
  /** What was persisted last, as far as it is known. */
  persisted: unknown;

  constructor(law: Law<Config, State, Stimulus, Effect>, config: Config, durable: unknown) {
    this.law = law;
    this.config = config;
    this.#known = this.#interned(this.begun(durable));
    this.persisted = durable;
  }

  get explanation(): Explanation<State> {
    return this.#known.explanation;
  }

  /** The length of all texts that stand for what is remembered. */
  get remembered(): number {
    return this.#remembered;
  }

  /** Every way in which the module may stand when it starts with this on its disk. */
  begun(durable: unknown): Explanation<State> {
    return this.law.begin(this.config, durable).map(state => ({state, names: NO_NAMES}));
  }

  /** Goes on from other states. */
  moveTo(explanation: Explanation<State>): void {
    this.#known = this.#interned(explanation);
  }

  /** It starts anew with this on its disk, wherever it stood. */
  restart(durable: unknown): void {
    this.moveTo(distinct(this.begun(durable)));
    this.persisted = durable;
  }

  /** The states after a step, and the rules that allow it; null where nothing does. Nothing has moved yet. */
  look({stimulus, observed}: Step<Stimulus>): Taken<State> | null {
    const text = JSON.stringify([stimulus, observed]);
    const found = this.#known.after.get(text);
    if (found !== undefined) return found;
    if (this.#remembered > MOST_REMEMBERED) this.#forget();
    const {law, config} = this;
    const {specification} = law;
    const from = this.before(stimulus);
    const heard = specification.withoutNeedless(stimulus, observed);
    const judgement = judged(specification, config, from, stimulus, heard);
    if (judgement.type === 'Unexplained') return null;
    const roles = rolesOf(law, from).flatMap(role => rolesOf(law, judgement.next).map(next => `${role} > ${next}`));
    const taken = {known: this.#interned(judgement.next), rules: judgement.rules, roles};
    this.#known.after.set(text, taken);
    this.#remembered += text.length;
    return taken;
  }

  take(step: Step<Stimulus>, {known, rules}: Taken<State>): void {
    this.#known = known;
    this.recent = [...this.recent.slice(1 - MOST_RECENT), {...step, rules, persisted: this.persisted}];
    this.persisted = persistedBy(step.observed, this.persisted);
  }

  /** Nobody lives to log an abrupt end, so whoever starts may have crashed before. */
  before(stimulus: Stimulus): Explanation<State> {
    const {law, config, explanation} = this;
    if (law.specification.isStart?.(stimulus) !== true) return explanation;
    const crashed = judged(law.specification, config, explanation, law.crashed, []);
    return crashed.type === 'Explained' ? distinct([...explanation, ...crashed.next]) : explanation;
  }

  /** Everything but where the module stands. */
  #forget(): void {
    this.#all.clear();
    this.#known = {explanation: this.explanation, after: new Map()};
    this.#remembered = 0;
  }

  #interned(explanation: Explanation<State>): Known<State> {
    const pruned = explanation.map(explaining => withoutOldNames(this.law, explaining));
    const key = canonical(pruned);
    const found = this.#all.get(key);
    if (found !== undefined) return found;
    const known = {explanation: pruned, after: new Map()};
    this.#all.set(key, known);
    this.#remembered += key.length;
    return known;
  }
}

const distinct = <State>(explanation: Explanation<State>): Explanation<State> => [
  ...new Map(explanation.map(explaining => [canonical(explaining), explaining])).values(),
];

const rolesOf = <Config, State, Stimulus, Effect>(
  {roleOf}: Law<Config, State, Stimulus, Effect>,
  explanation: Explanation<State>,
): readonly string[] => [...new Set(explanation.map(({state}) => roleOf(state)))];

/** Names would grow as long as the log does. */
const withoutOldNames = <Config, State, Stimulus, Effect>(
  {isCurrent}: Law<Config, State, Stimulus, Effect>,
  explaining: Explaining<State>,
): Explaining<State> => {
  const {state, names} = explaining;
  if (names.length <= MOST_NAMES) return explaining;
  const recent = names.length - MOST_NAMES / 2;
  return {state, names: names.filter(({space}, index) => index >= recent || isCurrent(state, space))};
};
