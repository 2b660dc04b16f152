import {type Fair, fairnessOf} from './fairness.js';
import {shown} from './flaw.js';
import type {Change, Outcome} from './outcome.js';
import type {Plain} from './plain.js';
import {checkFunction, checkSettings, checkWord} from './settings.js';
import type {Channel, Slot} from './slots.js';
import type {ActionDefinition, Delivery, Read} from './system.js';

/** A budget that a fault spends: the slot's next value, or null when nothing is left of it. */
export type Spend<T> = {readonly slot: Slot<T>; readonly f: (value: T) => T | null};

/** Which messages a fault may touch, and what it costs. */
type Fault<K, M, B> = {
  readonly name?: string;
  readonly when?: (message: M, key: K) => boolean;
  readonly spend?: Spend<B>;
};
type Handler<K, M> = (read: Read, key: K, message: M) => readonly Outcome[];
type Delivering = Pick<Delivery, 'removes' | 'loses'> & {readonly fairness: Pick<ActionDefinition, 'fair' | 'fairAs'>};

const UNFAIR = fairnessOf('', {});

const FAULT = ['name', 'when', 'spend'];

const checkFault = (name: string, fault: {readonly when?: unknown; readonly spend?: unknown}): void => {
  checkSettings(name, fault, FAULT);
  if (fault.when !== undefined) checkFunction(`when of ${name}`, fault.when, 2);
  if (fault.spend === undefined) return;
  checkSettings(`spend of ${name}`, fault.spend, ['slot', 'f']);
  checkFunction(`spend of ${name}`, (fault.spend as Partial<Spend<unknown>>).f, 1);
};

/** The change that a fault's budget pays, none where it has no budget, null where the budget is spent. */
const payment = <B>(read: Read, spend: Spend<B> | undefined): readonly Change[] | null => {
  if (spend === undefined) return [];
  const left = spend.f(read(spend.slot));
  return left === null ? null : [spend.slot.set(left)];
};

/** The actions on channels; `add` takes each as it is declared. */
export const deliveries = (add: (action: ActionDefinition) => void) => {
  const delivering = <K extends Plain, M>(
    name: string,
    channel: Channel<K, M>,
    {fairness, ...fate}: Delivering,
    outcomes: Handler<K, M>,
  ): void => {
    if (!Array.isArray(channel?.members) || channel.kind === undefined)
      throw new RangeError(`action ${name} takes messages from ${shown(channel)}, which is no channel`);
    checkFunction(`action ${name}`, outcomes, 3);
    const instances = channel.members.map((inbox, i) => ({
      parameters: [channel.keys[i] as Plain],
      delivery: {inbox: inbox.index, headOnly: channel.kind === 'fifo', ...fate},
    }));
    add({name, ...fairness, instances, outcomes: outcomes as ActionDefinition['outcomes']});
  };

  return {
    /**
     * Deliveries: one instance per message that lies in an inbox; it leaves the inbox unless the channel is sticky.
     * The messages of one inbox are treated fairly as one: some of them are received, not each of them, unless
     * `fairPer` says so.
     */
    receive: <K extends Plain, M>(
      channel: Channel<K, M>,
      settings: Fair<[K]> & {readonly name?: string; readonly fairPer?: 'message'},
      outcomes: Handler<K, M>,
    ): void => {
      checkSettings('receive', settings, ['name', 'fair', 'fairAs', 'fairPer']);
      const name = settings.name ?? 'receive';
      checkWord(`fairPer of action ${name}`, settings.fairPer, ['message']);
      const fairness = fairnessOf(name, settings, settings.fairPer === 'message');
      delivering(name, channel, {fairness, removes: channel.kind !== 'sticky', loses: false}, outcomes);
    },

    /** A fault: a message vanishes; of a fifo the first, so that receivers see what any loss could leave. */
    lose: <K extends Plain, M, B = never>(channel: Channel<K, M>, fault: Fault<K, M, B> = {}): void => {
      checkFault('lose', fault);
      delivering(
        fault.name ?? 'lose',
        channel,
        {fairness: UNFAIR, removes: true, loses: true},
        (read, key, message) => {
          if (fault.when?.(message, key) === false) return [];
          const paid = payment(read, fault.spend);
          return paid === null ? [] : [{changes: paid}];
        },
      );
    },

    /** A fault: a message, of a fifo the first, is delivered and stays under way as well. */
    duplicate: <K extends Plain, M, B = never>(
      channel: Channel<K, M>,
      fault: Fault<K, M, B>,
      outcomes: Handler<K, M>,
    ): void => {
      checkFault('duplicate', fault);
      checkFunction('duplicate', outcomes, 3);
      delivering(
        fault.name ?? 'duplicate',
        channel,
        {fairness: UNFAIR, removes: false, loses: false},
        (read, key, message) => {
          if (fault.when?.(message, key) === false) return [];
          const paid = payment(read, fault.spend);
          return paid === null
            ? []
            : outcomes(read, key, message).map(outcome => ({...outcome, changes: [...outcome.changes, ...paid]}));
        },
      );
    },
  };
};
