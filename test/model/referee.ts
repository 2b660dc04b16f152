// The referee: the meaning of a system in the plainest words. It keeps states as JSON texts in a Set, works everything
// out anew each time, and shares no code with the engine, whose answers the tests compare with its own.

import type {Change, Outcome} from '../../model/define/outcome.js';
import type {Readable} from '../../model/define/slots.js';
import type {Delivery, PredicateDefinition, Read, System} from '../../model/define/system.js';

/** The value of each slot, in the order of declaration. */
export type State = readonly unknown[];

/** One thing that may happen in a state, and the state after it. */
export type Step = {
  readonly action: string;
  readonly fair: boolean;
  readonly parameters: readonly unknown[];
  readonly message: unknown;
  /** Where the message came from; null when there is none. */
  readonly delivery: Delivery | null;
  readonly outcome: Outcome;
  readonly after: State;
};

export type Explored = {
  /** The texts of the distinct states, in the order in which they were found. */
  readonly states: ReadonlySet<string>;
  readonly generated: number;
  readonly depth: number;
  /** Every property that fails in the last level, with the number of states on a shortest way to a failure. */
  readonly failing: ReadonlyMap<string, number>;
  /** Successors by action, and by rule that an outcome cites. */
  readonly actions: ReadonlyMap<string, number>;
  readonly rules: ReadonlyMap<string, number>;
};

const text = (value: unknown): string => JSON.stringify(value);
const unique = <T>(values: readonly T[]): readonly T[] => [...new Map(values.map(each => [text(each), each])).values()];

export const readerOf = ({derived}: System, state: State): Read => {
  const read: Read = <T>({index, sought}: Readable<T>) => {
    const value = index >= 0 ? state[index] : derived[-index - 1]!.value(read);
    return (sought === undefined ? value : (value as unknown[]).some(each => text(each) === text(sought[0]))) as T;
  };
  return read;
};

/** Those of the predicates of which some instance is false in the state, by name. */
const failuresOf = (system: System, predicates: readonly PredicateDefinition[], state: State): readonly string[] =>
  predicates
    .filter(({instances, holds}) => !instances.every(each => holds(readerOf(system, state), ...(each as never[]))))
    .map(({name}) => name);

const areTrue = (system: System, predicates: readonly PredicateDefinition[], state: State): boolean =>
  failuresOf(system, predicates, state).length === 0;

export const isInside = (system: System, state: State): boolean => areTrue(system, system.constraints, state);

/** The normal form of a state: what the normalisers leave alone. */
export const normalised = (system: System, state: State): State => {
  const next = system.normalisers.reduce(
    (now, {slot, value, parameters}) =>
      now.with(slot, value(now[slot] as never, readerOf(system, now), ...(parameters as never[]))),
    state,
  );
  return text(next) === text(state) ? state : normalised(system, next);
};

const changed = (state: State, change: Change): State =>
  change.type === 'Set'
    ? state.with(change.slot, change.value)
    : state.with(change.slot, change.update.apply(state[change.slot] as never, change.argument as never));

const without = (messages: readonly unknown[], message: unknown): readonly unknown[] =>
  messages.toSpliced(
    messages.findIndex(each => text(each) === text(message)),
    1,
  );

/** Everything that may happen in a state. */
export const stepsFrom = (system: System, state: State): readonly Step[] =>
  system.actions.flatMap(({name, fair, instances, outcomes}) =>
    instances.flatMap(({parameters, delivery}) => {
      const inbox = delivery === null ? [null] : (state[delivery.inbox] as readonly unknown[]);
      return unique(delivery?.headOnly === true ? inbox.slice(0, 1) : inbox).flatMap(message => {
        const given = delivery === null ? parameters : [...parameters, message];
        const taken = delivery?.removes === true ? state.with(delivery.inbox, without(inbox, message)) : state;
        return outcomes(readerOf(system, state), ...(given as never[])).map(outcome => {
          const after = normalised(system, outcome.changes.reduce(changed, taken));
          return {action: name, fair: fair !== null, parameters, message, delivery, outcome, after};
        });
      });
    }),
  );

/** The initial states in normal form, one for each combination of initial values that the assumptions allow. */
export const initialStates = (system: System): readonly State[] =>
  system.slots
    .reduce<readonly State[]>(
      (states, {initial}) => states.flatMap(state => unique(initial).map(value => [...state, value])),
      [[]],
    )
    .filter(state => areTrue(system, system.assumptions, state))
    .map(state => normalised(system, state));

/** The properties of states that fail in one, given what may happen there. */
export const failuresIn = (system: System, state: State, steps: readonly Step[]): readonly string[] => {
  const isAtRest = !steps.some(({fair, after}) => fair && text(after) !== text(state));
  const mayEnd = system.deadlockAllowed || system.terminal.some(each => areTrue(system, [each], state));
  return [
    ...failuresOf(system, system.invariants, state),
    ...(isAtRest ? failuresOf(system, system.quiescent, state) : []),
    ...(steps.length === 0 && !mayEnd ? ['deadlock'] : []),
  ];
};

/** The properties of steps that fail on one. */
export const failuresBetween = (system: System, before: State, after: State): readonly string[] => {
  const [was, is] = [readerOf(system, before), readerOf(system, after)];
  return system.steps
    .filter(({of}) => of.some(index => text(was({index, name: ''})) !== text(is({index, name: ''}))))
    .filter(({holds}) => !holds(was, is))
    .map(({name}) => name);
};

/** Explores a system, level by level, to the end of the level in which something fails; null beyond `most` states. */
export const explore = (system: System, most = Number.POSITIVE_INFINITY): Explored | null => {
  const seen = new Set<string>();
  const failing = new Map<string, number>();
  const actions = new Map<string, number>(system.actions.map(({name}) => [name, 0]));
  const rules = new Map<string, number>(system.rules.map(id => [id, 0]));
  const count = (counts: Map<string, number>, key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);
  const fail = (names: readonly string[], states: number) => {
    for (const name of names) failing.set(name, Math.min(states, failing.get(name) ?? states));
  };
  let [generated, depth] = [0, 0];

  /** Takes in a state that was generated, the last of so many. One that is outside is looked at now: it is not kept. */
  const isNew = (state: State, states: number): boolean => {
    generated++;
    if (!isInside(system, state)) fail(failuresOf(system, system.invariants, state), states);
    else if (!seen.has(text(state))) return seen.add(text(state)).size > 0;
    return false;
  };

  let level = initialStates(system).filter(state => isNew(state, 1));
  for (; level.length > 0 && failing.size === 0 && seen.size <= most; depth++) {
    level = level.flatMap(state => {
      if (seen.size > most) return [];
      const steps = stepsFrom(system, state);
      fail(failuresIn(system, state, steps), depth + 1);
      return steps
        .filter(({action, outcome, after}) => {
          count(actions, action);
          for (const id of outcome.rules ?? []) count(rules, id);
          fail(failuresBetween(system, state, after), depth + 2);
          return isNew(after, depth + 2);
        })
        .map(({after}) => after);
    });
  }
  return seen.size > most ? null : {states: seen, generated, depth, failing, actions, rules};
};
