import assert from 'node:assert/strict';
import type {Model} from '../../../model/define/model.js';
import type {Options} from '../../../model/define/options.js';
import type {Delivery, System} from '../../../model/define/system.js';
import {systemOf} from '../../../model/engine/system.js';
import {check, type PropertyKind, type Result, type TraceStep} from '../../../model/index.js';
import {
  type Explored,
  explore,
  failuresBetween,
  failuresIn,
  initialStates,
  isInside,
  type State,
  stepsFrom,
} from '../referee.js';

type Choices = Readonly<Record<string, unknown>>;

/**
 * Checks a model and has the referee explore it too. Throws an AssertionError where they differ, or where a
 * counterexample is not a shortest way to what it is said to show. Answers null when the model has no state at all, or
 * more than `most`.
 */
export const agreed = async <O extends Options>(
  model: Model<O>,
  choices: Choices = {},
  most?: number,
): Promise<Result | null> => {
  const system = systemOf(model, choices);
  const explored = explore(system, most);
  if (explored === null) return null;
  if (explored.generated === 0) {
    await assert.rejects(check(model, choices), {name: 'ModelError', message: /no initial state/});
    return null;
  }
  const result = await check(model, choices);
  assert.deepEqual(countsOf(result), expectedOf(system, explored));
  const initial = explored.generated - sum([...explored.actions.values()]);
  const found = sum(result.coverage.actions.map(({distinct}) => distinct));
  assert.ok(found <= result.distinct && result.distinct <= found + initial, 'each state is new once');
  assert.equal(result.complete, result.verdict === 'holds');
  assert.equal(result.reason === null, result.complete);
  if (result.violation !== null) assertIsShown(system, explored, result.violation);
  return result;
};

const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);

const countsOf = ({verdict, distinct, generated, depth, coverage}: Result) => ({
  verdict,
  distinct,
  generated,
  depth,
  actions: coverage.actions.map(({name, generated}) => [name, generated]),
  rules: coverage.rules.map(({id, generated}) => [id, generated]),
  neverFired: coverage.neverFired,
});

const expectedOf = (system: System, {states, generated, depth, failing, actions, rules}: Explored) => ({
  verdict: failing.size === 0 ? 'holds' : 'violated',
  distinct: states.size,
  generated,
  depth,
  actions: system.actions.map(({name}) => [name, actions.get(name)]),
  rules: [...rules].sort(([a], [b]) => (a < b ? -1 : 1)),
  neverFired: {
    actions: [...actions].filter(([, count]) => count === 0).map(([name]) => name),
    rules: [...rules].filter(([, count]) => count === 0).map(([id]) => id),
  },
});

type Shown = NonNullable<Result['violation']>;

/** A counterexample is of least length as well. */
const assertIsShown = (system: System, {failing}: Explored, violation: Shown) => {
  const {property, trace} = violation;
  assert.equal(trace.length, failing.get(property), `a shortest way to a failure of ${property}`);
  assertIsWay(system, violation);
};

/** A counterexample starts in an initial state, takes steps that exist, and ends in a failure. */
export const assertIsWay = (system: System, {property, kind, trace}: Shown) => {
  const states = trace.map(({state}) => system.slots.map(({name}) => state[name]));
  const [first, last] = [states[0] as State, states.at(-1) as State];
  assert.ok(isAmong(initialStates(system), first), 'the first state is initial');
  assert.deepEqual({...trace[0], ...NOTHING}, trace[0]);
  for (const [i, before] of states.slice(0, -1).entries()) {
    assert.ok(isInside(system, before), 'no step leads on from a state outside the constraints');
    assertIsStep(system, before, trace[i + 1] as TraceStep, i + 1);
  }
  const before = states.at(-2);
  const failures =
    kind === 'step' && before !== undefined
      ? failuresBetween(system, before, last)
      : failuresIn(system, last, stepsFrom(system, last));
  assert.ok(failures.includes(property), `${property} fails at the end`);
  assert.equal(kind, kindOf(system, property));
};

const kindOf = (system: System, property: string): PropertyKind => {
  const isNamed = ({name}: {readonly name: string}) => name === property;
  if (system.invariants.some(isNamed)) return 'invariant';
  if (system.steps.some(isNamed)) return 'step';
  return system.quiescent.some(isNamed) ? 'quiescent' : 'deadlock';
};

const NOTHING = {
  step: 0,
  action: null,
  parameters: [],
  message: null,
  delivery: null,
  rules: [],
  note: null,
  changes: [],
};

const isAmong = (states: readonly State[], state: State): boolean =>
  states.some(each => JSON.stringify(each) === JSON.stringify(state));

const assertIsStep = (system: System, before: State, told: TraceStep, number: number): void => {
  const after = system.slots.map(({name}) => told.state[name]);
  const changes = system.slots.flatMap(({name}, i) =>
    JSON.stringify(before[i]) === JSON.stringify(after[i]) ? [] : [{slot: name, before: before[i], after: after[i]}],
  );
  const texts = stepsFrom(system, before).map(({action, parameters, message, delivery, outcome, after}) => {
    const {rules = [], note = null} = outcome;
    return JSON.stringify([action, parameters, message, fateOf(system, delivery), rules, note, after]);
  });
  const {step, action, parameters, message, delivery, rules, note} = told;
  const text = JSON.stringify([action, parameters, message, delivery, rules, note, after]);
  assert.ok(texts.includes(text), `step ${number} exists`);
  assert.deepEqual([step, told.changes], [number, changes]);
};

const fateOf = ({slots}: System, delivery: Delivery | null): TraceStep['delivery'] =>
  delivery === null
    ? null
    : {
        inbox: slots[delivery.inbox]?.name ?? '',
        fate: delivery.loses ? 'lost' : 'received',
        isRemoved: delivery.removes,
      };
