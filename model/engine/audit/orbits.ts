import type {System} from '../../define/system.js';
import type {Flaw} from '../../report/audit.js';
import {type KeySet, Symmetry} from '../symmetry.js';
import {counting} from './breath.js';
import type {Explored} from './explored.js';
import {translation} from './translation.js';

/**
 * The orbits of all reachable states, found by exchanging keys and nothing else; each is named after one of its
 * states.
 */
export type Orbits = {readonly count: number; readonly of: (state: number) => number};

/** The exchange of two neighbouring keys of a set. These generate all renamings. */
type Exchange = {readonly set: KeySet; readonly permutation: readonly number[]; readonly name: string};

/** What a state and its images are called. */
const CALLED = ['reachable', 'renamed'];

const exchangesOf = ({sets}: Symmetry): readonly Exchange[] =>
  sets.flatMap(set =>
    set.identity.slice(1).map(second => ({
      set,
      permutation: set.identity.map(key => (key === second ? second - 1 : key === second - 1 ? second : key)),
      name: `exchanging ${set.keyNames[second - 1]} and ${set.keyNames[second]}`,
    })),
  );

/** Finds the orbits, or why the declared symmetry is none of these states. */
export const orbitsOf = async (
  system: System,
  full: Explored,
  signal: AbortSignal | undefined,
): Promise<Orbits | Flaw> => {
  const {states, numberOf, idsOf, blameOf, told} = full;
  const exchanges = exchangesOf(new Symmetry(system, full.searcher.vector));
  const parents = Int32Array.from({length: states}, (_, state) => state);
  const rootOf = (state: number): number => {
    let at = state;
    while (parents[at] !== at) {
      parents[at] = parents[parents[at]!]!;
      at = parents[at]!;
    }
    return at;
  };
  let count = states;
  const renamed = new Int32Array(system.slots.length);
  for await (const state of counting(states, signal)) {
    const ids = idsOf(state);
    const flaw = (claim: string, images: readonly Int32Array[]): Flaw => ({
      claim,
      states: [ids, ...images].map((each, n) => ({what: CALLED[n] ?? '', state: told(each)})),
    });
    for (const {set, permutation, name} of exchanges) {
      try {
        set.rename(permutation, ids, renamed);
      } catch (error) {
        return flaw(`${name} fails: ${error instanceof Error ? error.message : String(error)}`, []);
      }
      const other = numberOf(renamed);
      if (other < 0) return flaw(`${name} leads to a state that cannot be reached`, [renamed]);
      const [here, there] = [blameOf(state), blameOf(other)];
      if (here !== there)
        return flaw(`${name} changes what fails, from ${here || 'nothing'} to ${there || 'nothing'}`, [renamed]);
      const [a, b] = [rootOf(state), rootOf(other)];
      if (a === b) continue;
      parents[Math.max(a, b)] = Math.min(a, b);
      count--;
    }
  }
  return {count, of: rootOf};
};

/**
 * Why the reduced search did not find exactly one state of each orbit, failing as the whole orbit does; null when it
 * did.
 */
export const orbitFlaw = async (
  system: System,
  {full, reduced}: {readonly full: Explored; readonly reduced: Explored},
  orbits: Orbits,
  signal: AbortSignal | undefined,
): Promise<Flaw | null> => {
  const symmetry = new Symmetry(system, reduced.searcher.vector);
  const [forth, back] = [
    translation(full.searcher.vector, reduced.searcher.vector),
    translation(reduced.searcher.vector, full.searcher.vector),
  ];
  /** By state of the reduced search: its orbit, by its own account. */
  const orbitOf = new Int32Array(reduced.states).fill(-1);
  /** By orbit, named after a state of the full search: who stands for it. */
  const formOf = new Int32Array(full.states).fill(-1);
  for await (const state of counting(reduced.states, signal)) {
    const ids = reduced.idsOf(state);
    const found = () => ({what: 'found by the reduced search', state: reduced.told(ids)});
    const number = full.numberOf(back(ids));
    if (number < 0) return {claim: 'the reduced search finds a state that cannot be reached', states: [found()]};
    const orbit = orbits.of(number);
    if (formOf[orbit] !== -1) {
      const other = {what: 'found as well', state: reduced.told(reduced.idsOf(formOf[orbit]!))};
      return {claim: 'the reduced search finds two states of one orbit', states: [found(), other]};
    }
    const [there, here] = [full.blameOf(number), reduced.blameOf(state)];
    if (there !== here) {
      const claim = `in the full search ${there || 'nothing'} fails, in the reduced one ${here || 'nothing'}`;
      return {claim, states: [found()]};
    }
    orbitOf[state] = orbit;
    formOf[orbit] = state;
  }
  for await (const state of counting(full.states, signal)) {
    const ids = full.idsOf(state);
    const form = symmetry.canonical(forth(ids));
    const number = reduced.numberOf(form);
    if (number >= 0 && orbitOf[number] === orbits.of(state)) continue;
    const claim =
      number < 0 ? 'no state that the reduced search finds stands for' : 'a state of another orbit stands for';
    return {
      claim: `${claim} a state that can be reached`,
      states: [
        {what: 'reachable', state: full.told(ids)},
        {what: 'its form', state: reduced.told(form)},
      ],
    };
  }
  return null;
};
