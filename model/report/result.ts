import type {SlotDescription} from '../define/slots.js';

/** What a step of a trace did to one slot. */
export type SlotChange = {readonly slot: string; readonly before: unknown; readonly after: unknown};

/** What became of a message: from which inbox it was taken, received or lost, and whether it has left the inbox. */
export type Delivery = {readonly inbox: string; readonly fate: 'received' | 'lost'; readonly isRemoved: boolean};

/** One step of a counterexample. Step 0 is the initial state: no action, no changes. */
export type TraceStep = {
  readonly step: number;
  readonly action: string | null;
  readonly parameters: readonly unknown[];
  /** The message that the step delivered, lost or duplicated; null for every other step. */
  readonly message: unknown;
  /** Null where there is no message. */
  readonly delivery: Delivery | null;
  readonly rules: readonly string[];
  readonly note: string | null;
  readonly changes: readonly SlotChange[];
  /** Every slot by name, after the step. */
  readonly state: Readonly<Record<string, unknown>>;
};

/**
 * What a property is about: states, steps, states where nothing fair happens any more, states without successors, or
 * behaviours.
 */
export type PropertyKind = 'invariant' | 'step' | 'quiescent' | 'deadlock' | 'temporal';

/** A property that does not hold, and a trace that shows it. */
export type Violation = {
  readonly property: string;
  readonly kind: PropertyKind;
  readonly trace: readonly TraceStep[];
  /**
   * For a temporal property the trace goes on for ever: after its last step, whose state is that of step `loop`, the
   * steps after `loop` come again and again. When `loop` is the last step, nothing happens any more. Null for every
   * other kind.
   */
  readonly loop: number | null;
};

/** How often each action and each rule had its turn. */
export type Coverage = {
  /** `generated`: successors that the action produced; `distinct`: those that nobody had produced before. */
  readonly actions: readonly {readonly name: string; readonly generated: number; readonly distinct: number}[];
  readonly rules: readonly {readonly id: string; readonly generated: number}[];
  readonly neverFired: {readonly actions: readonly string[]; readonly rules: readonly string[]};
};

/** How a simulation went. */
export type Simulation = {
  /** What all its chance came from: the same seed gives the same walks. */
  readonly seed: number;
  /** Walks that were begun. */
  readonly runs: number;
  /** Steps that a walk took at most. */
  readonly steps: number;
  /**
   * An estimate of the share of the states that more such walks would come through and these did not (Good and
   * Turing): the share of those that these came through once. It takes the states of a walk for independent of each
   * other.
   */
  readonly unseen: number;
  /** Are all states counted? Otherwise memory for them ran out, and there were at least `distinct`. */
  readonly isCounted: boolean;
};

/** What was done to search fewer states. */
export type Reduction = {
  readonly name: 'partial-order';
  /** Were states left out? Then a counterexample need not be a shortest one. */
  readonly active: boolean;
  /** Why none was; null where some were. */
  readonly reason: string | null;
};

/** A property that holds whatever happens, so that nothing is learnt from it. */
export type Warning = {
  readonly property: string;
  /** Why nothing could have broken it, in words. */
  readonly reason: string;
};

/** What an exploration found. `holds` is said of complete explorations only. */
export type Result = {
  readonly model: string;
  readonly options: Readonly<Record<string, unknown>>;
  /** The variables that each state of a trace has, in the order of their declaration. */
  readonly slots: readonly SlotDescription[];
  readonly verdict: 'holds' | 'violated' | 'incomplete';
  readonly complete: boolean;
  /** Why the exploration is incomplete, in words; null when it is complete. */
  readonly reason: string | null;
  readonly distinct: number;
  /** Initial states and every successor, repetitions and self-loops included: TLC's definition. */
  readonly generated: number;
  /** States on the longest of the shortest paths: 1 when there are only initial states. TLC's definition. */
  readonly depth: number;
  readonly seconds: number;
  readonly peakMemoryBytes: number;
  /** What the tables of a search took at most: the visited states, the queue and the predecessors. */
  readonly tableBytes?: number;
  readonly violation: Violation | null;
  readonly coverage: Coverage;
  /** Null for a search. */
  readonly simulation: Simulation | null;
  /** What was asked for to search fewer states. */
  readonly reductions?: readonly Reduction[];
  /** Said of complete explorations only. */
  readonly warnings?: readonly Warning[];
};

/** How far a running exploration is. */
export type Progress = {
  readonly distinct: number;
  readonly generated: number;
  /** States that are found and not yet expanded. */
  readonly queue: number;
  readonly depth: number;
  readonly seconds: number;
  readonly memoryBytes: number;
  /** What is done with the states once all are found, and how much of that; absent while they are searched. */
  readonly activity?: string;
};
