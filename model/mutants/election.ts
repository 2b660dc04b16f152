// Mutants of the election and of what hosts make of each other.

import {type Effect, type Event, type Message, outcomes, restart, type State, type Term} from '../../src/index.js';
import {doing, ignoring, keeping, type Mutants, mistaking} from './mutant.js';

/** What the scene calls. */
export const RELATIONS = {outcomes};

type Relations = typeof RELATIONS;
type Given = Parameters<typeof outcomes>;

const isAbout = (event: Event, ...types: readonly Message['type'][]): boolean =>
  event.type === 'Received' && types.includes(event.message.type);

/** It does not hear of something. */
const deafTo =
  (when: (event: Event, state: State) => boolean) =>
  ({outcomes}: Relations) => ({
    outcomes: ignoring(
      outcomes,
      (_config, state) => state,
      (_config, state, event) => when(event, state),
    ),
  });

/** It says something else. */
const saying =
  (change: (message: Message, state: State) => readonly Message[], when: (event: Event) => boolean = () => true) =>
  ({outcomes}: Relations) => ({
    outcomes: doing(outcomes, (effects, _config, state, event) =>
      effects.flatMap((effect): readonly Effect[] =>
        effect.type === 'Send' && when(event)
          ? change(effect.message, state).map(message => ({...effect, message}))
          : [effect],
      ),
    ),
  });

/** It does something else. */
const ordering =
  (change: (effect: Effect) => readonly Effect[]) =>
  ({outcomes}: Relations) => ({outcomes: doing(outcomes, effects => effects.flatMap(change))});

/** It takes what happens for something else. */
const seeing =
  (change: (event: Event, state: State) => Event) =>
  ({outcomes}: Relations) => ({
    outcomes: mistaking(outcomes, (config, state, event): Given => [config, state, change(event, state)]),
  });

/** It remembers something else. */
const remembering =
  (change: (after: State, before: State, event: Event) => State) =>
  ({outcomes}: Relations) => ({
    outcomes: keeping(outcomes, (after, _config, before, event) => change(after, before, event)),
  });

const inTerm = (state: State, term: number): State => ({...state, durable: {term: term as Term}});

const wins = (after: State, before: State): boolean => after.role === 'primary' && before.role !== 'primary';

/** It becomes primary in another term, and says so. */
const winning =
  (termOf: (before: State) => number) =>
  ({outcomes}: Relations) => ({
    outcomes: (...[config, before, event]: Given): ReturnType<typeof outcomes> => {
      const [{state, effects, rules}] = outcomes(config, before, event);
      if (!wins(state, before)) return [{state, effects, rules}];
      const term = termOf(before) as Term;
      const claims = effects.map(effect =>
        effect.type === 'Send' && effect.message.type === 'Claim'
          ? {...effect, message: {...effect.message, term}}
          : effect,
      );
      return [{state: inTerm(state, term), effects: claims, rules}];
    },
  });

const SMALL = {hosts: '3', cuts: '1'};

export const MUTANTS: Mutants<Relations> = {
  'claims-any-term': {
    does: 'claims the next term, whosever it is',
    fault: winning(({durable}) => durable.term + 1),
    trials: [SMALL, {...SMALL, only: 'OnePrimaryPerTerm'}],
  },
  'claims-a-term-again': {
    does: 'is primary again in the highest term it has seen',
    fault: winning(({durable}) => durable.term),
    trials: [SMALL],
  },
  'forgets-its-term': {
    does: 'forgets in a crash which terms it has seen',
    fault: remembering((after, _before, {type}) => (type === 'Restarted' ? restart({term: 0 as Term}) : after)),
    trials: [{hosts: '2', cuts: '0', crashes: '1'}],
  },
  'restarts-as-primary': {
    does: 'takes itself for the primary still when it restarts',
    fault: remembering((after, before, {type}) =>
      type === 'Restarted' ? {role: 'primary', durable: before.durable, fallbacks: [], silent: []} : after,
    ),
    trials: [{hosts: '2', cuts: '0', crashes: '1'}],
  },
  'ignores-terms': {
    does: 'obeys a primary of any term',
    fault: ({outcomes}) => ({
      outcomes: mistaking(
        outcomes,
        (config, state, event): Given => [{...config, repairs: {...config.repairs, terms: false}}, state, event],
      ),
    }),
    trials: [{hosts: '3', cuts: '1', commands: '1'}],
  },
  'never-abdicates': {
    does: 'stays primary when another claims a higher term',
    fault: deafTo((event, {role}) => role === 'primary' && isAbout(event, 'Claim', 'Superseded')),
    trials: [SMALL],
  },
  'follows-the-wrong-host': {
    does: 'takes whom it hears from for its primary, whatever is said',
    fault: remembering((after, before, event) =>
      before.role === 'secondary' && after === before && event.type === 'Received'
        ? {...before, following: event.from}
        : after,
    ),
    trials: [SMALL],
  },
  'loses-by-any-comparison': {
    does: 'thinks that everybody outranks it',
    fault: ({outcomes}) => ({
      outcomes: mistaking(
        outcomes,
        (config, state, event): Given => [
          config,
          state,
          event.type === 'Received' && event.message.type === 'Candidacy'
            ? {...event, message: {...event.message, datastores: config.datastores + 1}}
            : event,
        ],
      ),
    }),
    trials: [SMALL],
  },
  'wins-by-any-comparison': {
    does: 'thinks that it outranks everybody',
    fault: ({outcomes}) => ({
      outcomes: mistaking(
        outcomes,
        (config, state, event): Given => [
          config,
          state,
          event.type === 'Received' && event.message.type === 'Candidacy'
            ? {...event, message: {...event.message, datastores: config.datastores - 1}}
            : event,
        ],
      ),
    }),
    trials: [{...SMALL, only: 'HeedsCandidacies'}],
  },
  'never-beats': {
    does: 'sends no heartbeats as a primary',
    fault: saying(
      message => (message.type === 'Claim' ? [] : [message]),
      event => event.type === 'TimerFired' && event.timer.type === 'Heartbeat',
    ),
    trials: [{hosts: '2', cuts: '2'}],
  },
  'beats-without-its-term': {
    does: 'sends heartbeats that name no term',
    fault: saying(
      message => (message.type === 'Claim' ? [{...message, term: 0 as Term}] : [message]),
      event => event.type === 'TimerFired' && event.timer.type === 'Heartbeat',
    ),
    trials: [SMALL],
  },
  'beats-with-the-next-term': {
    does: 'sends heartbeats that name the term after its own',
    fault: saying(
      message => (message.type === 'Claim' ? [{...message, term: (message.term + 1) as Term}] : [message]),
      event => event.type === 'TimerFired' && event.timer.type === 'Heartbeat',
    ),
    trials: [SMALL],
  },
  'is-patient-for-ever': {
    does: 'waits for its primary for ever',
    fault: deafTo(event => event.type === 'TimerFired' && event.timer.type === 'Silence'),
    trials: [SMALL],
  },
  'never-ends-a-round': {
    does: 'never ends a round of the election',
    fault: deafTo(event => event.type === 'TimerFired' && event.timer.type === 'Election'),
    trials: [SMALL],
  },
  'is-never-isolated': {
    does: 'takes itself for well connected where it reaches nobody',
    fault: seeing(event => (event.type === 'IsolationChecked' ? {...event, reachable: true} : event)),
    trials: [{hosts: '2', cuts: '1', gateway: 'true'}],
  },
  'stays-isolated': {
    does: 'does not look whether it is still isolated',
    fault: deafTo((event, {role}) => role === 'isolated' && (event.type === 'TimerFired' || event.type === 'Received')),
    trials: [{hosts: '2', cuts: '2', gateway: 'true'}],
  },
  'never-answers-heartbeats': {
    does: 'does not say that it is alive',
    fault: saying(message => (message.type === 'Alive' ? [] : [message])),
    trials: [{hosts: '2', cuts: '2'}],
  },
  'never-asks-for-isolation': {
    does: 'does not ask whether it is itself that is cut off',
    fault: ordering(effect => (effect.type === 'CheckIsolation' ? [] : [effect])),
    trials: [{hosts: '2', cuts: '1', gateway: 'true'}],
  },
  'wins-without-asking': {
    does: 'becomes primary where it hears nobody, whether it is itself cut off or not',
    fault: ({outcomes}) => ({
      outcomes: mistaking(
        outcomes,
        (config, state, event): Given => [
          config,
          state.role === 'electing' && state.race === 'alone' ? {...state, race: 'leading'} : state,
          event,
        ],
      ),
    }),
    trials: [{hosts: '2', cuts: '1', gateway: 'true', only: 'AsksBeforeWinning'}],
  },
  'does-not-believe-a-ping': {
    does: 'takes a host that answers a ping, and is not heard, to have failed',
    fault: seeing(event => (event.type === 'Probed' ? {...event, ping: false} : event)),
    trials: [{hosts: '2', cuts: '1', crashes: '1', only: 'FailedAreSilent'}],
  },
  'does-not-persist': {
    does: 'does not write to its disk which term it has seen',
    fault: ordering(effect => (effect.type === 'Persist' ? [] : [effect])),
    trials: [{hosts: '2', cuts: '1', only: 'Persists'}],
  },
  'leaves-its-vms-on': {
    does: 'does not power its VMs off when it is isolated',
    fault: ordering(effect => (effect.type === 'PowerOffVms' ? [] : [effect])),
    trials: [{hosts: '2', cuts: '1', gateway: 'true', only: 'IsolationResponse'}],
  },
};
