// One host's storage module: keeps the directory of its partition with the others, and answers its own host's calls.

import {match} from 'ts-pattern';
import type {HostId} from '../../cluster/ids.js';
import {nonEmpty} from '../../kernel/nonempty.js';
import {ignored, type Outcomes} from '../../kernel/outcome.js';
import {onCall, onCalled, onReply} from './calls.js';
import {onAck} from './charge.js';
import type {StorageConfig} from './config.js';
import type {StorageEffect, StorageEvent} from './events.js';
import {onPublish, onWrite} from './member.js';
import {onComponentLost, onHello, onJoined, onLead, onLeft, onRefused, onView} from './membership.js';
import type {StorageMessage} from './messages.js';
import {onAbsence} from './recalculation.js';
import {awake, type StorageState, type Up} from './state.js';
import {begin, cite, type Step} from './step.js';
import {announced} from './telling.js';

type Decisions = Outcomes<StorageState, StorageEffect>;

/**
 * Every outcome that the specification allows, for any state and event that the types allow: one, and never a throw.
 * `Persist` leads wherever the durable part changed, so that no message can promise what a crash would take back.
 */
export const storageOutcomes = (config: StorageConfig, state: StorageState, event: StorageEvent): Decisions => {
  if (state.role === 'up') return finished(config, state, decided(config, state, event));
  if (event.type !== 'Restarted') return ignored(state, 'DR-20');
  const up = awake(state.durable);
  return finished(config, up, onView(config, cite(begin(up), 'DR-19'), event.reachable));
};

const decided = (config: StorageConfig, state: Up, event: StorageEvent): Step | null =>
  match(event)
    .with({type: 'ViewChanged'}, ({reachable}) => onView(config, begin(state), reachable))
    .with({type: 'Received'}, ({from, message}) => onMessage(config, begin(state), from, message))
    .with({type: 'Called'}, ({vm, call}) => onCalled(config, begin(state), vm, call))
    .with({type: 'ComponentLost'}, ({object}) => onComponentLost(config, cite(begin(state), 'OB-20'), object))
    .with({type: 'AbsenceLasted'}, ({object}) => onAbsence(config, begin(state), object))
    .with({type: 'Crashed'}, () => null)
    .with({type: 'Restarted'}, () => cite(begin(state), 'DR-20'))
    .exhaustive();

const onMessage = (config: StorageConfig, step: Step, from: HostId, received: StorageMessage): Step =>
  match(received)
    .with({type: 'Hello'}, message => onHello(config, step, from, message))
    .with({type: 'Lead'}, message => onLead(config, step, from, message))
    .with({type: 'Refused'}, message => onRefused(config, step, message))
    .with({type: 'Joined'}, message => onJoined(config, step, from, message))
    .with({type: 'Left'}, message => onLeft(config, step, from, message))
    .with({type: 'ComponentWrite'}, message => onWrite(config, step, from, message))
    .with({type: 'ComponentAck'}, message => onAck(config, step, from, message))
    .with({type: 'Publish'}, message => onPublish(step, from, message))
    .with({type: 'Call'}, message => onCall(config, step, from, message))
    .with({type: 'Reply'}, message => onReply(config, step, message))
    .exhaustive();

/** A step as an outcome; null is a crash. */
const finished = (config: StorageConfig, before: Up, step: Step | null): Decisions => {
  const {durable} = before;
  if (step === null) return [{state: {role: 'down', durable}, effects: [], rules: ['DR-18']}];
  const {state, effects, rules} = announced(config, before, step);
  const ruled = nonEmpty(rules) ?? ['DR-20'];
  return state.durable === durable
    ? [{state, effects, rules: ruled}]
    : [{state, effects: [{type: 'Persist', durable: state.durable}, ...effects], rules: [...ruled, 'DR-17']}];
};
