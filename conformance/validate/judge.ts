// One module's log against its law, whatever kind of module it is.

import {textOf} from '../../model/report/value.js';
import type {Repairs, RuleId} from '../../src/index.js';
import {blamedAt} from '../oracle/blame.js';
import {nearest} from '../oracle/nearest.js';
import type {Explanation} from '../oracle/oracle.js';
import {alternatives, judged} from '../oracle/oracle.js';
import {allowedAt} from '../report/failure.js';
import {since} from '../report/since.js';
import {type Facts, Follow, type Network, type Underway} from './facts.js';
import {Follower, type Recent, type Step} from './follower.js';
import {malformation} from './form.js';
import {bridged, fittingEvents} from './hidden.js';
import type {Law} from './law.js';
import type {LogHead, LogStep} from './log.js';
import type {Violation} from './validation.js';

/** A step in its line. `wrong`: why it is no event of the specification, if it is none. */
export type Lined = {readonly step: LogStep; readonly line: number; readonly wrong: string | null};

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
  /** What keeps a step from telling an event of the specification; null where nothing does. */
  readonly wrongIn: (step: LogStep) => string | null;
  /** The same of its effects. */
  readonly wrongInEffects: (step: LogStep) => string | null;
  /** What allows a step; null if nothing does. Nothing has moved yet. */
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

const NO_DIFFERENCE = {broken: [], allowed: [], differences: []};

/** How many events that would fit are named. */
const MOST_FITTING = 3;

export const judgeOf = <Config extends {readonly repairs: Repairs}, State, Stimulus, Effect>(
  law: Law<Config, State, Stimulus, Effect>,
  head: LogHead,
): Judge => {
  const config = head.config as Config;
  const {specification} = law;
  const {durable = null} = head;
  const wrong = durable === null ? null : wrongInDurable(law, durable);
  if (wrong !== null) throw new Error(wrong);
  const follower = new Follower(law, config, durable);
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

  const inPlace = (
    {stimulus, observed, line, rules, persisted}: Recent<Stimulus>,
    words: (stimulus: Stimulus) => string = specification.tellStimulus,
  ) => ({
    line,
    stimulus,
    effects: observed,
    told: {stimulus: words(stimulus), effects: observed.map(since(specification, persisted).tellEffect)},
    rules,
  });

  /** How a step differs from what is allowed; nothing where it is allowed. */
  const differing = (before: Explanation<State>, step: Omit<Step<Stimulus>, 'line'>) => {
    const {stimulus, observed} = step;
    if (judged(specification, config, before, stimulus, observed).type === 'Explained') return NO_DIFFERENCE;
    const telling = since(specification, follower.persisted);
    const options = alternatives(telling, config, before, stimulus);
    return {
      broken: blamedAt(telling, config, before, step),
      ...allowedAt(telling, config, options, nearest(telling, config, options, observed)),
    };
  };

  return {
    network: law.network,
    states: () => follower.explanation.length,
    wrongIn: ({event, durable}) =>
      malformation(law.forms.event, event) ?? (durable === undefined ? null : wrongInDurable(law, durable)),
    wrongInEffects: ({effects}) =>
      effects.map(effect => malformation(law.forms.effect, effect)).find(wrong => wrong !== null) ?? null,
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
    isStart: ({step: {event}}) => specification.isStart?.(event as Stimulus) === true,
    restart: durable => follower.restart(durable),
    tell: (lined, {messages, numbers}) => {
      const step = stepOf(lined);
      const {stimulus} = step;
      const fitting = fittingEvents(follower, follow.facts(messages, numbers), step).slice(0, MOST_FITTING);
      const recent = follower.recent.map(each => inPlace(each));
      const last = {...step, rules: [], persisted: follower.persisted};
      const told = {fitting: [...new Set(fitting.map(specification.tellStimulus))]};
      if (lined.wrong !== null) return {...NO_DIFFERENCE, ...told, trace: [...recent, inPlace(last, textOf)]};
      const observed = specification.withoutNeedless(stimulus, step.observed);
      return {
        ...differing(follower.before(stimulus), {stimulus, observed}),
        ...told,
        trace: [...recent, inPlace(last)],
      };
    },
  };
};

/** What a disk held is what was persisted. */
const wrongInDurable = <Config, State, Stimulus, Effect>(
  {forms}: Law<Config, State, Stimulus, Effect>,
  durable: unknown,
): string | null => malformation(forms.effect, {type: 'Persist', durable});
