// What any host does for the primary that asks it to read back: it keeps nothing between the two.

import {match} from 'ts-pattern';
import type {HostId} from '../cluster/ids.js';
import {ignored, type Outcomes} from '../kernel/outcome.js';
import type {RetrievalEffect, RetrievalEvent} from './events.js';
import type {RetrievalMessage} from './messages.js';

type Message<T extends RetrievalMessage['type']> = Extract<RetrievalMessage, {readonly type: T}>;
type Replied = Extract<RetrievalEvent, {readonly type: 'GetReplied'}>;

/** A host that answers learns nothing by it. */
type RespondingEffect = Exclude<RetrievalEffect, {readonly type: 'Learned'}>;

/** Calls GET on the own host, in the name of the primary that asks (RT-03). */
export const onRetrieve = <State>(
  state: State,
  from: HostId,
  {term}: Message<'Retrieve'>,
): Outcomes<State, RespondingEffect> => [
  {state, effects: [{type: 'CallGet', purpose: {type: 'Command', from, term}}], rules: ['RT-03']},
];

/** Tells the primary that asked what GET said here (RT-04). */
export const onRetrieved = <State>(state: State, {purpose, retrievals}: Replied): Outcomes<State, RespondingEffect> =>
  match(purpose)
    .returnType<Outcomes<State, RespondingEffect>>()
    .with({type: 'Command'}, ({from, term}) => [
      {state, effects: [{type: 'Send', to: from, message: {type: 'Retrieved', term, retrievals}}], rules: ['RT-04']},
    ])
    .with({type: 'Own'}, () => ignored(state, 'RT-08'))
    .exhaustive();
