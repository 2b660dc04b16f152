// A counterexample as a person would tell it: who did what, by which rule, and what that changed.

import {deedText} from './deed.js';
import {type Difference, differences} from './difference.js';
import {indented, shortened, WIDTH, wrapped} from './layout.js';
import {type Paint, PLAIN} from './paint.js';
import type {TraceStep, Violation} from './result.js';
import {stateText} from './state.js';
import {printable, textOf} from './value.js';

/** What belongs to a step stands under its first word. */
const INDENT = 5;

/** A paragraph that belongs to a step. */
const under = (text: string): string => indented(wrapped(shortened(text), 4, WIDTH - INDENT), INDENT);

/** The step's number, what happened, and the message that it was about. */
const headline = (step: TraceStep, paint: Paint): string => {
  const text = paint.strong(wrapped(`${String(step.step).padStart(INDENT - 2)}  ${deedText(step)}`, INDENT + 4));
  return step.message === null ? text : `${text}\n${under(`with ${textOf(step.message)}`)}`;
};

const lineOf = ({path, before, after}: Difference): string => {
  if (before === null) return under(`${path}: + ${after}`);
  if (after === null) return under(`${path}: - ${before}`);
  const line = `${path}: ${before} -> ${after}`;
  return line.length <= WIDTH - INDENT
    ? under(line)
    : [`${path}:`, `  - ${before}`, `  + ${after}`].map(under).join('\n');
};

/** What a step changed, but for its message: that it has left its inbox is said already. */
export const changed = (step: TraceStep): readonly Difference[] => {
  const message = step.message === null ? null : textOf(step.message);
  return step.changes
    .flatMap(({slot, before, after}) => differences(printable(slot), before, after))
    .filter(({before, after}) => message === null || before !== message || after !== null);
};

const consequence = (step: TraceStep): string => {
  if (step.action === null) return stateText(step.state, INDENT);
  const isIdle = step.changes.length === 0;
  return isIdle ? under('(nothing changes)') : changed(step).map(lineOf).join('\n');
};

/** How a behaviour that never ends goes on after its last step, in a sentence; none for one that ends. */
export const continuation = ({trace, loop}: Violation): readonly string[] => {
  const last = trace.length - 1;
  if (loop === null) return [];
  if (loop === last) return ['Nothing happens any more.'];
  return [
    loop + 1 === last ? `Step ${last} comes again and again.` : `Steps ${loop + 1} to ${last} come again and again.`,
  ];
};

/** The whole trace: the initial state, then every step and what it changed, and how it goes on. */
export const traceText = (violation: Violation, paint: Paint = PLAIN): string =>
  [
    ...violation.trace.flatMap(step => [headline(step, paint), consequence(step)]),
    ...continuation(violation).map(line => indented(line, INDENT)),
  ]
    .filter(text => text !== '')
    .join('\n');

/** The trace in short: every step, without what it changed. */
export const storyText = (violation: Violation, paint: Paint = PLAIN): string =>
  [
    ...violation.trace.filter(({action}) => action !== null).map(step => headline(step, paint)),
    ...continuation(violation).map(line => indented(line, INDENT)),
  ].join('\n');
