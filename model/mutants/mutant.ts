// A mutant of the protocol: the relations of the library with one fault, so that the explorer can be asked whether some
// property notices. Everything else of it is right.

import {mapAll, type Outcomes} from '../../src/index.js';
import {choice} from '../index.js';

export type Choices = Readonly<Record<string, string>>;

/** `Relations` are those of the library that a scene calls, by name. */
export type Mutant<Relations> = {
  /** What it does wrong; completes "it ...". */
  readonly does: string;
  /** The relations that are wrong, made of the right ones. */
  readonly fault: (lawful: Relations) => Partial<Relations>;
  /** Options of the scene with which some property has to fail; `only` asks whether a certain one does. */
  readonly trials: readonly Choices[];
  /** Why no property need notice; then all have to hold with those options. */
  readonly harmless?: string;
};

export type Mutants<Relations> = Readonly<Record<string, Mutant<Relations>>>;

const NONE = 'none';

/** The option of a scene that chooses one of its mutants. */
export const mutantOption = (mutants: object) =>
  choice([NONE, ...Object.keys(mutants)], {
    default: NONE,
    about: 'what the protocol does wrong, to test the properties',
  });

/** The relations as the chosen mutant has them. */
export const mutated = <Relations extends object>(
  lawful: Relations,
  mutants: Mutants<Relations>,
  name: string,
): Relations => ({...lawful, ...mutants[name]?.fault(lawful)});

/** What was proved of the protocol to be of no account need not be so for a mutant: it is explored unreduced. */
export const unreducedIfMutated = <O extends {readonly mutant: string; readonly unreduced: boolean}>(said: O): O => ({
  ...said,
  unreduced: said.unreduced || said.mutant !== NONE,
});

type Relation<Given extends readonly unknown[], State, Effect> = (...given: Given) => Outcomes<State, Effect>;

/** It takes what it is given for something else. */
export const mistaking =
  <Given extends readonly unknown[], State, Effect>(
    lawful: Relation<Given, State, Effect>,
    mistaken: (...given: Given) => NoInfer<Given>,
  ): Relation<Given, State, Effect> =>
  (...given) =>
    lawful(...mistaken(...given));

/** It does something else than it should. */
export const doing =
  <Given extends readonly unknown[], State, Effect>(
    lawful: Relation<Given, State, Effect>,
    changed: (effects: readonly Effect[], ...given: Given) => readonly NoInfer<Effect>[],
  ): Relation<Given, State, Effect> =>
  (...given) =>
    mapAll(lawful(...given), outcome => ({...outcome, effects: changed(outcome.effects, ...given)}));

/** It remembers something else than it should. */
export const keeping =
  <Given extends readonly unknown[], State, Effect>(
    lawful: Relation<Given, State, Effect>,
    changed: (after: State, ...given: Given) => NoInfer<State>,
  ): Relation<Given, State, Effect> =>
  (...given) =>
    mapAll(lawful(...given), outcome => ({...outcome, state: changed(outcome.state, ...given)}));

/** In some situations it does not do anything, and stays as it was. */
export const ignoring =
  <Given extends readonly unknown[], State, Effect>(
    lawful: Relation<Given, State, Effect>,
    before: (...given: Given) => NoInfer<State>,
    when: (...given: Given) => boolean,
  ): Relation<Given, State, Effect> =>
  (...given) =>
    when(...given)
      ? mapAll(lawful(...given), outcome => ({...outcome, state: before(...given), effects: []}))
      : lawful(...given);
