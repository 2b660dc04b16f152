// A trace as a sequence diagram: the subject, and whoever it has to do with.

import {printable} from '../../model/report/value.js';
import {at} from '../canonical.js';

type Step = {
  readonly stimulus: unknown;
  readonly effects: readonly unknown[];
  readonly told: {readonly effects: readonly string[]};
  readonly rules: readonly string[];
};

type Drawn = {readonly trace: readonly Step[]; readonly differences: readonly string[]};

const WIDEST = 90;

/** What mermaid would take for its own. */
const words = (value: unknown): string => {
  const text = printable(typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));
  const short = text.length > WIDEST ? `${text.slice(0, WIDEST)}...` : text;
  return short.replace(/[#;]/g, ' ').replace(/["{}]/g, '').replaceAll(',', ', ');
};

/** Who stands at the other end of an event or effect. */
export const partnerOf = (value: unknown): string => {
  const host = at(value, ['from']) ?? at(value, ['to']) ?? at(value, ['host']);
  if (typeof host === 'string' && /^\w+$/.test(host)) return host;
  const named = at(value, ['type']);
  const type = typeof named === 'string' ? named : '';
  if (/Storage|Access|^Set$|^Reply$|^View/.test(type)) return 'storage';
  return /Request|Report/.test(type) ? 'platform' : 'world';
};

/** Whether this effect is wrong there: what the nearest alternative has too is not. */
export const isWrong = ({told, rules}: Step, effect: number, {differences}: Pick<Drawn, 'differences'>): boolean =>
  rules.length === 0 && differences.some(each => each.endsWith(`: ${told.effects[effect]}`));

const labelOf = (value: unknown): string => {
  const {
    type,
    from: _,
    to: __,
    ...rest
  } = (typeof value === 'object' && value !== null ? value : {type: value}) as Record<string, unknown>;
  const message = rest['message'];
  if (typeof message === 'object' && message !== null) {
    const {type: kind, ...fields} = message as Record<string, unknown>;
    return words(`${words(kind)} ${words(fields)}`);
  }
  return words(`${words(type)} ${Object.keys(rest).length === 0 ? '' : words(rest)}`.trim());
};

/** In mermaid's language. What is wrong in the last step is marked. */
export const diagramOf = ({trace, differences}: Drawn): string => {
  const partners = trace.flatMap(({stimulus, effects}) => [stimulus, ...effects].map(partnerOf));
  return [
    'sequenceDiagram',
    ...[...new Set(partners)].map(name => `  participant ${name}`),
    '  participant subject',
    ...trace.flatMap(step => [
      `  ${partnerOf(step.stimulus)}->>subject: ${labelOf(step.stimulus)}`,
      ...step.effects.map((effect, index) => {
        const arrow = isWrong(step, index, {differences}) ? '-x' : '->>';
        return `  subject-${arrow}${partnerOf(effect)}: ${labelOf(effect)}`;
      }),
      ...(step.rules.length === 0 ? ['  Note over subject: not allowed here'] : []),
    ]),
  ].join('\n');
};
