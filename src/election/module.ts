// The election among the HA modules, and what a host does that hears nobody. Nobody asks for a majority: each side of a
// split HA network is to have a primary.

import {match} from 'ts-pattern';
import type {Config} from '../cluster/config.js';
import type {HostId} from '../cluster/ids.js';
import {becoming, candidacies, others} from '../ha/become.js';
import type {Effect} from '../ha/events.js';
import type {In, State} from '../ha/state.js';
import type {NonEmpty} from '../kernel/nonempty.js';
import {ignored, type Outcome, type Outcomes} from '../kernel/outcome.js';
import type {RuleId} from '../rules.js';
import {type Candidate, nextOwnTerm, outranks} from './candidate.js';
import type {ElectionEvent, ElectionTimer} from './events.js';
import type {ElectionMessage} from './messages.js';
import type {Race} from './race.js';

type Decision = Outcome<State, Effect>;
type Decisions = Outcomes<State, Effect>;

/** Somebody stands for election. */
export const onCandidacy = (
  config: Config,
  state: State,
  host: HostId,
  {term, datastores}: ElectionMessage,
): Decisions => {
  if (config.elector === 'external' || !others(config).includes(host)) return ignored(state, 'EL-18');
  const candidate = {host, datastores};
  return match(state)
    .with({role: 'electing'}, (electing): Decisions => [compare(config, electing, candidate)])
    .with(
      {role: 'primary'},
      ({durable}): Decisions => [
        {state, effects: [{type: 'Send', to: host, message: {type: 'Claim', term: durable.term}}], rules: ['EL-05']},
      ],
    )
    .with({role: 'secondary'}, ({following, durable}) =>
      following === null || (following === host && term >= durable.term)
        ? join(config, state, candidate, 'EL-07')
        : ignored(state, 'EL-06'),
    )
    .with({role: 'isolated'}, () => join(config, state, candidate, 'EL-16'))
    .with({role: 'down'}, () => ignored(state, 'TM-11'))
    .exhaustive();
};

/** Whoever is outranked is told so, and need not wait to hear it by chance. */
const compare = (config: Config, electing: In<'electing'>, candidate: Candidate): Decision => {
  const race = afterHearing(config, electing.race, candidate);
  const state = race === electing.race ? electing : {...electing, race};
  const {datastores} = config;
  const {term} = electing.durable;
  return isOutranked(config, candidate)
    ? {state, effects: [], rules: ['EL-02', 'EL-03']}
    : {
        state,
        effects: [{type: 'Send', to: candidate.host, message: {type: 'Candidacy', term, datastores}}],
        rules: ['EL-02', 'EL-04'],
      };
};

/** Enters the election that somebody else has begun. */
const join = (config: Config, state: State, candidate: Candidate, rule: 'EL-07' | 'EL-16'): Decisions => {
  const entered = becoming(config, state, 'called', state.durable, [rule]);
  return entered.state.role !== 'electing'
    ? [entered]
    : [{...entered, state: {...entered.state, race: afterHearing(config, entered.state.race, candidate)}}];
};

const isOutranked = ({self, datastores}: Config, candidate: Candidate): boolean =>
  outranks(candidate, {host: self, datastores});

const afterHearing = (config: Config, race: Race, candidate: Candidate): Race =>
  race === 'beaten' || isOutranked(config, candidate) ? 'beaten' : 'leading';

export const onElectionTimer = (config: Config, state: State, timer: ElectionTimer): Decisions => {
  if (config.elector === 'external') return ignored(state, 'EL-18');
  return match(timer)
    .with({type: 'Election'}, () => (state.role === 'electing' ? onRoundOver(config, state) : ignored(state, 'EL-18')))
    .with(
      {type: 'Silence'},
      (): Decisions =>
        state.role === 'secondary'
          ? [becoming(config, state, 'silenced', state.durable, ['EL-01'])]
          : ignored(state, 'EL-18'),
    )
    .with(
      {type: 'Isolation'},
      (): Decisions => (state.role === 'isolated' ? [lookingAgain(config, state)] : ignored(state, 'EL-18')),
    )
    .exhaustive();
};

const onRoundOver = (config: Config, state: In<'electing'>): Decisions =>
  match(state.race)
    .with('beaten', (): Decisions => [becoming(config, state, 'silenced', state.durable, ['EL-08'])])
    .with('leading', (): Decisions => [winning(config, state, ['EL-09'])])
    .with('alone', (): Decisions => [checking(state)])
    .exhaustive();

const winning = (config: Config, state: State, rules: NonEmpty<RuleId>): Decision =>
  becoming(config, state, 'elected', {term: nextOwnTerm(config, state.durable.term)}, rules);

/** Asks whether it is the others that are gone, or this host; and lets some time pass. */
const checking = (state: In<'electing'>): Decision => ({
  state,
  effects: [{type: 'CheckIsolation'}, {type: 'SetTimer', timer: {type: 'Election'}}],
  rules: ['EL-10'],
});

/** There may be others that are cut off from the isolation address and not from this host. */
const lookingAgain = (config: Config, state: In<'isolated'>): Decision => ({
  state,
  effects: [...candidacies(config, state), {type: 'CheckIsolation'}, {type: 'SetTimer', timer: {type: 'Isolation'}}],
  rules: ['EL-13'],
});

export const onIsolationChecked = (config: Config, state: State, {reachable}: ElectionEvent): Decisions => {
  if (config.elector === 'external') return ignored(state, 'EL-18');
  return match(state)
    .with(
      {role: 'electing', race: 'alone'},
      (): Decisions => [
        reachable
          ? winning(config, state, ['EL-11', 'EL-09'])
          : becoming(config, state, 'cutOff', state.durable, ['EL-12']),
      ],
    )
    .with(
      {role: 'primary'},
      ({silent}): Decisions =>
        !reachable && silent.length >= others(config).length
          ? [becoming(config, state, 'cutOff', state.durable, ['LV-11'])]
          : ignored(state, 'EL-18'),
    )
    .with(
      {role: 'isolated'},
      (isolated): Decisions =>
        reachable
          ? [becoming(config, isolated, 'rejoined', isolated.durable, ['EL-14'])]
          : [responding(config, isolated)],
    )
    .with({role: 'electing'}, {role: 'secondary'}, {role: 'down'}, () => ignored(state, 'EL-18'))
    .exhaustive();
};

/** The isolation response, once. */
const responding = ({isolationResponse}: Config, state: In<'isolated'>): Decision =>
  isolationResponse === 'power-off' && !state.responded
    ? {state: {...state, responded: true}, effects: [{type: 'PowerOffVms'}], rules: ['EL-15']}
    : {state, effects: [], rules: ['EL-18']};
