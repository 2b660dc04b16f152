// Heartbeats both ways, and what a primary makes of a host that it does not hear.

import {match} from 'ts-pattern';
import type {Config} from '../cluster/config.js';
import type {HostId} from '../cluster/ids.js';
import {andThen, becoming, claims, others} from '../ha/become.js';
import type {Effect} from '../ha/events.js';
import type {In, State} from '../ha/state.js';
import {ignored, type Outcome, type Outcomes} from '../kernel/outcome.js';
import type {LivenessEvent, LivenessTimer} from './events.js';
import {classify, type SilentHost} from './host-state.js';

type Decision = Outcome<State, Effect>;
type Decisions = Outcomes<State, Effect>;

/** The claim of the primary of this host's own term, which is also its heartbeat. */
export const onClaim = (config: Config, state: State, from: HostId): Decisions => {
  if (config.elector === 'external' || !others(config).includes(from)) return ignored(state, 'TM-08');
  return match(state)
    .with({role: 'secondary'}, (secondary): Decisions => [followed(secondary, from)])
    .with({role: 'electing'}, {role: 'isolated'}, (): Decisions => {
      const entered = becoming(config, state, 'followed', state.durable, ['EL-17']);
      return entered.state.role === 'secondary' ? andThen(entered, [followed(entered.state, from)]) : [entered];
    })
    .with({role: 'primary'}, {role: 'down'}, () => ignored(state, 'TM-08'))
    .exhaustive();
};

const followed = (state: In<'secondary'>, from: HostId): Decision => ({
  state: state.following === from ? state : {...state, following: from},
  effects: [
    {type: 'SetTimer', timer: {type: 'Silence'}},
    {type: 'Send', to: from, message: {type: 'Alive', term: state.durable.term}},
  ],
  rules: ['LV-02'],
});

/** A secondary's heartbeat. */
export const onAlive = (config: Config, state: State, from: HostId): Decisions =>
  config.elector === 'external' || state.role !== 'primary' || !others(config).includes(from)
    ? ignored(state, 'LV-09')
    : [
        {
          state: state.silent.some(({host}) => host === from)
            ? {...state, silent: state.silent.filter(({host}) => host !== from)}
            : state,
          effects: [{type: 'SetTimer', timer: {type: 'Host', host: from}}],
          rules: ['LV-03'],
        },
      ];

export const onLivenessTimer = (config: Config, state: State, timer: LivenessTimer): Decisions =>
  config.elector === 'external' || state.role !== 'primary'
    ? ignored(state, 'LV-09')
    : match(timer)
        .with({type: 'Heartbeat'}, (): Decisions => [beating(config, state)])
        .with(
          {type: 'Host'},
          ({host}): Decisions => (others(config).includes(host) ? [missing(state, host)] : ignored(state, 'LV-09')),
        )
        .exhaustive();

/** A primary that hears nobody at all asks whether it is the one that is cut off. */
const beating = (config: Config, state: In<'primary'>): Decision => {
  const beat: readonly Effect[] = [...claims(config, state), {type: 'SetTimer', timer: {type: 'Heartbeat'}}];
  return state.silent.length >= others(config).length
    ? {state, effects: [...beat, {type: 'CheckIsolation'}], rules: ['LV-01', 'LV-10']}
    : {state, effects: beat, rules: ['LV-01']};
};

/** The host has not been heard for a while: have a look at it, and again after some time. */
const missing = (state: In<'primary'>, host: HostId): Decision => ({
  state: state.silent.some(silent => silent.host === host) ? state : marked(state, {host, state: 'unreachable'}),
  effects: [
    {type: 'Probe', host},
    {type: 'SetTimer', timer: {type: 'Host', host}},
  ],
  rules: ['LV-04'],
});

/** The look at a host has shown something; if it has been heard by now, that no longer matters. */
export const onProbed = (config: Config, state: State, {host, ping, heartbeat}: LivenessEvent): Decisions => {
  if (config.elector === 'external' || state.role !== 'primary') return ignored(state, 'LV-09');
  const known = state.silent.find(silent => silent.host === host);
  if (known === undefined) return ignored(state, 'LV-09');
  const {state: found, rule} = classify({ping, heartbeat});
  return [{state: known.state === found ? state : marked(state, {host, state: found}), effects: [], rules: [rule]}];
};

const marked = (state: In<'primary'>, silent: SilentHost): In<'primary'> => ({
  ...state,
  silent: [...state.silent.filter(({host}) => host !== silent.host), silent].sort((a, b) => (a.host < b.host ? -1 : 1)),
});
