import type {Analysis, Instance, Situation, Verdict} from './analysis.js';
import {type Branch, type DecisionTree, isLeaf, placesIn, readAt} from './decision-tree.js';
import type {Operation, Operations} from './operations.js';

type Outcome = NonNullable<Operations>[number];

/** A tree with equal parts shared, and without questions to which all answers are alike. */
type Shared =
  | {readonly number: number; readonly place: number; readonly children: ReadonlyMap<number, Shared>}
  | Answer;
type Answer = {readonly number: number; readonly answer: unknown};

const isAnswer = (shared: Shared): shared is Answer => 'answer' in shared;

/** May one answer stand for another? */
type MayBecome<A = unknown> = (from: A, to: A) => boolean;

/** Where the value of a place is asked for, by what is found there, and what the answers to that may become. */
type Question = {readonly children: ReadonlyMap<number, Shared>; readonly mayBecome: MayBecome};

/**
 * What outcomes can do to properties.
 *
 * An outcome is *harmless* when it cannot hide a failure: whatever the state, an invariant that is false before it is
 * false after it, and no property of steps that looks at the states before and after some other step sees a
 * difference. That is known slot by slot: the new value is, for every invariant and whatever the other places hold,
 * at least as bad as the old.
 */
export class Harm {
  readonly #analysis: Analysis;
  /** By place: where an invariant, or a derived value that one depends on, asks for it. */
  readonly #questions: readonly (readonly Question[])[];
  /** By slot: where a property of steps, or a derived value that one depends on, asks for it. */
  readonly #stepQuestions: readonly (readonly Question[])[];
  readonly #ofSteps: ReadonlySet<number>;
  readonly #answers = new Map<string, boolean>();
  readonly #shared = new Map<string, Shared>();
  readonly #outcomes = new WeakMap<Outcome, boolean>();

  constructor(analysis: Analysis) {
    this.#analysis = analysis;
    const {abstraction, invariants, steps, system} = analysis;
    this.#ofSteps = new Set(system.steps.flatMap(({of}) => of));
    const stays: MayBecome = (from, to) => from === to;
    this.#questions = this.#asked(
      invariants,
      (from, to) => from === true || from === to,
      place => (from, to) => this.#keepsFailing(place, from, to),
    );
    this.#stepQuestions = this.#asked(steps, stays, () => stays).slice(0, abstraction.slotCount);
  }

  /** Is this outcome of a situation harmless? */
  isHarmless({path}: Situation, outcome: Outcome): boolean {
    const known = this.#outcomes.get(outcome);
    if (known !== undefined) return known;
    const is = outcome.every(
      each =>
        !this.#isOfSteps(each, path) && this.#each(each, path, (from, to) => this.#keepsFailing(each.slot, from, to)),
    );
    this.#outcomes.set(outcome, is);
    return is;
  }

  /** Does it make a step that a property of steps is asked about? */
  makesStep({answer}: Situation): boolean {
    return this.#ofSteps.size > 0 && (answer ?? []).flat().some(({slot}) => this.#ofSteps.has(slot));
  }

  /** Does it make such a step, or change what such a property sees? */
  concernsSteps({answer, path}: Situation): boolean {
    return (answer ?? []).flat().some(each => this.#isOfSteps(each, path));
  }

  #isOfSteps(operation: Operation, path: Situation['path']): boolean {
    const {slot} = operation;
    if (this.#ofSteps.has(slot)) return true;
    const questions = this.#stepQuestions[slot]!;
    return (
      questions.length > 0 &&
      !this.#each(operation, path, (from, to) => this.#mayBecome(questions, `steps ${slot}`, from, to))
    );
  }

  /** Is it so whatever the slot's value may be? */
  #each(operation: Operation, path: Situation['path'], is: (from: number, to: number) => boolean): boolean {
    const {slot} = operation;
    if (this.#questions[slot]!.length + this.#stepQuestions[slot]!.length === 0) return true;
    const reading = readAt(path, slot);
    const values = reading === undefined ? this.#analysis.abstraction.values[slot]! : [reading.id];
    return values.every(from => {
      const to = operation.type === 'Set' ? operation.id : operation.operate(from);
      return to !== null && is(from, to);
    });
  }

  /**
   * Is an invariant that is false false still when the place has the value `to` instead of `from`, whatever others
   * have?
   */
  #keepsFailing(place: number, from: number, to: number): boolean {
    return this.#mayBecome(this.#questions[place]!, `${place}`, from, to);
  }

  #mayBecome(questions: readonly Question[], key: string, from: number, to: number): boolean {
    if (from === to) return true;
    const text = `${key} ${from} ${to}`;
    const known = this.#answers.get(text);
    if (known !== undefined) return known;
    const may = questions.every(({children, mayBecome}) => {
      const [one, other] = [children.get(from), children.get(to)];
      // A value that the analysis does not know is one that an update makes of a value that the slot never has.
      return one !== undefined && other !== undefined && mayReplace(one, other, mayBecome, new Map());
    });
    this.#answers.set(text, may);
    return may;
  }

  /** By place: the questions of these trees, and of the derived values that they depend on. */
  #asked(
    trees: readonly DecisionTree<Verdict>[],
    ofTree: MayBecome<Verdict>,
    ofPlace: (place: number) => MayBecome<number>,
  ): readonly (readonly Question[])[] {
    const {slotCount, width, derivations} = this.#analysis.abstraction;
    const asked: Question[][] = Array.from({length: width}, () => []);
    const add = <A>({root}: DecisionTree<A>, mayBecome: MayBecome<A>): Iterable<number> => {
      for (const {place, children} of this.#sharedNodes(root)) {
        asked[place % width]!.push({children, mayBecome: mayBecome as MayBecome});
      }
      return placesIn(root, width);
    };
    const due = trees.flatMap(tree => [...add(tree, ofTree)]);
    const done = new Set<number>();
    for (let place = due.pop(); place !== undefined; place = due.pop()) {
      if (place < slotCount || done.has(place)) continue;
      done.add(place);
      due.push(...add(derivations[place]!, ofPlace(place)));
    }
    return asked;
  }

  /** The nodes of a tree that tell something, each once. */
  #sharedNodes(root: Branch<unknown> | null): Iterable<Exclude<Shared, Answer>> {
    const nodes = new Set<Exclude<Shared, Answer>>();
    const share = (branch: Branch<unknown>): Shared => {
      if (isLeaf(branch)) return this.#share(`answer ${branch.answer}`, number => ({number, answer: branch.answer}));
      const {place} = branch;
      const children = new Map([...branch.children].map(([id, child]) => [id, share(child)]));
      const [first] = children.values();
      if ([...children.values()].every(child => child === first)) return first!;
      const text = [...children].map(([id, {number}]) => `${id} ${number}`).sort();
      const shared = this.#share(`at ${place} ${text}`, number => ({number, place, children}));
      nodes.add(shared as Exclude<Shared, Answer>);
      return shared;
    };
    if (root !== null) share(root);
    return nodes;
  }

  #share(text: string, make: (number: number) => Shared): Shared {
    const known = this.#shared.get(text) ?? make(this.#shared.size);
    this.#shared.set(text, known);
    return known;
  }
}

/** May one tree be taken for another: does each answer become one that it may become, whatever the places hold? */
const mayReplace = (from: Shared, to: Shared, mayBecome: MayBecome, seen: Map<string, boolean>): boolean => {
  if (from === to) return true;
  if (isAnswer(from) && isAnswer(to)) return mayBecome(from.answer, to.answer);
  const text = `${from.number} ${to.number}`;
  const known = seen.get(text);
  if (known !== undefined) return known;
  const goOn = (one: Shared, other: Shared) => mayReplace(one, other, mayBecome, seen);
  let may: boolean;
  if (!isAnswer(from) && !isAnswer(to) && from.place === to.place) {
    may = [...from.children].every(([id, child]) => goOn(child, to.children.get(id)!));
  } else if (!isAnswer(from)) may = [...from.children.values()].every(child => goOn(child, to));
  else may = !isAnswer(to) && [...to.children.values()].every(child => goOn(from, child));
  seen.set(text, may);
  return may;
};

/** Whether any situation of the instance concerns a property of steps. */
export const mayConcernSteps = (harm: Harm, {tree}: Instance): boolean =>
  tree.leaves.some(situation => harm.concernsSteps(situation));
