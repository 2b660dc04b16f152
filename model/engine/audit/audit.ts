import type {Model} from '../../define/model.js';
import {chosen, type Options} from '../../define/options.js';
import type {System} from '../../define/system.js';
import type {Audit, AuditedReduction} from '../../report/audit.js';
import type {CheckLimits} from '../limits.js';
import {systemOf} from '../system.js';
import {type Comparison, compared} from './compared.js';
import {type Explored, explored} from './explored.js';
import {formFlaw} from './forms.js';
import {type Orbits, orbitFlaw, orbitsOf} from './orbits.js';
import {ordersOf} from './orders.js';

type Limits = Omit<CheckLimits, 'workers' | 'source' | 'checkpoint' | 'resume'>;

/** See `audit` in on-demand.ts. */
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

const audited = async (system: System, limits: Limits): Promise<readonly AuditedReduction[]> => {
  const {signal} = limits;
  const reductions: AuditedReduction[] = [];
  const plain = {...system, symmetries: []};
  if (system.normalisers.length > 0) {
    const bare = {...plain, normalisers: []};
    const comparison: Comparison<null, Explored> = {
      look: async () => null,
      search: () => explored(plain, limits),
      compare: (full, reduced) => formFlaw(plain, {full, reduced}, signal),
    };
    reductions.push(await compared('normalisers', bare, limits, comparison));
  }
  if (system.symmetries.length > 0) {
    const comparison: Comparison<Orbits, Explored> = {
      look: full => orbitsOf(system, full, signal),
      search: () => explored(system, limits),
      compare: (full, reduced, orbits) => orbitFlaw(system, {full, reduced}, orbits, signal),
    };
    reductions.push(await compared('symmetry', plain, limits, comparison));
  }
  const orders = ordersOf(system, limits);
  if (orders !== null) reductions.push(await compared('partial-order', system, limits, orders));
  return reductions;
};
