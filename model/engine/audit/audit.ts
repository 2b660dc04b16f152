import type {Model} from '../../define/model.js';
import {chosen, type Options} from '../../define/options.js';
import type {System} from '../../define/system.js';
import type {Audit, AuditedReduction, Flaw} from '../../report/audit.js';
import {ModelError} from '../errors.js';
import type {CheckLimits} from '../limits.js';
import {systemOf} from '../system.js';
import {type Explored, explored} from './explored.js';
import {formFlaw} from './forms.js';
import {orbitFlaw, orbitsOf} from './orbits.js';
import {ordersAudited} from './orders.js';

type Limits = Omit<CheckLimits, 'workers' | 'source' | 'checkpoint' | 'resume'>;

/**
 * Proves the reductions of a model, at a size where the search completes without them: compares all states that it
 * finds with and without each reduction, as sets of values, and what fails in them. Normalisers: the normal forms of
 * all reachable states are the states of the reduced search, each normaliser is idempotent, the same properties fail.
 * Symmetry: renaming leads from reachable states to reachable states in which the same fails, and the reduced search
 * finds one state of each orbit. The normalisers are audited without symmetry, symmetry with the normalisers.
 * Partial-order reduction, where the model may be searched with it: whatever fails is found when it is asked for
 * alone, nothing else fails, all states are reachable ones, and the same actions and rules fire.
 *
 * Explores past violations. Throws a RangeError for a bad option and a ModelError for a model that is broken without
 * its reductions.
 */
export const audit = async <O extends Options>(
  model: Model<O>,
  choices: Readonly<Record<string, unknown>> = {},
  limits: Limits = {},
): Promise<Audit> => {
  const started = performance.now();
  const system = systemOf(model, choices);
  const reductions = await audited(system, limits);
  const verdicts = reductions.map(({verdict}) => verdict);
  const worst = (['refuted', 'incomplete', 'proved'] as const).find(verdict => verdicts.includes(verdict));
  return {
    model: model.name,
    options: chosen(model.options, choices),
    verdict: worst ?? 'nothing',
    reason: null,
    reductions,
    seconds: (performance.now() - started) / 1000,
    peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
  };
};

type Reduction = AuditedReduction['reduction'];

const audited = async (system: System, limits: Limits): Promise<readonly AuditedReduction[]> => {
  const reductions: AuditedReduction[] = [];
  const plain = {...system, symmetries: []};
  if (system.normalisers.length > 0) {
    const bare = {...plain, normalisers: []};
    reductions.push(await compared('normalisers', bare, plain, limits, async () => null, formFlaw));
  }
  if (system.symmetries.length > 0) {
    reductions.push(await compared('symmetry', plain, system, limits, orbitsOf, orbitFlaw));
  }
  const orders = await ordersAudited(system, limits);
  if (orders !== null) reductions.push(orders);
  return reductions;
};

/** What is to be seen in the full search alone, or a flaw that it shows. */
type Look<T> = (reduced: System, full: Explored, signal: AbortSignal | undefined) => Promise<T | Flaw>;

type Compare<T> = (
  reduced: System,
  searches: {readonly full: Explored; readonly reduced: Explored},
  seen: T,
  signal: AbortSignal | undefined,
) => Promise<Flaw | null>;

/** Searches without and with a reduction and compares; `look` may see a flaw before the second search. */
const compared = async <T>(
  reduction: Reduction,
  full: System,
  reduced: System,
  limits: Limits,
  look: Look<T>,
  compare: Compare<T>,
): Promise<AuditedReduction> => {
  const {signal} = limits;
  const counts: {full: number | null; reduced: number | null} = {full: null, reduced: null};
  const refuted = (flaw: Flaw): AuditedReduction => ({reduction, verdict: 'refuted', reason: null, ...counts, flaw});
  const incomplete = (reason: string): AuditedReduction => ({
    reduction,
    verdict: 'incomplete',
    reason,
    ...counts,
    flaw: null,
  });
  try {
    const all = await explored(full, limits);
    if (typeof all === 'string') return incomplete(`the full search is incomplete: ${all}`);
    counts.full = all.states;
    const seen = await look(reduced, all, signal);
    if (isFlaw(seen)) return refuted(seen);
    const some = await reducedSearch(reduced, limits);
    if (typeof some === 'string') return incomplete(`the reduced search is incomplete: ${some}`);
    if (isFlaw(some)) return refuted(some);
    counts.reduced = some.states;
    const flaw = await compare(reduced, {full: all, reduced: some}, seen, signal);
    return flaw === null ? {reduction, verdict: 'proved', reason: null, ...counts, flaw} : refuted(flaw);
  } catch (error) {
    if (signal?.aborted === true) return incomplete('interrupted');
    throw error;
  }
};

const isFlaw = (seen: unknown): seen is Flaw => typeof seen === 'object' && seen !== null && 'claim' in seen;

/** The full search showed the model to be sound in itself: what breaks it now is the reduction. */
const reducedSearch = async (system: System, limits: Limits): Promise<Explored | Flaw | string> => {
  try {
    return await explored(system, limits);
  } catch (error) {
    if (error instanceof ModelError) return {claim: error.message, states: []};
    throw error;
  }
};
