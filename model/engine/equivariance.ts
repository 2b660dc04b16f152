import {ModelError, shown} from './errors.js';
import type {Expander} from './expand.js';
import {canonicalOf, successorsOf} from './explain.js';

/**
 * Compares a state with itself under an exchange of two neighbouring keys: both must have the same successors, action
 * by action, up to symmetry, and break the same invariants. Throws a ModelError that names the action or the invariant
 * otherwise: then the declared symmetry would hide states.
 */
export const checkEquivariance = (expander: Expander, state: Int32Array): void => {
  const renamed = new Int32Array(state.length);
  for (const set of expander.symmetry.sets) {
    for (let i = 0; i + 1 < set.identity.length; i++) {
      const exchange = [...set.identity];
      exchange[i] = i + 1;
      exchange[i + 1] = i;
      set.rename(exchange, state, renamed);
      compare(expander, state, renamed, `exchanging ${set.keyNames[i]} and ${set.keyNames[i + 1]}`);
    }
  }
};

const compare = (expander: Expander, one: Int32Array, other: Int32Array, how: string): void => {
  const wrong = (what: string): ModelError =>
    new ModelError(`the declared symmetry is wrong: ${how} changes ${what} (in ${told(expander, one)})`);
  const [ours, theirs] = [byAction(expander, one), byAction(expander, other)];
  for (const name of new Set([...ours.keys(), ...theirs.keys()])) {
    const [a, b] = [ours.get(name) ?? [], theirs.get(name) ?? []];
    if (a.length !== b.length || a.some((text, n) => text !== b[n])) throw wrong(`what ${name} may do`);
  }
  const [here, there] = [brokenIn(expander, one), brokenIn(expander, other)];
  const unlike = [...here, ...there].find(name => !here.includes(name) || !there.includes(name));
  if (unlike !== undefined) throw wrong(`whether ${unlike} holds`);
};

const brokenIn = ({vector, properties}: Expander, state: Int32Array): readonly string[] => {
  vector.ids.set(state);
  vector.forget(0);
  return properties.broken;
};

/** By action: the canonical successors, as sorted texts. */
const byAction = (expander: Expander, state: Int32Array): ReadonlyMap<string, readonly string[]> => {
  const all = new Map<string, string[]>();
  for (const {instance, state: after} of successorsOf(expander, state)) {
    const {name} = expander.transitions.instances[instance]!.definition;
    const texts = all.get(name) ?? [];
    texts.push(canonicalOf(expander, after).join());
    all.set(name, texts);
  }
  for (const texts of all.values()) texts.sort();
  return all;
};

const told = ({vector}: Expander, state: Int32Array): string =>
  shown(Object.fromEntries([...state].map((id, slot) => [vector.nameOf(slot), vector.sortOf[slot]!.values[id]])));
