// A counterexample as a story of lifelines and messages: what every sequence diagram draws, whatever its syntax.

import {deedName, deedText} from '../deed.js';
import type {Result, Violation} from '../result.js';
import {printable} from '../value.js';
import {castOf} from './cast.js';
import {type Message, messagesOf} from './messages.js';

/** A step of the trace. */
export type Moment = {
  /** The row, from 1. */
  readonly step: number;
  /** The number that it goes by, where that is not the row's. */
  readonly number?: number;
  /** Who takes part; nobody when the step is not about anyone in particular. */
  readonly lifelines: readonly string[];
  /** The action and who took part; then with its remark and rules. */
  readonly name: string;
  readonly text: string;
};

export type Story = {
  /** In the order of the model's keys. Never empty: a model without keys is told on one lifeline, its own. */
  readonly lifelines: readonly string[];
  readonly moments: readonly Moment[];
  readonly messages: readonly Message[];
};

/** The story of a violation's trace. */
export const storyOf = ({model, slots}: Result, {trace}: Violation): Story => {
  const cast = castOf(slots);
  const messages = messagesOf(trace, slots, cast);
  const moments = trace
    .filter(({action}) => action !== null)
    .map(step => ({step: step.step, lifelines: cast.lifelinesOf(step), name: deedName(step), text: deedText(step)}));
  const used = new Set([
    ...moments.flatMap(({lifelines}) => lifelines),
    ...messages.flatMap(({from, to}) => (from === null ? [to] : [from, to])),
  ]);
  return {lifelines: used.size === 0 ? [printable(model)] : cast.inOrder(used), moments, messages};
};
