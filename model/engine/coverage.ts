import type {System} from '../define/system.js';
import type {Coverage, Warning} from '../report/result.js';
import type {Expander} from './expand.js';

/** How often each action (by its number) and each rule applied. */
export type Tally = {
  readonly actions: readonly {readonly generated: number; readonly distinct: number}[];
  readonly rules: readonly (readonly [string, number])[];
  /** The claims that nothing which was met could have broken. */
  readonly idle: readonly Warning[];
};

/** What one expander did. */
export const tallyOf = (system: System, expander: Expander): Tally => {
  const {transitions, successors, properties} = expander;
  const hits = expander.hits();
  const actions = system.actions.map(() => ({generated: 0, distinct: 0}));
  const rules = new Map<string, number>();
  transitions.leaves.forEach(({instance, effects}, leaf) => {
    if (instance < 0) return;
    const count = hits[leaf] ?? 0;
    const action = actions[transitions.instances[instance]!.action]!;
    action.generated += count * effects.length;
    action.distinct += successors.fresh[leaf] ?? 0;
    for (const effect of effects) for (const id of effect.rules) rules.set(id, (rules.get(id) ?? 0) + count);
  });
  return {actions, rules: [...rules], idle: properties.idle(system)};
};

/** The sum of several tallies, with what never fired. */
export const coverageOf = (system: System, tallies: readonly Tally[]): Coverage => {
  const actions = system.actions.map(({name}, n) => ({
    name,
    generated: tallies.reduce((sum, {actions: each}) => sum + each[n]!.generated, 0),
    distinct: tallies.reduce((sum, {actions: each}) => sum + each[n]!.distinct, 0),
  }));
  const rules = new Map<string, number>(system.rules.map(id => [id, 0]));
  for (const {rules: each} of tallies) for (const [id, count] of each) rules.set(id, (rules.get(id) ?? 0) + count);
  return {
    actions,
    rules: [...rules].map(([id, generated]) => ({id, generated})).sort((a, b) => (a.id < b.id ? -1 : 1)),
    neverFired: {
      actions: actions.filter(({generated}) => generated === 0).map(({name}) => name),
      rules: [...rules].filter(([, generated]) => generated === 0).map(([id]) => id),
    },
  };
};

/** The claims that were idle for all. */
export const idleIn = (tallies: readonly Tally[]): readonly Warning[] => {
  const [first, ...others] = tallies;
  return (first?.idle ?? []).filter(({property, reason}) =>
    others.every(({idle}) => idle.some(each => each.property === property && each.reason === reason)),
  );
};
