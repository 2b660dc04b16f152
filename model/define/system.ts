import type {Outcome, Owner, Parameters} from './outcome.js';
import type {Readable, SlotDescription} from './slots.js';

/** How an author's function sees a state. Every read is traced. */
export type Read = <T>(readable: Readable<T>) => T;

export type Fairness = 'weak' | 'strong' | null;

export type SlotDefinition = SlotDescription & {readonly sort: number; readonly initial: readonly unknown[]};
export type DerivedDefinition = {readonly name: string; readonly sort: number; readonly value: (read: Read) => unknown};

/** An action that takes messages from inboxes: one instance for each message that lies there. */
export type Delivery = {
  readonly inbox: number;
  readonly headOnly: boolean;
  readonly removes: boolean;
  /** Is it a fault that lets the message vanish, rather than its receipt? */
  readonly loses: boolean;
};

export type ActionDefinition = {
  readonly name: string;
  readonly fair: Fairness;
  /** Names a fairness condition: instances that are as fair, and for which it says the same, share one. */
  readonly fairAs: (parameters: Parameters, message: unknown) => string;
  readonly instances: readonly {readonly parameters: Parameters; readonly delivery: Delivery | null}[];
  /** `parameters`, then the message for a delivery. */
  readonly outcomes: (read: Read, ...parameters: never[]) => readonly Outcome[];
};

export type PredicateDefinition = {
  readonly name: string;
  readonly instances: readonly Parameters[];
  readonly holds: (read: Read, ...parameters: never[]) => boolean;
};

export type StepDefinition = {
  readonly name: string;
  readonly of: readonly number[];
  readonly holds: (before: Read, after: Read) => boolean;
};

export type TemporalDefinition = {
  readonly name: string;
  readonly form: 'eventually' | 'leadsTo' | 'alwaysEventually' | 'eventuallyAlways';
  readonly instances: readonly Parameters[];
  readonly holds: PredicateDefinition['holds'];
  /** What it leads to; null for every other form. */
  readonly goal: PredicateDefinition['holds'] | null;
};

export type NormaliserDefinition = {
  readonly name: string;
  readonly slot: number;
  readonly parameters: Parameters;
  readonly value: (value: never, read: Read, ...parameters: never[]) => unknown;
};

/** Keys that are interchangeable: the families with a member for each, and how they occur in the values of slots. */
export type SymmetryDefinition = {
  readonly keys: readonly unknown[];
  readonly families: readonly (readonly number[])[];
  readonly renamed: readonly {
    readonly slots: readonly number[];
    readonly value: (value: never, rename: (key: never) => unknown) => unknown;
  }[];
};

/** A model with its options chosen: everything that the engine needs, as data. Built by the builder only. */
export type System = {
  readonly owner: Owner;
  readonly slots: readonly SlotDefinition[];
  readonly derived: readonly DerivedDefinition[];
  readonly sorts: readonly string[];
  readonly actions: readonly ActionDefinition[];
  readonly assumptions: readonly PredicateDefinition[];
  readonly invariants: readonly PredicateDefinition[];
  readonly quiescent: readonly PredicateDefinition[];
  readonly constraints: readonly PredicateDefinition[];
  readonly terminal: readonly PredicateDefinition[];
  readonly steps: readonly StepDefinition[];
  readonly temporal: readonly TemporalDefinition[];
  readonly normalisers: readonly NormaliserDefinition[];
  readonly symmetries: readonly SymmetryDefinition[];
  readonly rules: readonly string[];
  readonly deadlockAllowed: boolean;
};
