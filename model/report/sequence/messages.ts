// Which messages a trace sends, and what becomes of each: read from the contents of the inboxes, step by step.

import type {Result, TraceStep} from '../result.js';
import {textOf} from '../value.js';
import type {Cast} from './cast.js';

/** What became of a message: received, lost by a fault, or dropped from its inbox without a delivery. */
export type End = {readonly step: number; readonly fate: 'received' | 'lost' | 'dropped'};

/** A message between two lifelines, each named; `from` is null where nothing tells who sent it. */
export type Message = {
  readonly from: string | null;
  readonly to: string;
  readonly text: string;
  /** The step that sent it; null when it was under way in the initial state. */
  readonly sent: number | null;
  /** In order. None where it is under way still; several where it was received and stayed in its inbox. */
  readonly ends: readonly End[];
};

type Fields = Readonly<Record<string, unknown>>;
type Slot = Result['slots'][number];
/** A message that lies in an inbox, by the JSON text of its value. */
type Pending = {readonly inbox: string; readonly identity: string; readonly ends: End[]};

const isRecord = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An envelope `{from, message}` as its content: who sent it is drawn. */
const contentText = (message: unknown): string => {
  if (!isRecord(message) || !('from' in message)) return textOf(message);
  const {from: _, ...rest} = message;
  const values = Object.values(rest);
  return textOf(values.length === 1 ? values[0] : rest);
};

const identitiesIn = (state: TraceStep['state'] | undefined, {name}: Slot): readonly string[] => {
  const content = state?.[name];
  return Array.isArray(content) ? content.map(message => JSON.stringify(message)) : [];
};

/** `texts` without one occurrence of each of `others`. */
const minus = (texts: readonly string[], others: readonly string[]): readonly string[] =>
  others.reduce((left, text) => {
    const at = left.indexOf(text);
    return at < 0 ? left : left.toSpliced(at, 1);
  }, texts);

/** The message as it is sent by a step; those of step 0 were under way before. */
const sentBy = (step: TraceStep, inbox: Slot, identity: string, cast: Cast): Omit<Message, 'ends'> => {
  const value: unknown = JSON.parse(identity);
  const {from, to} = cast.endsOf(inbox);
  const isInitial = step.action === null;
  const actor = isInitial ? null : (cast.actorsOf(step)[0] ?? null);
  const sender = isRecord(value) ? cast.named(value['from']) : null;
  return {from: sender ?? from ?? actor, to, text: contentText(value), sent: isInitial ? null : step.step};
};

/** The messages of a trace in the order of sending. */
export const messagesOf = (trace: readonly TraceStep[], slots: readonly Slot[], cast: Cast): readonly Message[] => {
  const inboxes = slots.filter(({isInbox}) => isInbox);
  const messages: Message[] = [];
  let pending: readonly Pending[] = [];
  const end = (inbox: Slot, identity: string, how: End, isRemoved: boolean): void => {
    const found = pending.find(each => each.inbox === inbox.name && each.identity === identity);
    found?.ends.push(how);
    if (isRemoved) pending = pending.filter(each => each !== found);
  };

  trace.forEach((step, at) => {
    const {step: number, delivery, message} = step;
    for (const inbox of inboxes) {
      const isDelivery = delivery?.inbox === inbox.name;
      const taken = isDelivery ? [JSON.stringify(message)] : [];
      for (const identity of taken) {
        end(inbox, identity, {step: number, fate: delivery?.fate ?? 'received'}, delivery?.isRemoved === true);
      }
      const left = minus(identitiesIn(trace[at - 1]?.state, inbox), delivery?.isRemoved === true ? taken : []);
      const now = identitiesIn(step.state, inbox);
      for (const identity of minus(left, now)) end(inbox, identity, {step: number, fate: 'dropped'}, true);
      for (const identity of minus(now, left)) {
        const ends: End[] = [];
        messages.push({...sentBy(step, inbox, identity, cast), ends});
        pending = [...pending, {inbox: inbox.name, identity, ends}];
      }
    }
  });
  return messages;
};
