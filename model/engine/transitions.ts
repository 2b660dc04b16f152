import {frozen} from '../define/flaw.js';
import type {Change, Outcome} from '../define/outcome.js';
import {removal} from '../define/slots.js';
import type {ActionDefinition, Delivery, System} from '../define/system.js';
import {Alike} from './alike.js';
import {type Step, stepsOf} from './commute.js';
import type {Dependent} from './dependencies.js';
import {called, ModelError, shown} from './errors.js';
import {grown} from './grown.js';
import {checkArgument, checkOutcome} from './outcomes.js';
import {refusePromise} from './shield.js';
import {Updating} from './updating.js';
import type {Vector} from './vector.js';

/** One action with its parameters; for a delivery one more for each message that was ever met in the inbox. */
export type Instance = {
  readonly action: number;
  readonly definition: ActionDefinition;
  readonly parameters: readonly unknown[];
  readonly delivery: Delivery | null;
  readonly message: unknown;
  /** Where the memo of this instance begins. */
  readonly cell: number;
  /** What it was ever seen to read. */
  readonly reads: Dependent;
};

/**
 * What an outcome does, as ids: each changed slot with the operation that changes it. A new value is a constant
 * operation.
 */
export type Effect = {
  readonly operations: readonly {readonly slot: number; readonly operation: number}[];
  readonly rules: readonly string[];
  readonly note: string | null;
};

const textOf = ({operations, rules, note}: Effect): string => {
  const said = rules.length > 0 || note !== null ? JSON.stringify([rules, note]) : '';
  return `[${operations.map(({slot, operation}) => `${slot}:${operation}`)}${said}]`;
};

const nothing = (): Dependent => ({dependencies: 0, sought: new Set()});

/** So many leaves have a bit each, in two words. */
export const LEAF_BITS = 64;
/** Words of a leaf in the code before its outcomes. */
export const LEAF_HEAD = 5;

/** The leaf that says: not enabled. No other stands at this place of the code. */
export const DISABLED = -1;

/**
 * The actions of a system, compiled as they are met: instances, their outcomes as effects on ids, and the updates as
 * tables.
 */
export class Transitions {
  readonly instances: Instance[] = [];
  readonly leaves: {readonly instance: number; readonly effects: readonly Effect[]}[] = [{instance: -1, effects: []}];
  /**
   * The leaves once more, for the inner loop: [number of the leaf, fair, outcomes, its own bit in two words, then per
   * outcome: count, (slot, operation)...]. In the memo, the negative of the place where a leaf begins stands for it.
   */
  code = new Int32Array(1 << 12);
  /** By bit: where the leaf begins in the code that has it; 0 where it was not met. */
  readonly leafAt = new Int32Array(LEAF_BITS);
  /** By operation: a value's next id plus one, by its id; 0 where it is not worked out yet. */
  readonly tables: Int32Array[] = [];
  readonly #operations: Updating[] = [];
  readonly #operationTexts: string[] = [];
  #codeTop = 2;
  readonly #leafByText = new Map<string, number>();
  readonly #operationByText = new Map<string, number>();
  readonly #functions = new Alike();
  readonly #deliveries = new Map<string, number>();
  /** Delivery instances without their message, by inbox slot. */
  readonly inboxActions = new Map<number, {readonly action: number; readonly at: number}[]>();

  constructor(
    readonly system: System,
    readonly vector: Vector,
  ) {
    system.actions.forEach((definition, action) => {
      definition.instances.forEach(({parameters, delivery}, at) => {
        if (delivery === null) {
          const cell = vector.memo.cell();
          this.instances.push({action, definition, parameters, delivery, message: null, cell, reads: nothing()});
        } else {
          const others = this.inboxActions.get(delivery.inbox) ?? [];
          this.inboxActions.set(delivery.inbox, [...others, {action, at}]);
        }
      });
    });
  }

  /** The instances that the messages in an inbox give rise to. */
  deliveriesOf(inbox: number, content: number): readonly number[] {
    const actions = this.inboxActions.get(inbox) ?? [];
    const messages = this.vector.sortOf[inbox]!.values[content];
    if (!Array.isArray(messages))
      throw new ModelError(`${this.vector.nameOf(inbox)} holds ${shown(messages)}, which is no list`);
    return actions.flatMap(({action, at}) => {
      const {delivery} = this.system.actions[action]!.instances[at]!;
      const offered = delivery!.headOnly ? messages.slice(0, 1) : messages;
      const texts = [...new Set(offered.map(message => JSON.stringify(message)))];
      return texts.map(text => this.#delivery(action, at, text));
    });
  }

  #delivery(action: number, at: number, text: string): number {
    const key = `${action} ${at} ${text}`;
    const known = this.#deliveries.get(key);
    if (known !== undefined) return known;
    const definition = this.system.actions[action]!;
    const {parameters, delivery} = definition.instances[at]!;
    const cell = this.vector.memo.cell();
    const message: unknown = frozen(JSON.parse(text));
    const reads = nothing();
    const id = this.instances.push({action, definition, parameters, delivery, message, cell, reads}) - 1;
    this.#deliveries.set(key, id);
    return id;
  }

  /** What the model's function answers for an instance in the state at hand. */
  outcomesOf(id: number): readonly Outcome[] {
    const {definition, parameters, delivery, message} = this.instances[id]!;
    const given = delivery === null ? parameters : [...parameters, message];
    const outcomes: unknown = definition.outcomes(this.vector.before, ...(given as never[]));
    refusePromise(outcomes);
    if (!Array.isArray(outcomes)) throw new ModelError(`it returned ${shown(outcomes)}, not a list of outcomes`);
    for (const outcome of outcomes) checkOutcome(outcome);
    return outcomes as readonly Outcome[];
  }

  /**
   * The leaf for an instance in the state at hand, asked of the model and remembered under `cell`, below the place
   * `root`.
   */
  resolve(id: number, cell: number, root: number): number {
    const leaf = this.vector.tracer.ask(
      cell,
      () => this.nameOf(id),
      () => this.#leaf(id, this.outcomesOf(id)),
      root,
    );
    this.vector.noteDependencies(this.instances[id]!.reads);
    return leaf;
  }

  /** The action's name with its parameters, as errors and traces say it. */
  nameOf(id: number): string {
    const {definition, parameters, delivery, message} = this.instances[id]!;
    return called(definition.name, delivery === null ? parameters : [...parameters, message]);
  }

  #leaf(id: number, outcomes: readonly Outcome[]): number {
    if (outcomes.length === 0) return DISABLED;
    const effects = outcomes.map(outcome => this.effectOf(id, outcome));
    const text = `${id} ${effects.map(textOf)}`;
    const known = this.#leafByText.get(text);
    if (known !== undefined) return -known;
    const at = this.#encode(id, this.leaves.push({instance: id, effects}) - 1, effects);
    this.#leafByText.set(text, at);
    return -at;
  }

  #encode(id: number, leaf: number, effects: readonly Effect[]): number {
    const fair = this.instances[id]!.definition.fair === null ? 0 : 1;
    const bit = this.#bitOf(leaf);
    const own = [0, 1].map(word => (bit >> 5 === word ? 1 << (bit & 31) : 0));
    const words = [leaf, fair, effects.length, ...own];
    for (const {operations} of effects) {
      words.push(operations.length, ...operations.flatMap(({slot, operation}) => [slot, operation]));
    }
    const at = this.#codeTop;
    this.code = grown(this.code, at + words.length);
    this.code.set(words, at);
    this.#codeTop += words.length;
    if (bit >= 0) this.leafAt[bit] = at;
    return at;
  }

  /** The bit of a leaf, the same in all threads; -1 when there is none left. */
  #bitOf(leaf: number): number {
    const {leafKeys} = this.vector;
    const key = this.#keyOf(leaf);
    if (leafKeys.values.length >= LEAF_BITS && !leafKeys.knows(JSON.stringify(key))) return -1;
    const bit = leafKeys.id(key);
    return bit < LEAF_BITS ? bit : -1;
  }

  /** An outcome as ids. A slot may be set once, or updated any number of times, not both. */
  effectOf(id: number, outcome: Outcome): Effect {
    const {delivery, message} = this.instances[id]!;
    const taken = delivery?.removes === true ? [removal(delivery.inbox, message)] : [];
    const changes: readonly Change[] = [...taken, ...outcome.changes];
    const slots = changes.map(change => this.#slotOf(change));
    const distinct = changes.length < 2 ? slots : [...new Set(slots)];
    const operations = distinct.map(slot => {
      const here = changes.length < 2 ? changes : changes.filter(change => change.slot === slot);
      const sets = here.filter(({type}) => type === 'Set').length;
      const name = this.vector.nameOf(slot);
      if (sets > 1) throw new ModelError(`it set ${name} twice in one outcome`);
      if (sets === 1 && here.length > 1) throw new ModelError(`it set and updated ${name} in one outcome`);
      return {slot, operation: this.#operation(slot, here)};
    });
    return {operations, rules: outcome.rules ?? [], note: outcome.note ?? null};
  }

  #slotOf(change: Change): number {
    const {slot, owner, type} = (change ?? {}) as Partial<Change>;
    if (owner !== undefined && owner !== this.system.owner)
      throw new ModelError('it changed a slot of another model, or of this one when it was built before');
    if (slot === undefined || !(slot >= 0 && slot < this.vector.slotCount) || (type !== 'Set' && type !== 'Update')) {
      throw new ModelError(
        `it made the change ${shown(change)}; a change is slot.set(...), set.add(...) or inbox.send(...)`,
      );
    }
    return slot;
  }

  /**
   * The operation that applies these changes of one slot in order; equal changes of equal sorts share one. A new
   * value is the operation ~id, which needs no table.
   */
  #operation(slot: number, changes: readonly Change[]): number {
    const sort = this.vector.sortOf[slot]!;
    const [only] = changes;
    if (only?.type === 'Set') return ~sort.id(only.value, this.vector.nameOf(slot));
    const updates = changes.filter(change => change.type === 'Update');
    const name = this.vector.nameOf(slot);
    for (const each of updates) checkArgument(name, each);
    const parts = updates.map(({update, argument}) => [update.name, argument]);
    const functions = updates.map(({update}) => update.apply);
    const text = `${sort.name} ${JSON.stringify(parts)} ${functions.map(each => this.#functions.numberOf(each))}`;
    const known = this.#operationByText.get(text);
    if (known !== undefined) {
      this.vector.tracer.unread(() => this.#operations[known]!.meet(functions, this.vector.ids[slot]!));
      return known;
    }
    const what = `${name} (${parts.map(([verb, argument]) => `${verb} ${shown(argument)}`).join(', ')})`;
    const given = updates.map(({argument}) => argument);
    const id = this.#operations.push(new Updating(sort, what, functions, given, stepsOf(updates))) - 1;
    this.#operationTexts.push(`${sort.name} ${JSON.stringify([parts, functions.map(String)])}`);
    this.tables.push(new Int32Array(16));
    this.#operationByText.set(text, id);
    return id;
  }

  /** What an operation does to its slot, in order; null where that is not known. */
  stepsOf(operation: number): readonly Step[] | null {
    return operation < 0 ? null : this.#operations[operation]!.steps;
  }

  /** What tells a leaf from others, in whichever thread it is met: plain data. */
  #keyOf(leaf: number): unknown {
    const {instance, effects} = this.leaves[leaf]!;
    const {action, parameters, message} = this.instances[instance]!;
    const done = effects.map(({operations, rules, note}) => [
      operations.map(({slot, operation}) => [
        slot,
        operation < 0 ? this.vector.sortOf[slot]!.values[~operation] : this.#operationTexts[operation],
        operation < 0,
      ]),
      rules,
      note,
    ]);
    return [action, parameters, message, done];
  }

  /** Works out what the leaf of this number makes of the state at hand; answers whether an outcome is another state. */
  changes(leaf: number): boolean {
    const {ids} = this.vector;
    let changes = false;
    const {effects} = this.leaves[leaf]!;
    for (let n = 0; n < effects.length; n++) {
      const {operations} = effects[n]!;
      for (let i = 0; i < operations.length; i++) {
        const {slot, operation} = operations[i]!;
        changes = this.operate(operation, ids[slot]!) !== ids[slot] || changes;
      }
    }
    return changes;
  }

  /** The id that an operation makes of an id, worked out and remembered. */
  operate(operation: number, id: number): number {
    if (operation < 0) return ~operation;
    const table = this.tables[operation]!;
    const known = table[id] ?? 0;
    if (known > 0) return known - 1;
    const next = this.vector.tracer.unread(() => this.#operations[operation]!.apply(id));
    const roomy = grown(table, id);
    roomy[id] = next + 1;
    this.tables[operation] = roomy;
    return next;
  }
}
