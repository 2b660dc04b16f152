import type {TraceStep} from './result.js';
import {printable, textOf} from './value.js';

/** What happened: the action and who took part, `Ask(a, b)`. */
export const deedName = ({action, parameters}: TraceStep): string => {
  if (action === null) return 'the initial state';
  const who = parameters.length === 0 ? '' : `(${parameters.map(textOf).join(', ')})`;
  return `${printable(action)}${who}`;
};

/** What happened, with a remark and the rules that allow it: `Ask(a, b): again [FB-03]`. */
export const deedText = (step: TraceStep): string => {
  const {rules, note} = step;
  const remark = note === null ? '' : `: ${printable(note)}`;
  const why = rules.length === 0 ? '' : ` [${rules.map(printable).join(', ')}]`;
  return `${deedName(step)}${remark}${why}`;
};
