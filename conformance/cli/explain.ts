// `holdfast conform explain FB-06`

import type {Command} from 'commander';
import {hint} from '../../model/cli/nearest.js';
import {print} from '../../model/cli/output.js';
import {Refusal} from '../../model/cli/refusal.js';
import {wrapped} from '../../model/report/layout.js';
import {profile, RULES, type Rule, type RuleId} from '../../src/index.js';
import {OUTSIDE} from '../outside.js';
import {ruleArticle} from '../report/rule-text.js';
import {MODULES, withModule} from '../suites.js';
import {EXIT} from './exit.js';

export const addExplain = (made: Command, leave: (code: number) => void): void => {
  made
    .command('explain')
    .description('say what a rule demands, and which faults it is known to find')
    .argument('<rule>', 'a rule, as FB-06')
    .action((name: string) => leave(explain(name.toUpperCase())));
};

const explain = (name: string): number => {
  const rules: Readonly<Record<string, Rule>> = RULES;
  const rule = rules[name];
  if (rule === undefined) throw new Refusal(`there is no rule ${name}${hint(name, Object.keys(RULES))}`);
  const modules = MODULES.filter(module =>
    withModule(module, profile('hardened'), 'full', ({specification}) =>
      specification.chapters.includes(name.slice(0, 2)),
    ),
  );
  const faults = MODULES.flatMap(module =>
    withModule(module, profile('hardened'), 'full', (_, mutants) =>
      mutants.filter(({breaks}) => breaks === name).map(mutant => `one that ${mutant.name}`),
    ),
  );
  print(`${name} (${rule.level})`);
  for (const line of ruleArticle(name)) print(wrapped(line, 2));
  for (const module of modules) {
    const why = OUTSIDE[module][name as RuleId];
    if (why !== undefined) print(wrapped(`Not of the profile ${module}: ${why}.`, 2));
  }
  const judged = modules.filter(module => OUTSIDE[module][name as RuleId] === undefined);
  print(judged.length === 0 ? 'No module is judged by it alone.' : `Judged in: ${judged.join(', ')}.`);
  if (faults.length > 0) print(wrapped(`Known to find: ${faults.join('; ')}.`, 2));
  return EXIT.pass;
};
