// A trace as a sequence diagram: the subject, and whoever it has to do with.

import {printable} from '../../model/report/value.js';
import {at} from '../canonical.js';

type Step = {readonly stimulus: unknown; readonly effects: readonly unknown[]; readonly rules: readonly string[]};

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
  const type = String(at(value, ['type']));
  if (/Storage|Access|^Set$|^Reply$|^View/.test(type)) return 'storage';
  if (/Timer/.test(type)) return 'clock';
  return /Request|Report/.test(type) ? 'platform' : 'world';
};

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
    return words(`${kind} ${words(fields)}`);
  }
  return words(`${type} ${Object.keys(rest).length === 0 ? '' : words(rest)}`.trim());
};

/** In mermaid's language. The last step that nothing allows is marked. */
export const diagramOf = (trace: readonly Step[]): string => {
  const partners = trace.flatMap(({stimulus, effects}) => [stimulus, ...effects].map(partnerOf));
  return [
    'sequenceDiagram',
    ...[...new Set(partners)].map(name => `  participant ${name}`),
    '  participant subject',
    ...trace.flatMap(({stimulus, effects, rules}) => [
      `  ${partnerOf(stimulus)}->>subject: ${labelOf(stimulus)}`,
      ...effects.map(
        effect => `  subject-${rules.length === 0 ? '-x' : '->>'}${partnerOf(effect)}: ${labelOf(effect)}`,
      ),
      ...(rules.length === 0 ? ['  Note over subject: not allowed here'] : []),
    ]),
  ].join('\n');
};
