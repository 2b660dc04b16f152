// Merged coverage for a person.

import {columns, wrapped} from '../../model/report/layout.js';
import {count} from '../../model/report/numbers.js';
import type {MergedCoverage, RuleState} from './coverage.js';

const WORDS: Readonly<Record<RuleState, string>> = {
  violated: 'violated',
  exercised: 'exercised',
  'not-reached': 'not reached',
};

/** First how many rules, then what is violated or was never reached, then each rule with its counts. */
export const coverageText = ({rules, plans, roles}: MergedCoverage): string => {
  const named = (wanted: RuleState): readonly string[] =>
    rules.filter(({state}) => state === wanted).map(({rule}) => rule);
  const part = (title: string, names: readonly string[]): readonly string[] =>
    names.length === 0 ? [] : [wrapped(`${title}: ${names.join(', ')}.`, 2)];
  const never = roles?.filter(({steps}) => steps === 0).map(({change}) => change) ?? [];
  return [
    [
      `${named('exercised').length} of ${rules.length} rules exercised, ${named('violated').length} violated, ` +
        `${named('not-reached').length} not reached.`,
      ...part('Violated', named('violated')),
      ...part('Not reached', named('not-reached')),
      ...(roles === null ? [] : [`${roles.length - never.length} of ${roles.length} changes of role seen in logs.`]),
      ...part('Never seen', never),
    ].join('\n'),
    table(
      ['rule', 'level', 'state', 'in cases', 'in logs', 'violated in'],
      rules.map(({rule, level, state, cases, logs, violated}) => [
        rule,
        level,
        WORDS[state],
        count(cases),
        count(logs),
        violated.join(', '),
      ]),
      [3, 4],
    ),
    ...(plans.length === 0
      ? []
      : [
          table(
            ['module', 'plan', 'whole', 'situations', 'pairs'],
            plans.map(({module, plan, isComplete, situations, pairs}) => [
              module,
              plan,
              isComplete ? 'yes' : 'no',
              count(situations),
              count(pairs),
            ]),
            [3, 4],
          ),
        ]),
    ...(roles === null
      ? []
      : [
          table(
            ['change of role', 'in logs'],
            roles.map(({change, steps}) => [change, count(steps)]),
            [1],
          ),
        ]),
  ].join('\n\n');
};

const table = (head: readonly string[], rows: readonly (readonly string[])[], right: readonly number[]): string =>
  columns([head, ...rows], right).join('\n');
