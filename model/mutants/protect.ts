// Mutants of SET, CLEAR and the fallback.
import {type Effect, type Event, round} from '../../src/index.js';
import {doing, keeping, type Mutants, mistaking} from './mutant.js';
import {MUTANTS as PLATFORM} from './platform.js';
import {
  deafTo,
  favouring,
  type Given,
  isAbout,
  lacking,
  misremembering,
  NOWHERE,
  type Relations,
  saying,
  seeing,
  without,
} from './protect-faults.js';

export {RELATIONS} from './protect-faults.js';

export const MUTANTS: Mutants<Relations> = {
  'one-replica-is-a-quorum': {
    does: 'commits where a replica is alone',
    fault: ({setOutcomes}) => ({
      setOutcomes: mistaking(setOutcomes, (config, register, reachable, request) => [
        {...config, layout: favouring(config.layout, register.current, reachable, 2)},
        register,
        reachable,
        request,
      ]),
    }),
    trials: [{hosts: '3', views: '1', toggles: '1'}],
  },
  'half-is-a-quorum': {
    does: 'accepts exactly half of the votes',
    fault: ({setOutcomes}) => ({
      setOutcomes: mistaking(setOutcomes, (config, register, reachable, request) => {
        const doubled = config.layout.components.map(each => ({...each, votes: 2 * each.votes}));
        const layout = favouring({...config.layout, components: doubled}, register.current, reachable, 1);
        return [{...config, layout}, register, reachable, request];
      }),
    }),
    trials: [{hosts: '3', views: '2', toggles: '1'}],
    harmless: 'The votes of an object are odd in number, which the configuration is checked for: there is no half.',
  },
  'stale-components-vote': {
    does: 'lets components vote that have missed a SET',
    fault: ({setOutcomes}) => ({
      setOutcomes: mistaking(setOutcomes, (config, register, reachable, request) => [
        config,
        {...register, current: config.layout.components.map(({host}) => host).sort()},
        reachable,
        request,
      ]),
    }),
    trials: [{hosts: '3', views: '2', toggles: '2'}],
  },
  'forgets-generations': {
    does: 'commits whatever comes, older or not',
    fault: ({setOutcomes}) => ({
      setOutcomes: mistaking(setOutcomes, (config, ...rest) => [lacking(config, 'generations'), ...rest]),
    }),
    trials: [
      {hosts: '3', views: '1', toggles: '2', handovers: '1', 'lost-replies': '1'},
      {hosts: '3', views: '2', toggles: '2', 'early-timeouts': '1', only: 'NoResurrection'},
    ],
  },
  'writes-without-a-generation': {
    does: 'writes the state and not its generation',
    fault: ({setOutcomes}) => ({
      setOutcomes: keeping(setOutcomes, (after, _config, before) => ({...after, generation: before.generation})),
    }),
    trials: [{hosts: '3', views: '1', toggles: '2'}],
  },
  'writes-again': {
    does: 'counts one up with every SET that is carried out',
    fault: ({setOutcomes}) => ({
      setOutcomes: (config, register, reachable, request) => {
        const {generation} = register;
        const next = {...request, generation: (generation + 1) as typeof generation};
        return setOutcomes(config, register, reachable, next);
      },
    }),
    trials: [{hosts: '3', views: '1', toggles: '1', only: 'IdempotentSet'}],
  },
  'reports-at-once': {
    does: 'reports what it was asked for before it is done',
    fault: without('completion-report', ({type}) => type === 'Request'),
    trials: [{hosts: '3', views: '1', toggles: '1'}],
  },
  'never-reports': {
    does: 'does not say when it is done',
    fault: ({outcomes}) => ({
      outcomes: doing(outcomes, effects => effects.filter(({type}) => type !== 'Report')),
    }),
    trials: [
      {hosts: '3', views: '0', toggles: '1'},
      {hosts: '3', views: '0', toggles: '1', only: 'HealConverges'},
    ],
  },
  'takes-a-failure-for-success': {
    does: 'takes the failure of its own SET for success',
    fault: seeing(event =>
      event.type === 'StorageReplied' && event.result === 'failed' ? {...event, result: 'ok'} : event,
    ),
    trials: [{hosts: '3', views: '1', toggles: '1'}],
  },
  'takes-success-for-failure': {
    does: 'takes what other hosts have done for their failure',
    fault: seeing(event =>
      event.type === 'Received' && event.message.type === 'SetResult' && event.message.result === 'ok'
        ? {...event, message: {...event.message, result: 'failed'}}
        : event,
    ),
    trials: [{hosts: '3', views: '1', toggles: '1'}],
  },
  'takes-a-refusal-for-success': {
    does: 'takes a failed command for a success',
    fault: seeing(event =>
      event.type === 'Received' && event.message.type === 'SetResult' && event.message.result === 'failed'
        ? {...event, message: {...event.message, result: 'ok'}}
        : event,
    ),
    trials: [{hosts: '4', views: '2', toggles: '1'}],
  },
  'ignores-terms': {
    does: 'obeys a primary of any term',
    fault: without('terms'),
    trials: [{hosts: '3', views: '1', toggles: '1', handovers: '1'}],
  },
  'skips-a-second-look': {
    does: 'begins to wait without a second look at what its own host can access',
    fault: seeing(event =>
      event.type === 'StorageReplied' || event.type === 'TimerFired' || isAbout(event, 'AccessAnswer', 'SetResult')
        ? ({...event, accessible: NOWHERE} as Event)
        : event,
    ),
    trials: [{hosts: '3', views: '2', toggles: '1', crashes: '2'}],
  },
  'registers-without-a-look': {
    does: 'does not answer a registration for what is accessible already',
    fault: seeing(event => (isAbout(event, 'WaitRegister') ? ({...event, accessible: NOWHERE} as Event) : event)),
    trials: [
      {hosts: '3', views: '2', toggles: '1'},
      {hosts: '3', views: '2', toggles: '1', only: 'NoLostWakeup'},
    ],
  },
  'drops-registrations': {
    does: 'does not keep a registration',
    fault: deafTo(event => isAbout(event, 'WaitRegister')),
    trials: [{hosts: '3', views: '2', toggles: '1'}],
  },
  'never-notifies': {
    does: 'tells nobody that a VM has become accessible',
    fault: saying(message => (message.type === 'BecameAccessible' ? [] : [message])),
    trials: [{hosts: '3', views: '2', toggles: '1'}],
  },
  'forgets-whom-it-asked': {
    does: 'asks hosts again that have answered in this round',
    fault: misremembering(
      event => isAbout(event, 'AccessAnswer'),
      known => ('asked' in known ? {...known, asked: known.awaited} : known),
    ),
    trials: [
      {hosts: '3', views: '1', toggles: '1', only: 'AsksOnce'},
      {hosts: '3', views: '1', toggles: '1', subsets: 'one', only: 'FallbackEnds'},
    ],
  },
  'goes-on-without-the-others': {
    does: 'takes the first answer of a round for the last',
    fault: misremembering(
      event => isAbout(event, 'AccessAnswer'),
      (known, _config, from) => ('awaited' in known ? {...known, awaited: from === null ? [] : [from]} : known),
    ),
    trials: [{hosts: '3', views: '1', toggles: '1', only: 'HearsAll'}],
  },
  'asks-only-some': {
    does: 'takes everybody for asked as soon as one has answered',
    fault: misremembering(
      event => isAbout(event, 'AccessAnswer'),
      (known, {self, hosts}) => ('asked' in known ? {...known, asked: hosts.filter(host => host !== self)} : known),
    ),
    trials: [{hosts: '4', views: '1', toggles: '1', subsets: 'one'}],
  },
  'commands-whoever-answers': {
    does: 'commands a host that said no',
    fault: seeing(event =>
      event.type === 'Received' && event.message.type === 'AccessAnswer'
        ? {...event, message: {...event.message, accessible: true}}
        : event,
    ),
    trials: [{hosts: '3', views: '1', toggles: '1'}],
  },
  'commands-everybody': {
    does: 'sends its command to all hosts',
    fault: ({outcomes}) => ({
      outcomes: doing(outcomes, (effects, {self, hosts}) =>
        effects.flatMap((effect): readonly Effect[] =>
          effect.type === 'Send' && effect.message.type === 'SetCommand'
            ? hosts.filter(to => to !== self).map(to => ({...effect, to}))
            : [effect],
        ),
      ),
    }),
    trials: [{hosts: '4', views: '1', toggles: '1'}],
  },
  'commands-the-opposite': {
    does: 'commands the opposite of what it was asked for',
    fault: saying(message =>
      message.type === 'SetCommand'
        ? [{...message, value: message.value === 'protected' ? 'unprotected' : 'protected'}]
        : [message],
    ),
    trials: [{hosts: '3', views: '1', toggles: '2'}],
  },
  'heeds-whoever-answers': {
    does: 'takes the result of a host that it has given up for that of the one it has commanded since',
    fault: ({outcomes}) => ({
      outcomes: mistaking(outcomes, (config, state, event): Given => {
        if (event.type !== 'Received' || event.message.type !== 'SetResult') return [config, state, event];
        const {vm} = event.message;
        const known = state.role === 'primary' ? state.fallbacks.find(fallback => fallback.vm === vm) : undefined;
        return [config, state, known?.phase === 'commanding' ? {...event, from: known.commanded} : event];
      }),
    }),
    trials: [{hosts: '4', views: '1', toggles: '1', 'early-timeouts': '1'}],
  },
  'does-not-count-rounds': {
    does: 'gives every round of one request the same number',
    fault: ({outcomes}) => ({
      outcomes: keeping(outcomes, after =>
        after.role === 'primary'
          ? {...after, fallbacks: after.fallbacks.map(known => ({...known, round: round(0)}))}
          : after,
      ),
    }),
    trials: [{hosts: '3', views: '2', toggles: '1', only: 'RoundsRise'}],
  },
  'tries-one-responder': {
    does: 'does not try the others who said yes when a command has failed',
    fault: without('every-responder', event => isAbout(event, 'SetResult')),
    trials: [{hosts: '4', views: '2', toggles: '1'}],
  },
  'answers-the-opposite': {
    does: 'says yes where it cannot access a VM, and no where it can',
    fault: saying(message =>
      message.type === 'AccessAnswer' ? [{...message, accessible: !message.accessible}] : [message],
    ),
    trials: [{hosts: '3', views: '1', toggles: '1'}],
  },
  'never-answers': {
    does: 'does not answer the question whether it can access a VM',
    fault: saying(message => (message.type === 'AccessAnswer' ? [] : [message])),
    trials: [{hosts: '3', views: '1', toggles: '1'}],
  },
  'sleeps-through-its-timers': {
    does: 'does nothing when a timer fires',
    fault: deafTo(({type}) => type === 'TimerFired'),
    trials: [
      {hosts: '3', views: '1', toggles: '1', losses: '1'},
      {hosts: '3', views: '1', toggles: '1', losses: '1', only: 'FallbackTerminates'},
    ],
  },
  'answers-both-ways': {
    does: 'says both yes and no',
    fault: saying(message =>
      message.type === 'AccessAnswer' ? [message, {...message, accessible: !message.accessible}] : [message],
    ),
    trials: [{hosts: '3', views: '1', toggles: '1', only: 'BoundedChannels'}],
  },
  'awaits-who-has-answered': {
    does: 'goes on waiting for an answer that it has had',
    fault: misremembering(
      event => isAbout(event, 'AccessAnswer'),
      known =>
        'awaited' in known ? {...known, awaited: [...new Set([...known.awaited, ...known.positive])].sort()} : known,
    ),
    trials: [{hosts: '3', views: '1', toggles: '1', only: 'TypeOK'}],
  },
  'confuses-rounds': {
    does: 'takes an answer to an earlier round for one to this round',
    fault: without('request-ids', event => isAbout(event, 'AccessAnswer', 'SetResult', 'BecameAccessible')),
    trials: [{hosts: '3', views: '2', toggles: '2'}],
  },
  'starts-again-for-nothing': {
    does: 'begins another round when it has waited for a moment',
    fault: ({outcomes}) => ({
      outcomes: mistaking(
        outcomes,
        (config, state, event): Given => [
          config,
          state,
          event.type === 'AccessibilityChanged' ? {...event, accessible: {namespace: true, all: true}} : event,
        ],
      ),
    }),
    trials: [{hosts: '3', views: '1', toggles: '1'}],
  },
  ...PLATFORM,
};
