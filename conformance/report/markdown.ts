import {count, duration} from '../../model/report/numbers.js';
import {PLAIN} from '../../model/report/paint.js';
import {printable} from '../../model/report/value.js';
import {diagramOf} from './diagram.js';
import type {Line} from './stream.js';
import {errorText, expectedText, linesOf, type Replay} from './summary.js';
import {failureText} from './text.js';

const SIGNS = {pass: '✅', fail: '❌', error: '💥', inconclusive: '❔'} as const;

/** A run for the summary of a CI job. */
export const markdownOf = (lines: readonly Line[], replay: Replay): string => {
  const [run] = linesOf(lines, 'run');
  const [hello] = linesOf(lines, 'hello');
  const [end] = linesOf(lines, 'end');
  const verdict = end?.verdict ?? 'inconclusive';
  const who = textIn(hello?.implementation['name']);
  const isBroken = end?.outcome != null;
  const reason = end?.reason == null || isBroken ? '' : `\n\n${textIn(end.reason)}`;
  const rows = linesOf(lines, 'plan').map(({name, isComplete, steps, situations, rejected}) =>
    [name, isComplete ? 'yes' : '**no**', count(steps), count(situations), count(rejected)].join(' | '),
  );
  const stories = linesOf(lines, 'story');
  const untold = stories.flatMap(({name, verdict: each}) => (each === 'pass' ? [] : [`${name} | ${each}`]));
  const rules = linesOf(lines, 'rule');
  const others = rules.filter(each => each.verdict !== 'pass');
  return [
    `## ${SIGNS[verdict]} holdfast ${run?.module ?? ''}: ${verdict}${end?.level == null ? '' : ` (level ${end.level})`}`,
    `${who}${reason}`,
    ...(isBroken ? [fenced('text', errorText(end, PLAIN))] : []),
    ...linesOf(lines, 'failure').map(failure =>
      [
        `### ${failure.broken[0]?.rule ?? 'unknown rule'}${expectedText(lines, failure)}, ${failure.case}`,
        fenced('mermaid', diagramOf(failure)),
        fenced('text', failureText(failure, PLAIN, replay(failure))),
      ].join('\n\n'),
    ),
    ['plan | whole | steps | situations | rejected', '--- | --- | ---: | ---: | ---:', ...rows].join('\n'),
    ...(stories.length === 0
      ? []
      : [
          `${stories.filter(each => each.verdict === 'pass').length} of ${stories.length} stories told to the end.` +
            (untold.length === 0 ? '' : ' The others:'),
          ...(untold.length === 0 ? [] : [['story | verdict', '--- | ---', ...untold].join('\n')]),
        ]),
    `${rules.length - others.length} of ${rules.length} rules kept.${others.length === 0 || isBroken ? '' : ' The others:'}`,
    ...(others.length === 0 || isBroken
      ? []
      : [['rule | verdict', '--- | ---', ...others.map(({rule, verdict: each}) => `${rule} | ${each}`)].join('\n')]),
    `${run?.suite ?? ''}, ${duration(end?.seconds ?? 0)}.\n`,
  ].join('\n\n');
};

/** A block of code, which nothing in it ends. */
const fenced = (language: string, text: string): string => {
  const runs = [...text.matchAll(/`+/g)].map(([run]) => run.length);
  const fence = '`'.repeat(Math.max(3, ...runs.map(length => length + 1)));
  return [`${fence}${language}`, text, fence].join('\n');
};

/** Text of a subject's own, which must not become markup. */
const textIn = (value: unknown): string => printable(String(value ?? '')).replace(/[<>&[\]()*_`|#!\\]/g, '\\$&');
