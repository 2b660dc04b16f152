// A counterexample as a person would tell it: who did what, by which rule, and what that changed.

import {differences} from './difference.js';
import {indented, WIDTH, wrapped} from './layout.js';
import {type Paint, PLAIN} from './paint.js';
import type {SlotChange, TraceStep, Violation} from './result.js';
import {stateText} from './state.js';
import {printable, textOf} from './value.js';

/** What belongs to a step stands under its first word. */
const INDENT = 5;

/** What happened: the action, who and what took part, the rules that allow it. */
const deed = ({action, parameters, message, rules}: TraceStep): string => {
  if (action === null) return 'the initial state';
  const who = parameters.length === 0 ? '' : `(${parameters.map(textOf).join(', ')})`;
  const what = message === null ? '' : ` ${textOf(message)}`;
  const why = rules.length === 0 ? '' : ` [${rules.map(printable).join(', ')}]`;
  return `${printable(action)}${who}${what}${why}`;
};

const headline = (step: TraceStep, paint: Paint): string => {
  const text = wrapped(`${String(step.step).padStart(INDENT - 2)}  ${deed(step)}`, INDENT + 4);
  const remark = step.note === null ? [] : [indented(wrapped(printable(step.note), 0, WIDTH - INDENT), INDENT)];
  return [paint.strong(text), ...remark].join('\n');
};

/** One changed path on one line, or on three where the line would be too long. */
const difference = (path: string, before: string | null, after: string | null): string => {
  if (before === null) return `${path}: + ${after}`;
  if (after === null) return `${path}: - ${before}`;
  const line = `${path}: ${before} -> ${after}`;
  return line.length <= WIDTH - INDENT ? line : `${path}:\n  - ${before}\n  + ${after}`;
};

const changed = ({slot, before, after}: SlotChange): readonly string[] =>
  differences(printable(slot), before, after).map(each => difference(each.path, each.before, each.after));

const consequence = (step: TraceStep): string => {
  if (step.action === null) return stateText(step.state, INDENT);
  const lines = step.changes.flatMap(changed);
  return indented(lines.length === 0 ? '(nothing changes)' : lines.join('\n'), INDENT);
};

/** How a behaviour that never ends goes on after its last step. */
const continuation = ({trace, loop}: Violation): readonly string[] => {
  const last = trace.length - 1;
  if (loop === null) return [];
  const text = loop === last ? 'Nothing happens any more.' : `Steps ${loop + 1} to ${last} come again and again.`;
  return [indented(loop + 1 === last ? `Step ${last} comes again and again.` : text, INDENT)];
};

/** The whole trace: the initial state, then every step and what it changed, and how it goes on. */
export const traceText = (violation: Violation, paint: Paint = PLAIN): string =>
  [...violation.trace.map(step => `${headline(step, paint)}\n${consequence(step)}`), ...continuation(violation)].join(
    '\n',
  );

/** The trace in short: every step, without what it changed. */
export const storyText = (violation: Violation, paint: Paint = PLAIN): string =>
  [
    ...violation.trace.filter(({action}) => action !== null).map(step => headline(step, paint)),
    ...continuation(violation),
  ].join('\n');
