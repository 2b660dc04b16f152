// A counterexample as a file of its own.

import {itfText} from './itf.js';
import type {Result, Violation} from './result.js';
import {mermaidText} from './sequence/mermaid.js';
import {violationText} from './summary.js';
import {printable} from './value.js';

/** For people; for programs; for the tools of the TLA+ world; and as a sequence diagram. */
export type TraceFormat = 'text' | 'json' | 'itf' | 'mermaid';

/**
 * For programs: one JSON document, a line for each step. Its schema is in `README.md`; `version` counts its changes.
 */
const traceJson = ({model, options, slots}: Result, {property, kind, loop, trace}: Violation): string => {
  const head = JSON.stringify({format: 'holdfast trace', version: 1, model, options, property, kind, loop, slots});
  return `${head.slice(0, -1)},\n"steps": [\n${trace.map(step => JSON.stringify(step)).join(',\n')}\n]}\n`;
};

/** The file's text. `title` names the model with the options that were chosen, as one would say them. */
export const traceFile = (format: TraceFormat, result: Result, violation: Violation, title: string): string => {
  switch (format) {
    case 'text':
      return `${title}: ${printable(violation.property)}\n\n${violationText(result, violation)}\n`;
    case 'json':
      return traceJson(result, violation);
    case 'itf':
      return itfText(result, violation);
    case 'mermaid':
      return mermaidText(result, violation);
  }
};
