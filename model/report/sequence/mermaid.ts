// A story as a Mermaid sequence diagram. Dotted arrows are messages sent, solid ones messages received, crossed ones
// lost.

import {wrapped} from '../layout.js';
import type {Result, Violation} from '../result.js';
import {printable} from '../value.js';
import type {Message} from './messages.js';
import {type Story, storyOf} from './story.js';

const COLUMNS = 48;

/** Everything that Mermaid, or the page that it draws in, could take for syntax, as a numbered entity. */
const encoded = (text: string): string =>
  text.replace(/[^\p{L}\p{N} _.,:()[\]{}+*/=!?'-]/gu, character => `#${character.codePointAt(0)};`);

/** A label of several lines. */
const label = (text: string): string => wrapped(printable(text), 0, COLUMNS).split('\n').map(encoded).join('<br/>');

/** The number keeps Mermaid from taking the first word for an instruction, as `wrap:` is one. */
const numbered = (step: number, text: string): string => `${step} ${label(text)}`;

const ARROWS = {sent: '--)', received: '->>', lost: '-x', dropped: '--x'};

/** The trace of a violation as Mermaid's text. */
export const mermaidText = (result: Result, violation: Violation): string => {
  const {lifelines, moments, messages}: Story = storyOf(result, violation);
  const {loop} = violation;
  const id = (name: string): string => `p${lifelines.indexOf(name)}`;
  const everybody = lifelines.length === 1 ? 'p0' : `p0,p${lifelines.length - 1}`;
  const over = (names: readonly string[]): string =>
    names.length === 0 ? everybody : names.length === 1 ? id(names[0] ?? '') : names.map(id).slice(0, 2).join(',');
  const note = (names: readonly string[], text: string): string => `Note over ${over(names)}: ${text}`;
  const arrow = (kind: keyof typeof ARROWS, {from, to, text}: Message, step: number): string =>
    from === null
      ? note([to], numbered(step, `${kind}: ${text}`))
      : `${id(from)}${ARROWS[kind]}${id(to)}: ${numbered(step, text)}`;

  const lines = moments.flatMap(({step, lifelines: names, text}) => [
    ...(loop !== null && step === loop + 1 ? ['loop again and again'] : []),
    ...messages.flatMap(message =>
      message.ends.filter(end => end.step === step).map(({fate}) => arrow(fate, message, step)),
    ),
    note(names, numbered(step, text)),
    ...messages.filter(({sent}) => sent === step).map(message => arrow('sent', message, step)),
  ]);
  const last = moments.length;
  return [
    'sequenceDiagram',
    `  title ${encoded(printable(`${result.model}: ${violation.property}`))}`,
    ...lifelines.map((name, i) => `  participant p${i} as ${label(name)}`),
    ...lines.map(line => `  ${line}`),
    ...(loop === null || loop === last ? [] : ['  end']),
    ...(loop === last ? [`  ${note([], 'Nothing happens any more.')}`] : []),
    '',
  ].join('\n');
};
