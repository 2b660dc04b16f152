// A run as one HTML page that needs nothing else: no script, no font, no network.

import {count, duration, memory, rounded} from '../numbers.js';
import type {Result} from '../result.js';
import {printable, textOf} from '../value.js';
import {accusation, scope} from '../verdict.js';
import {counterexampleHtml} from './counterexample.js';
import {coverageHtml} from './coverage.js';
import {escaped} from './escape.js';
import {STYLE} from './style.js';

/** Forbids the page whatever it does not need, should a name in it ever get the better of it. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

const explanation = (result: Result): string => {
  const {violation, reason} = result;
  if (violation !== null) return `${accusation(result, violation)}.`;
  return result.verdict === 'incomplete' ? `Incomplete: ${printable(reason ?? 'cut short')}.` : '';
};

const figures = (result: Result): readonly (readonly [string, string])[] => [
  ['distinct states', count(result.distinct)],
  ['generated', count(result.generated)],
  ['depth', count(result.depth)],
  ['time', duration(result.seconds)],
  ['generated/s', rounded(result.generated / Math.max(result.seconds, 1e-3))],
  ['peak memory', memory(result.peakMemoryBytes)],
  ...(result.tableBytes === undefined ? [] : [['tables', memory(result.tableBytes)] as const]),
];

const listOf = (pairs: readonly (readonly [string, string])[]): string =>
  `<dl>${pairs.map(([name, value]) => `<div><dt>${escaped(name)}</dt><dd>${escaped(value)}</dd></div>`).join('')}</dl>`;

const optionsHtml = (options: Result['options']): readonly string[] => {
  const pairs = Object.entries(options).map(([name, value]) => [name, textOf(value)] as const);
  return pairs.length === 0 ? [] : ['<h2>Options</h2>', listOf(pairs)];
};

/** The page. `title` names the model with the options that were chosen, as one would say them. */
export const pageOf = (result: Result, title: string, version: string): string => {
  const {verdict, violation} = result;
  const property = violation === null ? '' : `: ${violation.property}`;
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${escaped(POLICY)}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escaped(`${verdict}: ${title}${property}`)}</title>`,
    `<style>${STYLE}</style>`,
    '<header>',
    `<h1><span class="verdict ${verdict}">${verdict}</span>${escaped(property)}</h1>`,
    `<p><code>holdfast check ${escaped(title)}</code></p>`,
    '</header>',
    '<main>',
    `<p>${escaped(explanation(result))} ${escaped(scope(result))}</p>`,
    listOf(figures(result)),
    ...(violation === null ? [] : counterexampleHtml(result, violation)),
    ...coverageHtml(result.coverage),
    ...optionsHtml(result.options),
    '</main>',
    `<footer class="faint"><p>holdfast ${escaped(version)}</p></footer>`,
    '</html>',
    '',
  ].join('\n');
};
