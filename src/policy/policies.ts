import type {NonEmpty} from '../kernel/nonempty.js';
import type {Outcome, Outcomes} from '../kernel/outcome.js';
import type {RuleId} from '../rules.js';

/**
 * Picks one of the outcomes that the specification allows, and so makes a function of a relation. What a policy may
 * choose from is the configuration's: with the subset rule `any` whom to ask next is the policy's choice, with any
 * other it is hardly one.
 */
export type Policy = <State, Effect>(outcomes: Outcomes<State, Effect>) => Outcome<State, Effect>;

/** Asks everyone whom the subset rule allows at once, and commands the first that says yes. */
export const eager: Policy = ([first]) => first;

/** Asks everyone whom the subset rule allows at once, but hears them all before it commands the first that said yes. */
export const careful: Policy = outcomes => outcomes.find(({rules}) => rules.includes('FB-15')) ?? outcomes[0];

/**
 * Asks as few as possible at a time, hears everyone whom it asked, and commands the last that said yes. As storage, it
 * loses every answer but that to a SET which is repeated: somebody who goes on asking is answered (ST-05).
 */
export const patient: Policy = outcomes =>
  outcomes.find(({rules}) => rules.includes('ST-04') && !rules.includes('ST-05')) ?? preferring('FB-15')(outcomes);

/** Takes the last outcome that cites this rule, or else the last of all. */
export const preferring =
  (rule: RuleId): Policy =>
  outcomes =>
    last(outcomes.filter(({rules}) => rules.includes(rule))) ?? last(outcomes) ?? outcomes[0];

const last = <T>(values: readonly T[]): T | undefined => values.at(-1);

/** The relation under a policy: one outcome for each state and event. */
export const step =
  <Config, State, Event, Effect>(
    outcomes: (config: Config, state: State, event: Event) => NonEmpty<Outcome<State, Effect>>,
    policy: Policy,
  ) =>
  (config: Config, state: State, event: Event): Outcome<State, Effect> =>
    policy(outcomes(config, state, event));
