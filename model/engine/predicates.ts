import type {PredicateDefinition, Read, StepDefinition} from '../define/system.js';
import {called, ModelError, shown} from './errors.js';
import {refusePromise} from './shield.js';
import type {Vector} from './vector.js';

const FALSE = -1;
const TRUE = -2;

/** A yes-or-no question about the state at hand, remembered by what it reads. */
export type Question = {
  readonly name: string;
  /** What it is asked for, one of the values of `each` or several. */
  readonly parameters: readonly unknown[];
  readonly cell: number;
  readonly answer: () => boolean;
  /** The places that were ever seen to be read for the answer, one bit each (two may share one). */
  reads: number;
};

export const boolean = (answer: unknown): boolean => {
  refusePromise(answer);
  if (typeof answer !== 'boolean') throw new ModelError(`it returned ${shown(answer)}, not true or false`);
  return answer;
};

/** One question per instance of a predicate, about the copy of the state that `read` reads. */
export const questions = (
  vector: Vector,
  definitions: readonly PredicateDefinition[],
  read: Read,
): readonly Question[] =>
  definitions.flatMap(({name, instances, holds}) =>
    instances.map(parameters => ({
      name,
      parameters,
      cell: vector.memo.cell(),
      reads: 0,
      answer: () => boolean(holds(read, ...(parameters as never[]))),
    })),
  );

/** The question that a property of steps asks. */
export const stepQuestion = (vector: Vector, {name, holds}: StepDefinition): Question => ({
  name,
  parameters: [],
  cell: vector.memo.cell(),
  reads: 0,
  answer: () => boolean(holds(vector.before, vector.after)),
});

/** The answer for the state at hand. */
export const isTrue = (vector: Vector, question: Question): boolean => {
  const {name, parameters, cell, answer} = question;
  const known = vector.walk(cell);
  if (known !== 0) return known === TRUE;
  const leaf = vector.tracer.ask(
    cell,
    () => called(name, parameters),
    () => (answer() ? TRUE : FALSE),
  );
  question.reads |= vector.readBits;
  return leaf === TRUE;
};
