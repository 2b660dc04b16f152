// A story as a space-time diagram in SVG: time runs down, a row for each step, and a message is a line from where it
// was sent to where it was received. Colours and fonts come from the style of the page.

import {escaped} from '../html/escape.js';
import type {Message} from './messages.js';
import type {Moment, Story} from './story.js';

/**
 * Sizes in pixels: a row, the head, the margin right of the last lifeline, and how far a way back to its sender
 * bends.
 */
const ROW = 36;
const HEAD = 46;
const MARGIN = 150;
const BEND = 46;
/** The distance of lifelines, from least to most, and the width that they share as far as they can. */
const GAP = {least: 190, most: 340, shared: 620};
/** The column of the steps' names: as wide as they are, up to this. */
const NAMES = 240;
/** About as wide as a character is, in the small type of a message and in that of a step. */
const SMALL = 6.1;
const LARGE = 7;

const short = (text: string, pixels: number, perCharacter: number): string => {
  const most = Math.floor(pixels / perCharacter);
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
};

const words = (className: string, x: number, y: number, content: string, anchor = 'start'): string =>
  `<text class="${className}" x="${x}" y="${y}" text-anchor="${anchor}">${escaped(content)}</text>`;

/** One way of a message, down to a row. */
type Flight = {
  readonly message: Message;
  readonly fate: 'received' | 'lost' | 'dropped' | 'underWay';
  readonly row: number;
};

/** Every way of every message. Those that are under way in the end get rows of their own, below the last step. */
const flightsOf = ({messages, moments}: Story): readonly Flight[] => {
  const underWay = messages.filter(({ends}) => ends.length === 0);
  return messages.flatMap((message): readonly Flight[] =>
    message.ends.length === 0
      ? [{message, fate: 'underWay', row: moments.length + 1 + underWay.indexOf(message)}]
      : message.ends.map(({step, fate}) => ({message, fate, row: step})),
  );
};

const MARKERS = [
  '<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">',
  '<path class="head" d="M0 0 L8 4 L0 8 z"/></marker>',
  '<marker id="cross" viewBox="0 0 8 8" refX="4" refY="4" markerWidth="9" markerHeight="9" orient="auto">',
  '<path class="cross" d="M0 0 L8 8 M8 0 L0 8"/></marker></defs>',
];
const MARKER_OF = {received: 'head', lost: 'cross', dropped: 'cross', underWay: 'none'};

/** The diagram. Each step links to the element `step-N` of the page. `loop` is that of the violation. */
export const svgOf = (story: Story, loop: number | null): string => {
  const {lifelines, moments} = story;
  const flights = flightsOf(story);
  const last = Math.max(moments.length, ...flights.map(({row}) => row));
  const names = Math.min(NAMES, 60 + LARGE * Math.max(0, ...moments.map(({name}) => name.length)));
  const gap = Math.max(GAP.least, Math.min(GAP.most, GAP.shared / (lifelines.length - 1)));
  const width = names + 50 + (lifelines.length - 1) * gap + MARGIN;
  const height = HEAD + (last + 1) * ROW;
  const xOf = (name: string): number => names + 50 + lifelines.indexOf(name) * gap;
  const yOf = (row: number): number => HEAD + ROW * row;

  /**
   * Where a message begins and ends, and which way it goes: to the right, to the left, or back to the lifeline that
   * it comes from. Of a message from nobody it is known only where it arrived.
   */
  const courseOf = ({message: {from, to, sent}, row}: Flight) => {
    const [x1, x2] = [xOf(from ?? to), xOf(to)];
    return {x1, x2, y1: yOf(sent ?? 0), y2: yOf(row), way: x1 < x2 ? 'right' : x1 > x2 ? 'left' : 'back'} as const;
  };
  const pathOf = (flight: Flight): string => {
    const {x1, y1, x2, y2, way} = courseOf(flight);
    const d =
      way === 'back'
        ? `M${x1} ${y1} C${x1 + BEND} ${y1}, ${x1 + BEND} ${y2}, ${x2 + 5} ${y2}`
        : `M${x1} ${y1} L${way === 'right' ? x2 - 5 : x2 + 5} ${y2}`;
    return `<path class="${flight.fate}" d="${d}" marker-end="url(#${MARKER_OF[flight.fate]})"/>`;
  };
  const labelOf = (flight: Flight): string => {
    const {x1, x2, y2, way} = courseOf(flight);
    const {message, fate} = flight;
    if (fate === 'dropped') return '';
    const isLast = message.to === lifelines.at(-1);
    const room = way === 'back' ? (isLast ? MARGIN : gap) - 20 : Math.abs(x2 - x1) - 20;
    const label = short(message.text, room, SMALL);
    const at = {right: x2 - 10, left: x2 + 10, back: x2 + 14}[way];
    const written = words(`message ${fate}`, at, y2 + 14, label, way === 'right' ? 'end' : 'start');
    return `<g><title>${escaped(message.text)}</title>${written}</g>`;
  };

  const dots = ({step, lifelines: [first, ...others]}: Moment): string => {
    const dot = (className: string, name: string): string =>
      `<circle class="${className}" cx="${xOf(name)}" cy="${yOf(step)}" r="4"/>`;
    return first === undefined ? '' : [dot('actor', first), ...others.map(name => dot('other', name))].join('');
  };
  const row = (moment: Moment): string => {
    const y = yOf(moment.step);
    const number = moment.number ?? moment.step;
    return [
      `<a href="#step-${number}"><title>${escaped(moment.text)}</title>`,
      `<line class="row" x1="12" y1="${y}" x2="${width}" y2="${y}"/>`,
      words('number', 26, y + 4, String(number), 'end'),
      words('name', 38, y + 4, short(moment.name, names - 44, LARGE)),
      `${dots(moment)}</a>`,
    ].join('');
  };
  const lifeline = (name: string): string =>
    [
      `<g><title>${escaped(name)}</title>`,
      `<line class="lifeline" x1="${xOf(name)}" y1="${HEAD - 12}" x2="${xOf(name)}" y2="${height - 10}"/>`,
      `${words('who', xOf(name), 22, short(name, gap - 20, LARGE), 'middle')}</g>`,
    ].join('');
  const frame = (from: number): string => {
    const y = yOf(from) + ROW / 2;
    if (from === moments.length) return words('again', width - 10, y + 4, 'nothing happens any more', 'end');
    const rect = `<rect x="4" y="${y}" width="${width - 8}" height="${(moments.length - from) * ROW}" rx="6"/>`;
    return `${rect}${words('again', width - 10, y + 14, 'again and again', 'end')}`;
  };

  const size = `viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"`;
  return [
    `<svg class="sequence" role="img" aria-label="Sequence diagram of the counterexample" ${size}>`,
    ...MARKERS,
    ...lifelines.map(lifeline),
    loop === null ? '' : frame(loop),
    ...moments.map(row),
    ...flights.map(pathOf),
    ...flights.map(labelOf),
    '</svg>',
  ].join('\n');
};
