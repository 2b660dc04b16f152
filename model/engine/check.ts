import type {Model} from '../define/model.js';
import {chosen, type Options} from '../define/options.js';
import type {System} from '../define/system.js';
import type {Result, Violation} from '../report/result.js';
import {fingerprintOf} from './checkpoint/identity.js';
import {type Keeper, keeperFor} from './checkpoint/keeper.js';
import {coverageOf, idleIn} from './coverage.js';
import type {CheckLimits} from './limits.js';
import type {Mishap} from './parallel/messages.js';
import type {Plan} from './por/plan.js';
import {type HandOver, type Searched, searchUntil} from './search.js';
import {slotsOf, systemOf} from './system.js';
import type {TemporalVerdict} from './temporal/verdict.js';
import {VERSION} from './version.js';

/**
 * Explores every reachable state of a model, breadth first. `choices` are its options by name; the others have their
 * defaults. A search that was cut short never says `holds`. Throws a RangeError for a bad option, a ModelError for a
 * broken model and a CheckpointError for a search that cannot be kept or resumed.
 */
export const check = async <O extends Options>(
  model: Model<O>,
  choices: Readonly<Record<string, unknown>> = {},
  limits: CheckLimits = {},
): Promise<Result> => {
  const declared = systemOf(model, choices);
  // A state that stands for its orbit forgets whose turn it was, which is what fairness is about.
  const system = declared.temporal.length > 0 ? {...declared, symmetries: []} : declared;
  const options = chosen(model.options, choices);
  const keeper = keeperFor(limits, () => ({
    version: VERSION,
    model: model.name,
    options,
    fingerprint: fingerprintOf(system),
  }));
  const plan = limits.reduce === undefined ? null : (await import('./por/plan.js')).planFor(system, limits);
  const reducing = typeof plan === 'string' ? null : plan;
  const found = await searchTogether(system, choices, limits, reducing, keeper);
  const [failure] = [...found.failures].sort((a, b) => rank(system, a) - rank(system, b));
  const isExplored = failure === undefined && found.cut === null;
  const temporal =
    isExplored && system.temporal.length > 0 ? await temporally(system, found, keeper, limits) : NOTHING_BROKEN;
  const violation = failure === undefined ? temporal.violation : await traced(system, failure, reducing);
  const cut = found.cut ?? temporal.cut;
  return {
    model: model.name,
    options,
    slots: slotsOf(system),
    verdict: violation !== null ? 'violated' : cut === null ? 'holds' : 'incomplete',
    complete: isExplored && cut === null,
    reason: failure !== undefined ? 'stopped at the first violation' : cut,
    distinct: found.distinct,
    generated: found.generated,
    depth: found.depth,
    seconds: keeper.seconds(),
    peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
    tableBytes: found.tableBytes,
    violation,
    coverage: coverageOf(system, found.tallies),
    warnings: isExplored && cut === null ? [...idleIn(found.tallies), ...temporal.warnings] : [],
    simulation: null,
    reductions:
      typeof plan === 'string'
        ? [{name: 'partial-order', active: false, reason: plan}]
        : plan === null
          ? []
          : [plan.report],
  };
};

// What few searches need is read when one does: to start takes longer than to explore a small model.

const NOTHING_BROKEN: TemporalVerdict = {violation: null, cut: null, warnings: []};

const temporally = async (
  system: System,
  found: Searched,
  keeper: Keeper,
  limits: CheckLimits,
): Promise<TemporalVerdict> => {
  const [{temporalVerdict}, {paceFor}] = await Promise.all([
    import('./temporal/verdict.js'),
    import('./graph/pace.js'),
  ]);
  const {distinct, generated, depth} = found;
  const pace = paceFor(limits, (activity, memoryBytes) =>
    limits.onProgress?.({distinct, generated, queue: 0, depth, seconds: keeper.seconds(), memoryBytes, activity}),
  );
  return await temporalVerdict(system, found, pace, limits.memoryBytes);
};

const traced = async (system: System, failure: Mishap, plan: Plan | null): Promise<Violation> => {
  const {retrace} = await import('./retrace.js');
  const {property, kind} = failure;
  return {property, kind, trace: await retrace(system, failure, plan), loop: null};
};

/** Searches alone, and with as many threads as are wanted once there is enough to do. */
const searchTogether = async (
  system: System,
  choices: Readonly<Record<string, unknown>>,
  limits: CheckLimits,
  plan: Plan | null,
  keeper: Keeper,
): Promise<Searched> => {
  const manner = {plan, keeping: system.temporal.length > 0};
  const {workers = 1} = limits;
  if (workers === 1) return await searchUntil(system, limits, manner, keeper, () => null);
  const [{recruited}, {crewFor}] = await Promise.all([import('./parallel/partner.js'), import('./parallel/crew.js')]);
  const threads = recruited(limits, choices);
  const handOver: HandOver = standing => crewFor(system, limits, keeper, threads, standing);
  try {
    return await searchUntil(system, limits, manner, keeper, handOver);
  } finally {
    await Promise.all(threads.map(thread => thread.end()));
  }
};

/**
 * Failures of states come before failures of steps, which are one step longer; then the order of declaration decides.
 */
const rank = (system: System, {property, onStep}: Mishap): number => {
  const order = [...system.invariants, ...system.steps, ...system.quiescent].findIndex(({name}) => name === property);
  return (onStep ? 1000 : 0) + (order < 0 ? 999 : order);
};
