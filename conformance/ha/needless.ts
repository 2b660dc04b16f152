import {canonical} from '../canonical.js';

type Timer = {readonly round?: unknown};
type Order = {readonly type: 'SetTimer' | 'CancelTimer'; readonly timer: Timer};

/**
 * The effects without those that change nothing whatever the state is. Of several orders about one timer only the last
 * counts, and a timer that is new with its round does not run before it is set. A timer that has just fired does not
 * run either, so cancelling it is up to the subject.
 */
export const withoutNeedless = <Effect>(event: unknown, effects: readonly Effect[]): readonly Effect[] => {
  const orders = effects.filter(isOrder);
  if (orders.length === 0) return effects;
  const idle = isTimed(event) && event.type === 'TimerFired' ? nameOf(event) : null;
  const isNeedless = (order: Order, index: number): boolean => {
    const name = nameOf(order);
    if (order.type === 'CancelTimer' && name === idle) return true;
    if (orders.length === 1) return false;
    const isSame = (other: Order): boolean => nameOf(other) === name;
    if (orders.slice(index + 1).some(isSame)) return true;
    return order.type === 'CancelTimer' && 'round' in order.timer && orders.find(isSame)?.type === 'SetTimer';
  };
  const needless = new Set<unknown>(orders.filter(isNeedless));
  return needless.size === 0 ? effects : effects.filter(effect => !needless.has(effect));
};

const isTimed = (value: unknown): value is {readonly type: unknown; readonly timer: Timer} =>
  typeof value === 'object' &&
  value !== null &&
  'type' in value &&
  'timer' in value &&
  typeof value.timer === 'object' &&
  value.timer !== null;

const isOrder = <Effect>(effect: Effect): effect is Effect & Order =>
  isTimed(effect) && (effect.type === 'SetTimer' || effect.type === 'CancelTimer');

const nameOf = ({timer}: {readonly timer: Timer}): string => canonical(timer);
