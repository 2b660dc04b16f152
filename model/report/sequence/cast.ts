import type {Result, TraceStep} from '../result.js';
import {textOf} from '../value.js';

type Slot = Result['slots'][number];

/** The key of an inbox, as whom a message comes from and whom it goes to. A pair is a link from one to the other. */
const endsOf = ({family, key}: Slot): {readonly from: string | null; readonly to: string} => {
  if (family === null) return {from: null, to: ''};
  return Array.isArray(key) && key.length === 2
    ? {from: textOf(key[0]), to: textOf(key[1])}
    : {from: null, to: textOf(key)};
};

/**
 * Who has a lifeline: the keys of inboxes where the model has any, the keys of all families otherwise; and, in messages
 * `{from, ...}`, whoever sends.
 */
export const castOf = (slots: readonly Slot[]) => {
  const inboxes = slots.filter(({isInbox}) => isInbox);
  const keyed = (inboxes.length > 0 ? inboxes : slots).filter(({family}) => family !== null);
  const known = [...new Set(keyed.map(endsOf).flatMap(({from, to}) => (from === null ? [to] : [from, to])))];
  const among = (value: unknown): readonly string[] =>
    Array.isArray(value) ? value.flatMap(among) : [textOf(value)].filter(name => known.includes(name));

  const actorsOf = ({parameters, delivery}: TraceStep): readonly string[] => {
    const inbox = slots.find(({name}) => name === delivery?.inbox);
    return inbox === undefined ? [...new Set(among(parameters))] : [endsOf(inbox).to];
  };

  return {
    endsOf,

    /** The lifeline that the `from` of a message names, though it may not receive anything itself. */
    named: (from: unknown): string | null =>
      typeof from === 'string' || typeof from === 'number' ? textOf(from) : null,

    /** Who acts in a step, each once: for a delivery the receiver, otherwise the parameters that have a lifeline. */
    actorsOf,

    /** Who takes part in a step: who acts; where nobody does, those whose slots it changes. */
    lifelinesOf: (step: TraceStep): readonly string[] => {
      const actors = actorsOf(step);
      const changed = slots.filter(({name, isInbox}) => !isInbox && step.changes.some(({slot}) => slot === name));
      return actors.length > 0
        ? actors
        : [...new Set(changed.flatMap(({family, key}) => (family === null ? [] : among(key))))];
    },

    /** The names in the order of the model's keys, those that are no keys behind. */
    inOrder: (names: ReadonlySet<string>): readonly string[] => [
      ...known.filter(name => names.has(name)),
      ...[...names].filter(name => !known.includes(name)),
    ],
  };
};

export type Cast = ReturnType<typeof castOf>;
