// A counterexample in HTML: the sequence diagram, then every step with what it changed, and its whole state on demand.

import {deedName} from '../deed.js';
import type {Difference} from '../difference.js';
import type {Result, TraceStep, Violation} from '../result.js';
import {storyOf} from '../sequence/story.js';
import {svgOf} from '../sequence/svg.js';
import {stateRows} from '../state.js';
import {changed, continuation} from '../trace.js';
import {textOf} from '../value.js';
import {escaped} from './escape.js';

const side = (tag: 'del' | 'ins', value: string | null): string =>
  value === null ? '' : `<${tag}>${escaped(value)}</${tag}>`;

const differenceHtml = ({path, before, after}: Difference): string =>
  `<div class="value">${escaped(path)}: ${[side('del', before), side('ins', after)].filter(Boolean).join(' → ')}</div>`;

const changesHtml = (step: TraceStep): string => {
  if (step.action === null) return '';
  return step.changes.length === 0
    ? '<p class="faint">Nothing changes.</p>'
    : changed(step).map(differenceHtml).join('');
};

/** Every slot, those that the step changed marked. Open for the initial state, which has nothing else to show. */
const stateHtml = ({action, changes, state}: TraceStep): string => {
  const marked = new Set(changes.map(({slot}) => slot));
  const rows = stateRows(state).map(({names, value, slots}) => {
    const mark = slots.some(slot => marked.has(slot)) ? ' class="changed"' : '';
    return `<tr${mark}><td class="name">${escaped(names)}</td><td class="value">${escaped(value)}</td></tr>`;
  });
  const table = `<div class="wide"><table>${rows.join('')}</table></div>`;
  return `<details${action === null ? ' open' : ''}><summary>whole state</summary>${table}</details>`;
};

const messageHtml = ({message, delivery}: TraceStep): string => {
  if (delivery === null) return '';
  const what = delivery.fate === 'lost' ? 'loses' : 'receives';
  return `<p class="value"><span class="faint">${what}</span> ${escaped(textOf(message))}</p>`;
};

const stepHtml = (step: TraceStep, isAgain: boolean): string => {
  const {rules, note} = step;
  const cited = rules.length === 0 ? '' : ` <span class="rules">${escaped(rules.join(', '))}</span>`;
  return [
    `<li class="step${isAgain ? ' again' : ''}" id="step-${step.step}">`,
    `<h3><span class="number">${step.step}</span>${escaped(deedName(step))}${cited}</h3>`,
    note === null ? '' : `<p>${escaped(note)}</p>`,
    messageHtml(step),
    changesHtml(step),
    stateHtml(step),
    '</li>',
  ].join('');
};

/** The trace of a violation: a diagram, and the list of its steps. */
export const counterexampleHtml = (result: Result, violation: Violation): readonly string[] => {
  const {trace, loop} = violation;
  return [
    '<h2>Counterexample</h2>',
    `<figure tabindex="0">${svgOf(storyOf(result, violation), loop)}</figure>`,
    '<h2>Steps</h2>',
    '<ol>',
    ...trace.map(step => stepHtml(step, loop !== null && step.step > loop)),
    '</ol>',
    ...continuation(violation).map(line => `<p>${escaped(line)}</p>`),
  ];
};
