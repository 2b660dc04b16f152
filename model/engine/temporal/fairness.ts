import type {Graph} from '../graph/graph.js';

/**
 * The fairness conditions of a system, numbered from 0. A condition is *enabled* in a state when one of its actions
 * would change the state, and *taken* by a step that one of its actions takes and that changes the state.
 */
export type Fairness = {
  readonly count: number;
  /** By condition: is it strong? */
  readonly isStrong: readonly boolean[];
  /** By label of a step: its condition, or -1 where the action is unfair. */
  readonly conditionOf: Int32Array;
};

export const fairnessOf = ({meanings, expander}: Graph): Fairness => {
  const numbers = new Map<string, number>();
  const isStrong: boolean[] = [];
  const conditionOf = Int32Array.from(meanings, ({instance}) => {
    const {definition, parameters, message} = expander.transitions.instances[instance]!;
    if (definition.fair === null) return -1;
    const name = `${definition.fair} ${definition.fairAs(parameters as never[], message)}`;
    const known = numbers.get(name);
    if (known !== undefined) return known;
    numbers.set(name, isStrong.length);
    return isStrong.push(definition.fair === 'strong') - 1;
  });
  return {count: isStrong.length, isStrong, conditionOf};
};
