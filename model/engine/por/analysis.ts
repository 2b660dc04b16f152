import type {Outcome} from '../../define/outcome.js';
import type {ActionDefinition, Delivery, System} from '../../define/system.js';
import {Abstraction} from './abstraction.js';
import {type Ask, DecisionTree, type Leaf} from './decision-tree.js';
import {becomes, type Operations, operationsOf} from './operations.js';

/** An action with its parameters, and with its message where it is a delivery. */
export type Instance = {
  readonly number: number;
  readonly action: number;
  /** Its number among the instances of the action's definition. */
  readonly at: number;
  readonly definition: ActionDefinition;
  readonly delivery: Delivery | null;
  /** The text of the message that it delivers. */
  readonly message: string | null;
  readonly tree: DecisionTree<Operations>;
};

/** What an instance does where it reads certain values. */
export type Situation = Leaf<Operations>;

/** Does a property hold? Null where it throws. */
export type Verdict = boolean | null;

/**
 * Everything that a system's functions may ever be asked, and answer: more than what happens in its reachable states.
 */
export type Analysis = {
  readonly system: System;
  readonly abstraction: Abstraction;
  readonly instances: readonly Instance[];
  readonly invariants: readonly DecisionTree<Verdict>[];
  readonly steps: readonly DecisionTree<Verdict>[];
};

/** Works out what every action and every property may do; a text says why that cannot be done. */
export const analyse = (system: System): Analysis | string => {
  const abstraction = new Abstraction(system);
  const instances = new Instances(system, abstraction);
  const judged = (name: string, holds: Parameters<typeof verdict>[0]): DecisionTree<Verdict> => {
    const tree = new DecisionTree<Verdict>(abstraction, name, verdict(holds));
    abstraction.later(() => tree.begin());
    return tree;
  };
  const invariants = system.invariants.flatMap(({name, instances: each, holds}) =>
    each.map(parameters => judged(name, before => holds(before, ...(parameters as never[])))),
  );
  const steps = system.steps.map(({name, holds}) => judged(name, holds));
  abstraction.finish();
  return abstraction.failure ?? {system, abstraction, instances: instances.all, invariants, steps};
};

const verdict =
  (holds: (...given: Parameters<Ask<unknown>>) => unknown): Ask<Verdict> =>
  (...given) => {
    try {
      const answer = holds(...given);
      return typeof answer === 'boolean' ? answer : null;
    } catch {
      return null;
    }
  };

/** Meets the instances: those of actions at once, those of deliveries when their messages are met. */
class Instances {
  readonly all: Instance[] = [];
  readonly #system: System;
  readonly #abstraction: Abstraction;
  readonly #messages = new Set<string>();

  constructor(system: System, abstraction: Abstraction) {
    this.#system = system;
    this.#abstraction = abstraction;
    system.actions.forEach((definition, action) => {
      definition.instances.forEach(({delivery}, at) => {
        if (delivery === null) this.#add(action, at, null);
      });
    });
    system.slots.forEach(({isInbox, initial}, slot) => {
      if (isInbox)
        for (const messages of initial as readonly unknown[][]) for (const each of messages) this.#meet(slot, each);
    });
  }

  /** The message may lie in the inbox. */
  #meet(inbox: number, message: unknown): void {
    const text = JSON.stringify(message);
    if (this.#messages.has(`${inbox} ${text}`)) return;
    this.#messages.add(`${inbox} ${text}`);
    this.#system.actions.forEach((definition, action) => {
      definition.instances.forEach(({delivery}, at) => {
        if (delivery?.inbox === inbox) this.#add(action, at, text);
      });
    });
  }

  #add(action: number, at: number, text: string | null): void {
    const abstraction = this.#abstraction;
    const definition = this.#system.actions[action]!;
    const {parameters, delivery} = definition.instances[at]!;
    const message: unknown = text === null ? null : JSON.parse(text);
    const given = text === null ? parameters : [...parameters, message];
    const ask: Ask<Operations> = (read, _, path) =>
      operationsOf(
        this.#system,
        abstraction,
        {delivery, message},
        () => definition.outcomes(read, ...(given as never[])) as readonly Outcome[],
        path,
      );
    const tree = new DecisionTree(abstraction, definition.name, ask, leaf => this.#learn(leaf));
    this.all.push({number: this.all.length, action, at, definition, delivery, message: text, tree});
    abstraction.later(() => tree.begin());
  }

  /** Takes in the values and messages that a situation gives rise to. */
  #learn({answer, path}: Situation): void {
    const abstraction = this.#abstraction;
    for (const operation of (answer ?? []).flat()) {
      const {slot} = operation;
      const {isInbox, name} = this.#system.slots[slot]!;
      const to = becomes(operation, path);
      if (operation.type === 'Set') abstraction.add(slot, operation.id);
      else if (typeof to === 'number') abstraction.add(slot, to);
      else abstraction.update(slot, operation.key, operation.operate);
      const steps = operation.type === 'Set' ? null : operation.steps;
      if (steps !== null) {
        if (isInbox) for (const {verb, element} of steps) if (verb === 'put') this.#meet(slot, JSON.parse(element));
      } else if (isInbox) abstraction.giveUp(`${name} is changed by something else than sending and receiving`);
      // Whether updates of an author's own commute is found out value by value.
      else if (operation.type === 'Update') abstraction.read(slot);
    }
  }
}
