// Faults of registrations and of timers, where there is more than one of a kind.

import {generation, mapAll} from '../../../src/index.js';
import {isSame} from '../../canonical.js';
import {deafTo, keeping, mistaking, mutant} from '../mutant.js';
import {
  all,
  asPrimary,
  type HaMutant,
  inPhase,
  miscounting,
  misremembering,
  on,
  onMessage,
  onTimer,
  seeing,
  sending,
} from './faults.js';

/** Implementations that take one wait, request or timer for another. */
export const waitMutants: readonly HaMutant[] = [
  mutant(
    'takes what SET was answered in an earlier term for an answer in this one',
    'FB-24',
    seeing((event, state) =>
      event.type === 'StorageReplied' && event.call.purpose.type === 'Own' && state.role === 'primary'
        ? {...event, call: {...event.call, purpose: {...event.call.purpose, term: state.durable.term}}}
        : event,
    ),
  ),
  mutant(
    'is deaf to a registration that repeats what it keeps',
    'WT-04',
    deafTo(({state, stimulus}) => {
      if (stimulus.type !== 'Received' || stimulus.message.type !== 'WaitRegister') return false;
      const {from, message} = stimulus;
      const {term, vm, generation: number, round} = message;
      return (
        state.role === 'secondary' &&
        state.watches.some(
          watch =>
            watch.primary === from &&
            watch.vm === vm &&
            isSame([watch.term, watch.generation, watch.round], [term, number, round]),
        )
      );
    }),
  ),
  mutant(
    'begins anew where it should only register again',
    'WT-07',
    seeing(event =>
      event.type === 'TimerFired' && event.timer.type === 'Fallback' && event.timer.phase === 'waiting'
        ? event.accessible.namespace
          ? {type: 'AccessibilityChanged', vm: event.timer.vm, accessible: event.accessible}
          : event
        : event,
    ),
  ),
  mutant(
    'takes another state with the same generation for a repetition',
    'FB-01',
    seeing((event, state) => {
      const known =
        event.type === 'Request' && state.role === 'primary'
          ? state.fallbacks.find(({vm}) => vm === event.vm)
          : undefined;
      return event.type === 'Request' && known?.generation === event.generation
        ? {...event, value: known.value}
        : event;
    }),
  ),
  mutant(
    'obeys the timer of an earlier request',
    'TO-04',
    misremembering(onTimer('setting', 'querying', 'commanding', 'waiting'), (known, {stimulus}) =>
      stimulus.type === 'TimerFired' && stimulus.timer.type === 'Fallback' && stimulus.timer.phase === known.phase
        ? {...known, generation: stimulus.timer.generation}
        : known,
    ),
  ),
  mutant(
    'keeps one registration for each primary, whatever the VM',
    'WT-03',
    keeping((after, before) => {
      if (after.role !== 'secondary' || before.role !== 'secondary') return after;
      const fresh = after.watches.filter(watch => !before.watches.includes(watch));
      const kept = after.watches.filter(
        watch => fresh.includes(watch) || !fresh.some(({primary}) => primary === watch.primary),
      );
      return kept.length === after.watches.length ? after : {...after, watches: kept};
    }),
  ),
  mutant(
    'tells at once and keeps the older registration',
    'WT-04',
    lawful => (config, state, event) =>
      keeping<typeof config, typeof state, typeof event, never>((after, before) =>
        after.role === 'secondary' &&
        before.role === 'secondary' &&
        event.type === 'Received' &&
        event.message.type === 'WaitRegister' &&
        after.watches.length < before.watches.length
          ? {...after, watches: before.watches}
          : after,
      )(lawful as never)(config, state, event) as ReturnType<typeof lawful>,
  ),
  mutant(
    'compares registrations by their rounds only',
    'WT-08',
    mistaking(situation => {
      const {state, stimulus} = situation;
      if (!on('Received')(situation) || state.role !== 'secondary') return situation;
      if (stimulus.type !== 'Received' || stimulus.message.type !== 'WaitRegister') return situation;
      const {message, from} = stimulus;
      const kept = state.watches.find(({vm, primary}) => vm === message.vm && primary === from);
      return kept !== undefined && kept.term === message.term && kept.round > message.round
        ? {...situation, stimulus: {...stimulus, message: {...message, generation: generation(0)}}}
        : situation;
    }),
  ),
  mutant(
    'obeys the timer of an earlier round',
    'TO-04',
    seeing((event, state) => {
      if (event.type !== 'TimerFired' || event.timer.type !== 'Fallback' || state.role !== 'primary') return event;
      const {timer} = event;
      const known = state.fallbacks.find(({vm, phase}) => vm === timer.vm && phase === timer.phase);
      return known?.generation === timer.generation ? {...event, timer: {...timer, round: known.round}} : event;
    }),
  ),
  mutant(
    'counts the answer of a host whose silence has counted as a no',
    'FB-25',
    miscounting(onMessage('AccessAnswer'), ({asked, awaited}, {stimulus}) =>
      stimulus.type === 'Received' && asked.includes(stimulus.from) && !awaited.includes(stimulus.from)
        ? {awaited: [...awaited, stimulus.from].sort()}
        : {},
    ),
  ),
  mutant(
    'forgets who has still to answer when a command is not answered',
    'TO-02',
    miscounting(all(onTimer('commanding'), inPhase('commanding')), () => ({awaited: []})),
  ),
  mutant(
    'forgets who has still to answer when a command fails',
    'FB-20',
    miscounting(all(onMessage('SetResult'), inPhase('commanding')), () => ({awaited: []})),
  ),
  mutant(
    'obeys the timer of another phase',
    'TO-04',
    seeing((event, state) => {
      if (event.type !== 'TimerFired' || event.timer.type !== 'Fallback' || state.role !== 'primary') return event;
      const {timer} = event;
      const known = state.fallbacks.find(({vm, round}) => vm === timer.vm && round === timer.round);
      if (known === undefined || known.phase === 'idle' || known.phase === 'queued') return event;
      return known.generation === timer.generation ? {...event, timer: {...timer, phase: known.phase}} : event;
    }),
  ),
  mutant(
    'drops every registration of a VM when it tells of one',
    'WT-05',
    lawful => (config, state, event) =>
      mapAll(lawful(config, state, event), outcome => {
        const {state: after, effects} = outcome;
        if (event.type !== 'AccessibilityChanged' || after.role !== 'secondary' || effects.length === 0) return outcome;
        return {...outcome, state: {...after, watches: after.watches.filter(({vm}) => vm !== event.vm)}};
      }),
  ),
  mutant(
    'does not tell how a command went once it is primary itself',
    'FB-18',
    sending('SetResult', (sent, situation) => (asPrimary(situation) ? [] : [sent])),
  ),
  mutant(
    'as a primary, ignores a command of an older term',
    'TM-03',
    sending('Superseded', (sent, situation) => (asPrimary(situation) ? [] : [sent])),
  ),
];
