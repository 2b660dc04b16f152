// A run as one HTML page that needs nothing else: no script, no font, no network.

import {escaped} from '../../model/report/html/escape.js';
import {STYLE} from '../../model/report/html/style.js';
import {count, duration} from '../../model/report/numbers.js';
import {PLAIN} from '../../model/report/paint.js';
import {svgOf} from '../../model/report/sequence/svg.js';
import {isWrong, partnerOf} from './diagram.js';
import {ruleText} from './rule-text.js';
import type {Line, LineOf} from './stream.js';
import {errorText, expectedText, linesOf, type Replay} from './summary.js';
import {failureText} from './text.js';

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** The classes of the explorer's pages for verdicts of the same colour. */
const TONE = {pass: 'holds', fail: 'violated', error: 'violated', inconclusive: 'incomplete'} as const;

const MATRIX = `
.matrix { display: grid; grid-template-columns: repeat(auto-fill, minmax(6.5rem, 1fr)); gap: .35rem; padding: 0; }
.matrix li { border: 1px solid var(--rule); border-left-width: .35rem; border-radius: .3rem; padding: .15rem .5rem; }
.matrix small { display: block; color: var(--faint); font-size: .72rem; }
.matrix .pass { border-left-color: var(--good); } .matrix .fail, .matrix .xpass { border-left-color: var(--bad); }
.matrix .xfail, .matrix .blocked, .matrix .inconclusive { border-left-color: var(--doubtful); }
figure svg { max-width: 100%; min-width: 44rem; height: auto; }
footer { margin-top: 2rem; }
pre { white-space: pre-wrap; font-size: .85rem; background: var(--panel); padding: .6rem .8rem; border-radius: .4rem; }
`;

export const pageOf = (lines: readonly Line[], replay: Replay): string => {
  const [run] = linesOf(lines, 'run');
  const [hello] = linesOf(lines, 'hello');
  const [end] = linesOf(lines, 'end');
  const verdict = end?.verdict ?? 'inconclusive';
  const who = String(hello?.implementation['name'] ?? 'the subject');
  const steps = linesOf(lines, 'plan').reduce((sum, plan) => sum + plan.steps, 0);
  const figures = {
    level: end?.level ?? 'none',
    module: run?.module ?? '',
    lane: run?.lane ?? '',
    steps: count(steps),
    time: duration(end?.seconds ?? 0),
  };
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${escaped(POLICY)}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escaped(`${verdict}: ${who}`)}</title>`,
    `<style>${STYLE}${MATRIX}</style>`,
    '<header>',
    `<h1><span class="verdict ${TONE[verdict]}">${verdict}</span>: ${escaped(who)}</h1>`,
    `<p>${escaped(reasonOf(end))}</p>`,
    '</header>',
    '<main>',
    `<dl>${Object.entries(figures)
      .map(([name, value]) => `<div><dt>${name}</dt><dd>${escaped(value)}</dd></div>`)
      .join('')}</dl>`,
    ...(end?.outcome == null ? [] : [`<pre>${escaped(errorText(end, PLAIN))}</pre>`]),
    ...linesOf(lines, 'failure').flatMap((failure, index) =>
      failureHtml(failure, index, replay(failure), expectedText(lines, failure)),
    ),
    ...storiesHtml(linesOf(lines, 'story')),
    ...rulesHtml(linesOf(lines, 'rule')),
    ...plansHtml(linesOf(lines, 'plan')),
    '</main>',
    `<footer class="faint"><p>${escaped(run?.suite ?? '')}</p></footer>`,
    '</html>',
    '',
  ].join('\n');
};

/** What is broken in an adapter is told with what led to it. */
const reasonOf = (end: LineOf<'end'> | undefined): string => {
  if (end === undefined) return 'It was cut short.';
  return end.outcome === null ? (end.reason ?? '') : '';
};

const failureHtml = (
  failure: LineOf<'failure'>,
  index: number,
  again: string | null,
  expected: string,
): readonly string[] => {
  const {broken, plan, case: id} = failure;
  const svg = svgOf(drawingOf(failure), null).replaceAll('href="#step-', `href="#failure-${index}-`);
  const text = failureText(failure, PLAIN, again).split('\n');
  const told = text.indexOf('', text.indexOf('') + 1);
  const lines = (some: readonly string[]): string => `<pre>${some.map(line => lineHtml(line, index)).join('\n')}</pre>`;
  return [
    `<h2 id="failure-${index}">${escaped(broken[0]?.rule ?? 'unknown rule')}${expected}`,
    `<span class="faint">${id}, ${escaped(plan)}</span></h2>`,
    // What is wrong, the rules and why; then what has happened.
    lines(text.slice(0, told)),
    `<figure>${svg}</figure>`,
    lines(text.slice(told + 1)),
  ];
};

/** A line of a failure's text; the diagram leads to the steps, which begin with their number. */
const lineHtml = (line: string, failure: number): string => {
  const [, step] = /^ {0,2}(\d+) {2}/.exec(line) ?? [];
  return step === undefined ? escaped(line) : `<span id="failure-${failure}-${step}">${escaped(line)}</span>`;
};

type Row = {
  readonly step: number;
  readonly from: string;
  readonly to: string;
  readonly text: string;
  readonly isWrong: boolean;
};

/** Each event and each effect is a row of its own, and goes by the number of its step. */
const rowsOf = ({trace, differences}: Pick<LineOf<'failure'>, 'trace' | 'differences'>): readonly Row[] =>
  trace.flatMap((step, before) => [
    {step: before + 1, from: partnerOf(step.stimulus), to: 'subject', text: step.told.stimulus, isWrong: false},
    ...step.effects.map((effect, index) => ({
      step: before + 1,
      from: 'subject',
      to: partnerOf(effect),
      text: step.told.effects[index] ?? '',
      isWrong: isWrong(step, index, {differences}),
    })),
  ]);

const drawingOf = (failure: LineOf<'failure'>): Parameters<typeof svgOf>[0] => {
  const rows = rowsOf(failure);
  const partners = [...new Set(rows.flatMap(({from, to}) => [from, to]))].filter(name => name !== 'subject');
  return {
    lifelines: ['subject', ...partners],
    moments: rows.map(({step, from, to, text}, index) => ({
      step: index + 1,
      number: step,
      lifelines: [from, to],
      name: '',
      text,
    })),
    messages: rows.map(({from, to, text, isWrong}, index) => ({
      from,
      to,
      text,
      sent: index + 1,
      ends: [{step: index + 1, fate: isWrong ? 'lost' : 'received'}],
    })),
  };
};

const storiesHtml = (stories: readonly LineOf<'story'>[]): readonly string[] =>
  stories.length === 0
    ? []
    : [
        '<h2>Stories</h2>',
        '<div class="wide"><table><thead><tr><th>story</th><th>of</th><th>verdict</th></tr></thead><tbody>',
        ...stories.map(
          ({id, name, moral, of, verdict, why}) =>
            `<tr><td class="name" title="${escaped(`${id}: ${moral}`)}">${escaped(name)}</td><td>${escaped(of)}</td>` +
            `<td>${escaped(why === null ? verdict : `${verdict}: ${why}`)}</td></tr>`,
        ),
        '</tbody></table></div>',
      ];

const rulesHtml = (rules: readonly LineOf<'rule'>[]): readonly string[] =>
  rules.length === 0
    ? []
    : [
        '<h2>Rules</h2>',
        '<ol class="matrix">',
        ...rules.map(
          ({rule, verdict, steps, supposed}) =>
            `<li class="${verdict}" title="${escaped(ruleText(rule) ?? '')}">` +
            `${escaped(rule)}<small>${[verdict, ...(steps + supposed === 0 ? [] : [count(steps + supposed)])].join(', ')}</small></li>`,
        ),
        '</ol>',
      ];

const plansHtml = (plans: readonly LineOf<'plan'>[]): readonly string[] =>
  plans.length === 0
    ? []
    : [
        '<h2>Plans</h2>',
        '<div class="wide"><table><thead><tr><th>plan</th><th>whole</th><th class="number">steps</th>',
        '<th class="number">situations</th><th class="number">rejected</th></tr></thead><tbody>',
        ...plans.map(
          ({name, isComplete, steps, situations, rejected}) =>
            `<tr><td class="name">${escaped(name)}</td><td>${isComplete ? 'yes' : 'no'}</td>${[
              steps,
              situations,
              rejected,
            ]
              .map(value => `<td class="number">${count(value)}</td>`)
              .join('')}</tr>`,
        ),
        '</tbody></table></div>',
      ];
