import {match} from 'ts-pattern';
import type {Config} from '../cluster/config.js';
import type {HostId} from '../cluster/ids.js';
import {abandoned} from '../fallback/module.js';
import {mapAll, type NonEmpty} from '../kernel/nonempty.js';
import {toEach} from '../kernel/orders.js';
import type {Outcome, Outcomes} from '../kernel/outcome.js';
import {difference} from '../kernel/sorted.js';
import type {RuleId} from '../rules.js';
import type {Effect, Timer} from './events.js';
import {next, type Trigger} from './role.js';
import {type Durable, enter, type In, type State} from './state.js';

/**
 * The only way to change role: along a row of the table, by these rules; what the table refuses changes nothing
 * (TM-06). The timers of the old role are stopped and those of the new one set, and whoever enters an election or wins
 * it says so.
 */
export const becoming = (
  config: Config,
  state: State,
  trigger: Trigger,
  durable: Durable,
  rules: NonEmpty<RuleId>,
): Outcome<State, Effect> => {
  const role = next(state.role, trigger);
  if (role === null) return {state, effects: [], rules: ['TM-06']};
  const after = enter[role](durable);
  const effects = role === 'down' ? [] : inTurn(stopping(config, state), beginning(config, after));
  return {state: after, effects, rules};
};

/** Every other host. */
export const others = ({self, hosts}: Config): readonly HostId[] => difference(hosts, [self]);

const hostTimer = (host: HostId): Timer => ({type: 'Host', host});

/** The timers that run in a role from its beginning on. An external elector has timers of its own. */
const timersOf = (config: Config, state: State): readonly Timer[] =>
  config.elector === 'external'
    ? []
    : match(state)
        .returnType<readonly Timer[]>()
        .with({role: 'electing'}, () => [{type: 'Election'}])
        .with({role: 'primary'}, () => [{type: 'Heartbeat'}, ...others(config).map(hostTimer)])
        .with({role: 'secondary'}, () => [{type: 'Silence'}])
        .with({role: 'isolated'}, () => [{type: 'Isolation'}])
        .with({role: 'down'}, () => [])
        .exhaustive();

const stopping = (config: Config, state: State): readonly Effect[] => [
  ...(state.role === 'primary' ? abandoned(config, state) : []),
  ...timersOf(config, state).map((timer): Effect => ({type: 'CancelTimer', timer})),
];

const beginning = (config: Config, state: State): readonly Effect[] => [
  ...(state.role === 'primary' ? claims(config, state) : []),
  ...(state.role === 'electing' ? candidacies(config, state) : []),
  ...timersOf(config, state).map((timer): Effect => ({type: 'SetTimer', timer})),
];

/** To every other host: I am the primary of this term. */
export const claims = (config: Config, {durable: {term}}: In<'primary'>): readonly Effect[] =>
  toEach(others(config), {type: 'Claim', term} as const);

/** To every other host: I stand for election. */
export const candidacies = (config: Config, {durable: {term}}: State): readonly Effect[] =>
  toEach(others(config), {type: 'Candidacy', term, datastores: config.datastores} as const);

/** One outcome after the other, as one step. */
export const andThen = (first: Outcome<State, Effect>, second: Outcomes<State, Effect>): Outcomes<State, Effect> =>
  mapAll(second, ({state, effects, rules}) => ({
    state,
    effects: inTurn(first.effects, effects),
    rules: [...first.rules, ...rules],
  }));

/** Of several orders about one timer only the last counts. */
const inTurn = (first: readonly Effect[], second: readonly Effect[]): readonly Effect[] => [
  ...first.filter(effect => !second.some(later => isSameTimer(effect, later))),
  ...second,
];

const isSameTimer = (a: Effect, b: Effect): boolean =>
  'timer' in a && 'timer' in b && JSON.stringify(a.timer) === JSON.stringify(b.timer);
