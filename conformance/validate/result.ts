// What is said of logs, once all that could be judged was.

import type {Foreign} from './foreign.js';
import {NOTHING_TOLD} from './found.js';
import type {LogFile} from './log-file.js';
import {type Answer, VALIDATION_FORMAT, type Validation, type Violation} from './validation.js';

/** What was counted on the way. */
type Tally = Pick<Validation, 'assumed' | 'assumptions'> & {
  readonly foreign: Foreign;
  readonly matched: number;
  readonly unknown: number;
};

export const resultOf = (
  logs: readonly LogFile[],
  violation: Violation | null,
  bound: string | null,
  {foreign, matched, unknown, assumed, assumptions}: Tally,
): Validation => {
  const strands = logs.flatMap(log => log.strands);
  const [stray] = logs.flatMap(({file, stray}) => (stray === null ? [] : [{file, ...stray}]));
  const found: Violation | null =
    violation ?? (stray === undefined ? null : {...NOTHING_TOLD, ...stray, kind: 'form', host: '', seq: null});
  const unjudged = strands.flatMap(each => each.unjudged);
  const strangers = foreign.count(strands);
  const believed = unknown + foreign.count() - strangers;
  const torn = logs.filter(({isTorn}) => isTorn).map(({file}) => `the last line of ${file} is not whole`);
  const isPartial = assumptions > 0 || unjudged.length > 0 || believed > 0 || torn.length > 0;
  return {
    format: VALIDATION_FORMAT,
    answer: answerOf(found, bound, isPartial),
    reason: found?.reason ?? bound ?? torn[0] ?? foreign.reason(strands),
    lines: logs.reduce((sum, {lines}) => sum + lines, 0),
    modules: strands.map(strand => strand.report()),
    messages: {matched, foreign: strangers, unknown: believed},
    violation: found,
    assumed,
    assumptions,
    unjudged,
  };
};

const answerOf = (found: Violation | null, bound: string | null, isPartial: boolean): Answer => {
  if (found !== null) return 'violated';
  if (bound !== null) return 'inconclusive';
  return isPartial ? 'partial' : 'consistent';
};
