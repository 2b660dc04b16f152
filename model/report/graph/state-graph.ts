import type {TraceStep} from '../result.js';
import {textOf} from '../value.js';

/** A step from one state to another, or to the same. */
export type GraphStep = Pick<TraceStep, 'parameters' | 'message' | 'rules' | 'note'> & {
  readonly target: number;
  readonly action: string;
};

/** States, numbered from 0 in the order in which they were found, breadth first, and the steps between them. */
export type StateGraph = {
  readonly model: string;
  readonly options: Readonly<Record<string, unknown>>;
  /** Why steps are missing, in words; null when every reachable state is there with all its steps. */
  readonly reason: string | null;
  readonly states: number;
  /** The first so many states are initial ones. */
  readonly initial: number;
  /** The steps of the first so many states are there, of the others none. */
  readonly expanded: number;
  readonly steps: number;
  /** Steps that were left out, because they lead to states that a constraint excludes. */
  readonly excluded: number;
  /** The state of this number: every slot by name. */
  readonly stateAt: (state: number) => TraceStep['state'];
  /** The steps that leave the state of this number. */
  readonly stepsFrom: (state: number) => readonly GraphStep[];
};

/** The action with who and what takes part: `Enter(2)`. */
export const stepText = ({action, parameters, message}: GraphStep): string => {
  const parts = message === null ? parameters : [...parameters, message];
  return parts.length === 0 ? action : `${action}(${parts.map(textOf).join(', ')})`;
};

/** Every number of a state. */
export const statesOf = function* ({states}: StateGraph): Generator<number> {
  for (let state = 0; state < states; state++) yield state;
};
