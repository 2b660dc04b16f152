// What any host does for the primary that asks it, whatever its own role: it keeps nothing between two messages.

import type {Config} from '../cluster/config.js';
import type {HostId} from '../cluster/ids.js';
import type {Outcomes} from '../kernel/outcome.js';
import type {Local} from '../storage/local.js';
import type {SetResult} from '../storage/register.js';
import type {FallbackEffect, FallbackMessageOf, Purpose, StorageCall} from './events.js';

/** Tells the asker what the own storage module says (FB-13), and whom it reaches if the subset rule asks (FB-30). */
export const onQuery = <State>(
  {subsets}: Config,
  state: State,
  from: HostId,
  {term, vm, generation, round, scope}: FallbackMessageOf<'AccessQuery'>,
  {accessible, reachable}: Local,
): Outcomes<State, FallbackEffect> => {
  const answer = {type: 'AccessAnswer', term, vm, generation, round, accessible: accessible[scope]} as const;
  return subsets === 'partition'
    ? [{state, effects: [{type: 'Send', to: from, message: {...answer, reachable}}], rules: ['FB-13', 'FB-30']}]
    : [{state, effects: [{type: 'Send', to: from, message: {...answer, reachable: []}}], rules: ['FB-13']}];
};

/** Calls SET on the own host, in the name of the primary that commands it (FB-17). */
export const onCommand = <State>(
  state: State,
  from: HostId,
  {term, vm, generation, round, value}: FallbackMessageOf<'SetCommand'>,
): Outcomes<State, FallbackEffect> => [
  {
    state,
    effects: [{type: 'CallStorage', call: {vm, value, generation, purpose: {type: 'Command', from, term, round}}}],
    rules: ['FB-17'],
  },
];

/** Tells the primary that commanded it how the SET went (FB-18). */
export const onReply = <State>(
  state: State,
  {vm, generation}: StorageCall,
  {from, term, round}: Extract<Purpose, {readonly type: 'Command'}>,
  result: SetResult,
): Outcomes<State, FallbackEffect> => [
  {
    state,
    effects: [{type: 'Send', to: from, message: {type: 'SetResult', term, vm, generation, round, result}}],
    rules: ['FB-18'],
  },
];
