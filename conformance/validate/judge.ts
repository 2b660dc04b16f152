// One module's log against its law, whatever kind of module it is.

import {textOf} from '../../model/report/value.js';
import type {Repairs, RuleId} from '../../src/index.js';
import {blamedAt} from '../oracle/blame.js';
import type {Explanation} from '../oracle/oracle.js';
import {alternatives, judged} from '../oracle/oracle.js';
import {allowedAt} from '../report/failure.js';
import {type Facts, Follow, type Network, type Underway} from './facts.js';
import {distinct, Follower, type Step} from './follower.js';
import {bridged, fittingEvents} from './hidden.js';
import type {Law} from './law.js';
import type {LogHead, LogStep} from './log.js';
import type {Violation} from './validation.js';

/** A step in its line. */
export type Lined = {readonly step: LogStep; readonly line: number};

/** What is known of a module's surroundings from outside its own log. */
export type Outside = {readonly messages: readonly Underway[]; readonly numbers: Facts['numbers']};

/** What a step is allowed by, and which changes of role it may be. */
export type Allowance = {readonly rules: readonly RuleId[]; readonly roles: readonly string[]};

export type Bridged =
  | {readonly type: 'Bridged'; readonly moves: readonly string[]; readonly ways: number}
  | {readonly type: 'Broken'; readonly isBound: boolean};

export type Told = Pick<Violation, 'trace' | 'broken' | 'allowed' | 'differences' | 'fitting'>;

export type Judge = {
  readonly network: Network;
  /** How many states explain what has been taken so far. */
  readonly states: () => number;
  /** What allows a step; null if nothing does. Nothing has moved yet. Throws where it is no event at all. */
  readonly look: (step: Lined) => Allowance | null;
  /** Goes one step on; it must be allowed. */
  readonly take: (step: Lined) => void;
  /** Takes note of a step that is not judged. */
  readonly pass: (step: Lined) => void;
  /** Assumes exactly so many steps before this one, if that explains it. */
  readonly bridge: (step: Lined, outside: Outside, depth: number) => Bridged;
  /** The same, and nothing is assumed. */
  readonly wouldBridge: (step: Lined, outside: Outside, depth: number) => Bridged;
  readonly isStart: (step: Lined) => boolean;
  /** It starts anew with this on its disk. */
  readonly restart: (durable: unknown) => void;
  /** Why nothing explains this step. */
  readonly tell: (step: Lined, outside: Outside) => Told;
};

/** How many events that would fit are named. */
const MOST_FITTING = 3;

export const judgeOf = <Config extends {readonly repairs: Repairs}, State, Stimulus, Effect>(
  law: Law<Config, State, Stimulus, Effect>,
  head: LogHead,
): Judge => {
  const config = head.config as Config;
  const {specification} = law;
  const follower = new Follower(law, config, head.durable ?? null);
  const follow = new Follow();

  const stepOf = ({step: {event, effects}, line}: Lined): Step<Stimulus> => ({
    stimulus: event as Stimulus,
    observed: effects,
    line,
  });

  const pass = ({step: {event, effects}}: Lined): void => follow.step(event, effects);

  const tried = (lined: Lined, {messages, numbers}: Outside, depth: number) =>
    bridged(follower, follow, known => known.facts(messages, numbers), stepOf(lined), depth);

  const told = (found: ReturnType<typeof tried>): Bridged =>
    found.type === 'Broken' ? found : {...found, moves: found.moves.map(specification.tellStimulus)};

  /** What is no event of the specification has no words there. */
  const wordsOf = (stimulus: Stimulus): string => {
    try {
      const told: unknown = specification.tellStimulus(stimulus);
      return typeof told === 'string' ? told : textOf(stimulus);
    } catch {
      return textOf(stimulus);
    }
  };

  const inPlace = ({stimulus, observed, line}: Step<Stimulus>, rules: readonly RuleId[]) => ({
    line,
    stimulus,
    effects: observed,
    told: {stimulus: wordsOf(stimulus), effects: observed.map(specification.tellEffect)},
    rules,
  });

  /** How a step differs from what is allowed; nothing where it is allowed, or is no event at all. */
  const differing = (before: Explanation<State>, step: Omit<Step<Stimulus>, 'line'>) => {
    const nothing = {broken: [], allowed: [], differences: []};
    const {stimulus, observed} = step;
    const options = optionsAt(before, stimulus);
    const isAllowed = () => judged(specification, config, before, stimulus, observed).type === 'Explained';
    if (options.length === 0 || isAllowed()) return nothing;
    return {
      broken: blamedAt(specification, config, before, step),
      ...allowedAt(specification, config, options, observed),
    };
  };

  /** An event that the types do not know makes the relation throw. */
  const optionsAt = (before: Explanation<State>, stimulus: Stimulus) => {
    try {
      return alternatives(specification, config, before, stimulus);
    } catch {
      return [];
    }
  };

  return {
    network: law.network,
    states: () => follower.explanation.length,
    look: lined => follower.look(stepOf(lined)),
    take: lined => {
      const step = stepOf(lined);
      const taken = follower.look(step);
      if (taken === null) throw new Error('a step that nothing allows was taken');
      follower.take(step, taken);
      pass(lined);
    },
    pass,
    bridge: (lined, outside, depth) => {
      const found = tried(lined, outside, depth);
      if (found.type === 'Bridged') follower.moveTo(found.explanation);
      return told(found);
    },
    wouldBridge: (lined, outside, depth) => told(tried(lined, outside, depth)),
    isStart: ({step: {event}}) => law.isStart(event as Stimulus),
    restart: durable => follower.moveTo(distinct(follower.begun(durable))),
    tell: (lined, {messages, numbers}) => {
      const step = stepOf(lined);
      const {stimulus} = step;
      const observed = specification.withoutNeedless(stimulus, step.observed);
      const before = follower.before(stimulus);
      const fitting = fittingEvents(follower, follow.facts(messages, numbers), step).slice(0, MOST_FITTING);
      return {
        trace: [...follower.recent.map(each => inPlace(each, each.rules)), inPlace(step, [])],
        ...differing(before, {stimulus, observed}),
        fitting: [...new Set(fitting.map(specification.tellStimulus))],
      };
    },
  };
};
