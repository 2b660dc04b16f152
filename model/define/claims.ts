// What is claimed of states and steps, and which of them there are.

import {type Each, type EachOf, type Given, instancesOf, type Predicate} from './each.js';
import {shown} from './flaw.js';
import {checkFunction, checkSettings, settingsIn} from './settings.js';
import type {Members, Readable} from './slots.js';
import type {PredicateDefinition, Read, StepDefinition} from './system.js';

type Slots = readonly (Readable<unknown> | Members<unknown>)[];
type Of = {readonly of: Slots};
/** Each instance may speak of slots of its own. */
type OfInstance<P extends readonly unknown[]> = {readonly of: Slots | ((...parameters: Given<P>) => Slots)};
type Step = (before: Read, after: Read, ...parameters: readonly unknown[]) => boolean;

/** The slots that a property of steps speaks of. */
const slotsIn = (what: string, of: unknown): readonly number[] => {
  if (!Array.isArray(of) || of.length === 0)
    throw new RangeError(`of ${what} is a list of slots and families, not ${shown(of)}`);
  const members: readonly (Readable<unknown> | null | undefined)[] = of.flatMap(one => one?.members ?? [one]);
  return members.map(member => {
    if (typeof member?.index === 'number' && member.index >= 0) return member.index;
    const isDerived = typeof member?.index === 'number';
    const why = isDerived ? 'which is derived; name the slots that it is computed from' : 'which is no slot';
    throw new RangeError(`of ${what} has ${member?.name ?? shown(member)}, ${why}`);
  });
};

/** The declarations, and what was declared; `named` takes down each name. */
export const claims = (named: (kind: string, name: string) => string) => {
  const assumptions: PredicateDefinition[] = [];
  const invariants: PredicateDefinition[] = [];
  const quiescent: PredicateDefinition[] = [];
  const constraints: PredicateDefinition[] = [];
  const terminal: PredicateDefinition[] = [];
  const steps: StepDefinition[] = [];

  const predicate =
    (kind: string, into: PredicateDefinition[]) =>
    (name: string, ...rest: readonly unknown[]): void => {
      const what = `${kind} ${named(kind, name)}`;
      const {settings, given} = settingsIn(what, rest, ['each']);
      into.push({name, instances: instancesOf(what, settings, [given]), holds: given as PredicateDefinition['holds']});
    };

  const m = {
    /** Keeps only the initial states of which this is true. */
    assume: (holds: (read: Read) => boolean): void => {
      checkFunction('assume', holds, 1);
      assumptions.push({name: 'assumption', instances: [[]], holds});
    },

    /** True of every reachable state, or violated. */
    invariant: predicate('property', invariants) as Predicate,

    /** True of every state in which no fair action would change anything. */
    quiescent: predicate('property', quiescent) as Predicate,

    /**
     * States outside are generated and checked, but neither kept nor entered: the bound under which a verdict holds.
     */
    constraint: predicate('constraint', constraints) as Predicate,

    /** True of every step that changes one of the slots `of`, which may be a function of what is in `each`. */
    stepProperty: ((
      name: string,
      settings: OfInstance<readonly unknown[]> & {readonly each?: unknown},
      holds: Step,
    ): void => {
      const what = `property ${named('property', name)}`;
      checkSettings(what, settings, ['of', 'each']);
      const {of} = settings;
      for (const parameters of instancesOf(what, settings, [holds], 2)) {
        steps.push({
          name,
          of: slotsIn(what, typeof of === 'function' ? of(...parameters) : of),
          holds: (before, after) => holds(before, after, ...parameters),
        });
      }
    }) as {
      <P extends readonly unknown[]>(
        name: string,
        settings: OfInstance<P> & EachOf<P>,
        holds: (before: Read, after: Read, ...parameters: Given<P>) => boolean,
      ): void;
      <A>(
        name: string,
        settings: OfInstance<[NoInfer<A>]> & Each<A>,
        holds: (before: Read, after: Read, a: A) => boolean,
      ): void;
      (name: string, settings: Of & {readonly each?: never}, holds: (before: Read, after: Read) => boolean): void;
    },

    /** States that may have no successor. */
    terminal: (holds: (read: Read) => boolean): void => {
      checkFunction('terminal', holds, 1);
      terminal.push({name: 'terminal', instances: [[]], holds});
    },
  };

  return {m, claims: {assumptions, invariants, quiescent, constraints, terminal, steps}};
};
