// The explorer: declare a model, check it, look at what was found.

export type {Builder} from './define/builder.js';
export {product} from './define/each.js';
export {type Model, model} from './define/model.js';
export {type Chosen, choice, flag, integer, list, type Option, type Options} from './define/options.js';
export {by, type Change, next, type Outcome} from './define/outcome.js';
export {bagOf, has, type Plain, partitions, range, same, setOf, subsets} from './define/plain.js';
export {
  anyOf,
  type Channel,
  type Family,
  type Inbox,
  type Readable,
  type SetSlot,
  type Slot,
  type SlotDescription,
} from './define/slots.js';
export {occursIn, type Renaming} from './define/symmetry.js';
export type {Read} from './define/system.js';
export {check} from './engine/check.js';
export {CheckpointError} from './engine/checkpoint/file.js';
export {ModelError} from './engine/errors.js';
export type {CheckLimits} from './engine/limits.js';
export {audit, simulate, stateGraph} from './engine/on-demand.js';
export type {SimulationLimits} from './engine/simulate/limits.js';
export type {Audit, AuditedReduction, Flaw} from './report/audit.js';
export {aldebaranOf} from './report/graph/aldebaran.js';
export {dotOf} from './report/graph/dot.js';
export {jsonOf} from './report/graph/json.js';
export type {GraphStep, StateGraph} from './report/graph/state-graph.js';
export type {
  Coverage,
  Progress,
  PropertyKind,
  Result,
  Simulation,
  SlotChange,
  TraceStep,
  Violation,
} from './report/result.js';
