// What a subject may have overlooked: situations that differ from the actual one in a single respect.

import {REPAIRS, type Repairs, RULES, type Rule, type RuleId} from '../src/index.js';
import {at, canonical, type Path, replaced} from './canonical.js';
import {supposed} from './oracle/supposed.js';
import type {Mistake} from './specification.js';

const RULE_IDS = Object.keys(RULES) as RuleId[];

/** As if one repair were switched the other way. The rules that speak of it are those that depend on it. */
export const repairMistakes = <Config extends {readonly repairs: Repairs}, Stimulus>(
  config: Config,
  stimulus: Stimulus,
): readonly Mistake<Config, Stimulus>[] =>
  REPAIRS.map(repair => {
    const isOn = config.repairs[repair];
    return {
      asIf: `the repair ${repair} were ${isOn ? 'off' : 'on'}`,
      config: {...config, repairs: {...config.repairs, [repair]: !isOn}},
      stimulus,
      rules: RULE_IDS.filter(id => {
        const rule: Rule = RULES[id];
        return rule.with.includes(repair) || rule.without.includes(repair);
      }),
    };
  });

/**
 * As if one part of the stimulus had another of the values that it can have; only such of the same type count, and null
 * where there may be none. `decides` are the rules that say what it is good for.
 */
export const factMistakes = <Config, Stimulus>(
  config: Config,
  stimulus: Stimulus,
  path: Path,
  values: readonly unknown[],
  decides: readonly RuleId[] = [],
): readonly Mistake<Config, Stimulus>[] => {
  const actual = at(stimulus, path);
  const isNullable = values.includes(null) && (actual === null || values.includes(actual));
  return values
    .filter(value => isNullable || typeof value === typeof actual)
    .filter(value => canonical(value) !== canonical(actual))
    .map(value => ({
      asIf: supposed(path.join('.'), actual, value),
      config,
      stimulus: replaced(stimulus, path, value),
      rules: null,
      decides,
    }));
};
