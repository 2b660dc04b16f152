// The kill matrix as files: a page for people, and the cases of the core lane.

import {columns} from '../../model/report/layout.js';
import type {RuleId} from '../../src/index.js';
import type {ModuleName} from '../adapter/protocol.js';
import type {Kill, Matrix} from './matrix.js';

/** The command that writes both files. */
export const COMMAND = 'holdfast conform mutants --run --out conformance';

export type Matrices = readonly {readonly module: ModuleName; readonly matrix: Matrix}[];

/** What all of it comes to. */
export const countsOf = (matrices: Matrices) => {
  const kills = matrices.flatMap(({matrix}) => matrix.kills);
  const steps = kills.flatMap(({found}) => (found === null ? [] : [found.steps])).sort((a, b) => a - b);
  const equivalent = kills.filter(kill => kill.found === null && kill.equivalent !== null).length;
  return {
    mutants: kills.length,
    killed: steps.length,
    equivalent,
    undecided: kills.length - steps.length - equivalent,
    median: steps[Math.floor(steps.length / 2)] ?? 0,
    longest: steps.at(-1) ?? 0,
    core: matrices.reduce((sum, {matrix}) => sum + matrix.core.length, 0),
    first: kills.filter(({breaks, found}) => found?.rules[0] === breaks).length,
    blamed: kills.filter(isBlamed).length,
    silent: matrices.flatMap(({matrix}) => matrix.stories.filter(({finds}) => finds.length === 0)).length,
    missed: kills.filter(({found, core}) => found !== null && core.length === 0 && !isWhole(found)).length,
  };
};

/** Whether each lane has all that finds it. */
const isWhole = ({plan, isNarrow}: NonNullable<Kill['found']>): boolean => isNarrow || plan === 'stories';

/** Whether the suite names the rule that its author broke, or first one that they do as well to read. */
export const isBlamed = ({breaks, reads, found}: Kill): boolean =>
  found !== null && (found.rules.includes(breaks) || (reads !== null && found.rules[0] === reads.rule));

/** The counts as one sentence. */
export const countsText = (matrices: Matrices): string => {
  const {mutants, killed, equivalent, undecided, median, longest, core, missed, first, blamed} = countsOf(matrices);
  return [
    `${killed} of ${mutants} mutants are killed, ${equivalent} certified equivalent, ${undecided} undecided.`,
    `The shortest trace has ${median} steps in the median, ${longest} at most.`,
    `The rule to read is named for ${blamed} of ${killed}, and the broken one first for ${first}.`,
    `${core} core cases find all that can be found${missed === 0 ? '' : ` but ${missed}`}.`,
  ].join(' ');
};

const ruleOf = ([first, ...others]: readonly RuleId[], breaks: RuleId, reads: Kill['reads']): string => {
  if (first === undefined) return 'unknown';
  if (others.includes(breaks)) return `${first}, then ${breaks}`;
  return first !== breaks && first === reads?.rule ? `${first}: ${reads.why}` : first;
};

const rowOf = ({mutant, breaks, reads, found, equivalent, core}: Kill): readonly string[] => {
  if (found === null) {
    return [breaks, mutant, equivalent === null ? 'undecided' : `equivalent: ${equivalent} situations`, '', '', '', ''];
  }
  const {rules, plan, case: id, steps, isNarrow} = found;
  const cases = core.length === 0 && isNarrow ? 'all of the plan' : core.join(' ');
  return [breaks, mutant, ruleOf(rules, breaks, reads), plan, id, String(steps), cases];
};

const HEAD = ['breaks', 'it ...', 'found by', 'plan', 'case', 'steps', 'core cases that find it'];

/** The matrix, a table for each module. */
export const pageOf = (matrices: Matrices): string =>
  [
    `<!-- Written by: ${COMMAND} -->`,
    '# What finds which mutant',
    'Each mutant is the reference with one fault. The lane `full` finds it in the case that is named, which is a shortest',
    'one; the lane `core` has those of the last column. What nothing can tell from the reference is certified by a search',
    'through the product of the two: in no situation does it do what is not allowed.',
    '',
    countsText(matrices),
    ...matrices.flatMap(({module, matrix}) => [
      '',
      `## ${module}`,
      '',
      `| ${HEAD.join(' | ')} |`,
      `|${HEAD.map(() => '---|').join('')}`,
      ...matrix.kills.map(kill => `| ${rowOf(kill).join(' | ')} |`),
      '',
      '| story | of | id | mutants that it finds | leave something outstanding | for example one that ... |',
      '|---|---|---|---|---|---|',
      ...matrix.stories.map(({id, name, of, finds, owing}) => {
        const telling = [...owing, ...finds.filter(each => !owing.includes(each))].slice(0, 3).join('; ');
        return `| ${name} | ${of} | ${id} | ${finds.length} | ${owing.length} | ${telling} |`;
      }),
    ]),
    '',
  ].join('\n');

/** The core cases as a module of this suite. */
export const coreSource = (matrices: Matrices): string =>
  [
    `// Written by: ${COMMAND}`,
    '// The fewest cases that come to every rule and find every mutant, as a greedy cover of the kill matrix has them.',
    '',
    "import type {ModuleName} from '../adapter/protocol.js';",
    "import type {WrittenCase} from './cases.js';",
    '',
    'export const CORE: Readonly<Partial<Record<ModuleName, readonly WrittenCase[]>>> = {',
    ...matrices.flatMap(({module, matrix}) => [
      `  ${module}: [`,
      ...matrix.core.map(
        ({id, plan, policy, choices}) =>
          `    {id: '${id}', plan: '${plan}', policy: '${policy}', choices: '${choices}'},`,
      ),
      '  ],',
    ]),
    '};',
    '',
  ].join('\n');

/** The same for a terminal. */
export const matrixLines = (matrices: Matrices): readonly string[] =>
  columns(matrices.flatMap(({module, matrix}) => matrix.kills.map(kill => [module, ...rowOf(kill).slice(0, 6)])));
