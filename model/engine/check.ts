import {builder} from '../define/builder.js';
import type {Model} from '../define/model.js';
import {chosen, type Options} from '../define/options.js';
import type {System} from '../define/system.js';
import type {Coverage, Result} from '../report/result.js';
import {ModelError, shown} from './errors.js';
import type {CheckLimits} from './limits.js';
import {retrace} from './retrace.js';
import {type Found, search} from './search.js';

/** Builds a model's system with these options; whatever the author's code throws becomes a ModelError. */
export const systemOf = <O extends Options>(model: Model<O>, choices: Readonly<Record<string, unknown>>): System => {
  const options = chosen(model.options, choices);
  const {m, system} = builder();
  try {
    model.build(m, options);
  } catch (error) {
    throw new ModelError(
      `model ${model.name} cannot be built: ${error instanceof Error ? error.message : shown(error)}`,
      {
        cause: error,
      },
    );
  }
  return system();
};

/**
 * Explores every reachable state of a model, breadth first. `choices` are its options by name; the others have their defaults.
 * Throws a RangeError for a bad option and a ModelError for a broken model. A search that was cut short never says `holds`.
 */
export const check = async <O extends Options>(
  model: Model<O>,
  choices: Readonly<Record<string, unknown>> = {},
  limits: CheckLimits = {},
): Promise<Result> => {
  const started = performance.now();
  const system = systemOf(model, choices);
  const found = await search(system, limits, {recording: false});
  const [failure] = [...found.failures].sort((a, b) => rank(system, a) - rank(system, b));
  const violation =
    failure === undefined
      ? null
      : {property: failure.property, kind: failure.kind, trace: await retrace(system, failure)};
  return {
    model: model.name,
    options: chosen(model.options, choices),
    verdict: violation !== null ? 'violated' : found.cut === null ? 'holds' : 'incomplete',
    complete: violation === null && found.cut === null,
    reason: violation !== null ? 'stopped at the first violation' : found.cut,
    distinct: found.distinct,
    generated: found.generated,
    depth: found.depth,
    seconds: (performance.now() - started) / 1000,
    peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
    violation,
    coverage: coverageOf(system, found),
  };
};

/** Failures of states come before failures of steps, which are one step longer; then the order of declaration decides. */
const rank = (system: System, {property, successor}: Found['failures'][number]): number => {
  const order = [...system.invariants, ...system.steps, ...system.quiescent].findIndex(({name}) => name === property);
  return (successor === null ? 0 : 1000) + (order < 0 ? 999 : order);
};

const coverageOf = (system: System, {expander}: Found): Coverage => {
  const {transitions, hits, store} = expander;
  const actions = system.actions.map(({name}) => ({name, generated: 0, distinct: 0}));
  const rules = new Map<string, number>(system.rules.map(id => [id, 0]));
  transitions.leaves.forEach(({instance, effects}, leaf) => {
    if (instance < 0) return;
    const count = hits[leaf] ?? 0;
    const action = actions[transitions.instances[instance]!.action]!;
    action.generated += count * effects.length;
    action.distinct += store.fresh[leaf] ?? 0;
    for (const effect of effects) for (const id of effect.rules) rules.set(id, (rules.get(id) ?? 0) + count);
  });
  return {
    actions,
    rules: [...rules].map(([id, generated]) => ({id, generated})).sort((a, b) => (a.id < b.id ? -1 : 1)),
    neverFired: {
      actions: actions.filter(({generated}) => generated === 0).map(({name}) => name),
      rules: [...rules].filter(([, generated]) => generated === 0).map(([id]) => id),
    },
  };
};
