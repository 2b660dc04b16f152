import type {Notes} from '../graph/recorder.js';

/**
 * The fairness conditions of a system, numbered from 1. A condition is *enabled* in a state when one of its actions
 * would change the state, and *taken* by a step that one of its actions takes and that changes the state. The label of
 * a step is its condition, or 0 where the action is unfair.
 */
export type Fairness = Notes & {
  /** By condition: is it strong? */
  readonly isStrong: readonly boolean[];
};

export const UNFAIR = 0;

/** Notes of every step that changes something which condition it takes; the conditions are numbered as they are met. */
export const fairness = (): Fairness => {
  const numbers = new Map<string, number>();
  const isStrong = [false];
  const ofLeaf: number[] = [];
  return {
    loops: false,
    isStrong,
    labelOf: ({leaves, instances}, leaf) => {
      const known = ofLeaf[leaf];
      if (known !== undefined) return known;
      const {definition, parameters, message} = instances[leaves[leaf]!.instance]!;
      const name = `${definition.fair} ${definition.fairAs(parameters as never[], message)}`;
      const number = definition.fair === null ? UNFAIR : (numbers.get(name) ?? isStrong.length);
      if (number === isStrong.length) {
        numbers.set(name, number);
        isStrong.push(definition.fair === 'strong');
      }
      ofLeaf[leaf] = number;
      return number;
    },
  };
};
