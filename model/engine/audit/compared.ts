import type {System} from '../../define/system.js';
import type {AuditedReduction, Flaw} from '../../report/audit.js';
import {ModelError} from '../errors.js';
import type {CheckLimits} from '../limits.js';
import {type Explored, explored} from './explored.js';

/** What tells a reduced search from the full one. A text says why a search was cut short. */
export type Comparison<T, R extends {readonly states: number}> = {
  /** What is to be seen in the full search alone, or a flaw that it shows. */
  readonly look: (full: Explored) => Promise<T | Flaw | string>;
  readonly search: (full: Explored) => Promise<R | string>;
  readonly compare: (full: Explored, reduced: R, seen: T) => Promise<Flaw | null>;
};

/** Searches without and with a reduction and compares; `look` may see a flaw before the second search. */
export const compared = async <T, R extends {readonly states: number}>(
  reduction: AuditedReduction['reduction'],
  system: System,
  limits: CheckLimits,
  {look, search, compare}: Comparison<T, R>,
): Promise<AuditedReduction> => {
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
    const all = await explored(system, limits);
    if (typeof all === 'string') return incomplete(`the full search is incomplete: ${all}`);
    counts.full = all.states;
    const seen = await look(all);
    if (typeof seen === 'string') return incomplete(`the reduced search is incomplete: ${seen}`);
    if (isFlaw(seen)) return refuted(seen);
    const some = await unlessBroken(() => search(all));
    if (typeof some === 'string') return incomplete(`the reduced search is incomplete: ${some}`);
    if (isFlaw(some)) return refuted(some);
    counts.reduced = some.states;
    const flaw = await compare(all, some, seen);
    return flaw === null ? {reduction, verdict: 'proved', reason: null, ...counts, flaw} : refuted(flaw);
  } catch (error) {
    if (limits.signal?.aborted === true) return incomplete('interrupted');
    throw error;
  }
};

const isFlaw = (seen: unknown): seen is Flaw => typeof seen === 'object' && seen !== null && 'claim' in seen;

/** The full search showed the model to be sound in itself: what breaks it now is the reduction. */
const unlessBroken = async <R>(search: () => Promise<R>): Promise<R | Flaw> => {
  try {
    return await search();
  } catch (error) {
    if (error instanceof ModelError) return {claim: error.message, states: []};
    throw error;
  }
};
