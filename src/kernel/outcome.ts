import type {RuleId} from '../rules.js';
import {mapAll, type NonEmpty} from './nonempty.js';

/** One thing the specification allows: the next state, what to do, in order, and the rules that allow it. */
export type Outcome<State, Effect> = {
  readonly state: State;
  readonly effects: readonly Effect[];
  readonly rules: NonEmpty<RuleId>;
};

/** Every outcome the specification allows. Ignoring an event is an outcome too, so there is always one. */
export type Outcomes<State, Effect> = NonEmpty<Outcome<State, Effect>>;

/** The event changes nothing and asks for nothing. */
export const ignored = <State>(state: State, rule: RuleId): Outcomes<State, never> => [
  {state, effects: [], rules: [rule]},
];

/** The same outcomes, with each state put where it belongs in a larger one. */
export const within = <Part, Whole, Effect>(
  outcomes: Outcomes<Part, Effect>,
  place: (part: Part) => Whole,
): Outcomes<Whole, Effect> => mapAll(outcomes, ({state, effects, rules}) => ({state: place(state), effects, rules}));
