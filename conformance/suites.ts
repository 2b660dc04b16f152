// The kinds of modules that the suite knows, by name.

import {REPAIRS, type Repair, type Repairs} from '../src/index.js';
import type {ModuleName} from './adapter/protocol.js';
import {stimuliOf, type WrittenCase} from './cases/cases.js';
import {CORE} from './cases/core.js';
import {electionSuite} from './election/suite.js';
import {haSuite} from './ha/suite.js';
import {hostSuite} from './host/suite.js';
import {electionMutants} from './mutants/election.js';
import {endlessElection, endlessStorage} from './mutants/endless.js';
import {haMutants} from './mutants/ha.js';
import type {Mutant} from './mutants/mutant.js';
import type {Endless} from './mutants/product.js';
import {storageMutants} from './mutants/storage.js';
import {wholeHostMutants} from './mutants/whole-host.js';
import {storageSuite} from './storage/suite.js';
import type {Plan, Suite} from './suite.js';

export const MODULES = ['ha', 'election', 'storage', 'host'] as const satisfies readonly ModuleName[];

/**
 * How much is tried. `core`: the fewest cases that come to every rule and find every mutant, all of each narrow bound,
 * and a draw from each other small one for the faults that nobody has thought of. `full`: every situation within each
 * bound, under the choices that the subject makes. `deep`: random walks through a larger bound too.
 * `soak`: only these, and as many as the budget allows.
 */
export const LANES = ['core', 'full', 'deep', 'soak'] as const;

export type Lane = (typeof LANES)[number];

/** So many steps, about, the core lane draws at random from the small bounds of a module, the same for each of them. */
const DRAWN = 12_000;

/** What is done with a suite whatever its module is. */
type Use<T> = <Config extends {readonly repairs: Repairs}, State, Stimulus, Effect>(
  suite: Suite<Config, State, Stimulus, Effect>,
  mutants: readonly Mutant<Config, State, Stimulus, Effect>[],
  /** Where a mutant that no case finds is followed for ever; null where that is nowhere. */
  endless: Endless<Config, Stimulus, Effect> | null,
) => T;

/** The suite of a module, for one that keeps these repairs, in one of the lanes. */
export const withModule = <T>(module: ModuleName, repairs: Repairs, lane: Lane, use: Use<T>): T => {
  switch (module) {
    case 'ha':
      return use(inLane(haSuite({repairs}), lane, CORE.ha), haMutants, null);
    case 'election':
      return use(inLane(electionSuite({repairs}), lane, CORE.election), electionMutants, endlessElection());
    case 'storage':
      return use(inLane(storageSuite({repairs}), lane, CORE.storage), storageMutants, endlessStorage());
    case 'host':
      return use(inLane(hostSuite({repairs}), lane, CORE.host), wholeHostMutants, null);
  }
};

const inLane = <Config, State, Stimulus, Effect>(
  {plans, ...suite}: Suite<Config, State, Stimulus, Effect>,
  lane: Lane,
  core: readonly WrittenCase[] = [],
): Suite<Config, State, Stimulus, Effect> => {
  const lengths = plans.map(({walks, length, isNarrow}) => (walks === null && !isNarrow ? length : 0));
  const draws = Math.ceil(DRAWN / lengths.reduce((sum, length) => sum + length, 0));
  const planIn = (plan: Plan<Config, Stimulus, Effect>): readonly Plan<Config, Stimulus, Effect>[] => {
    const {name, walks, stories, isNarrow} = plan;
    // Stories are few and short: every lane tells them but the one that has no end.
    if (stories !== undefined) return lane === 'soak' ? [] : [plan];
    switch (lane) {
      case 'core': {
        if (isNarrow) return [plan];
        const cases = core.filter(each => each.plan === name).map(each => stimuliOf(suite.specification, plan, each));
        return walks !== null && cases.length === 0 ? [] : [{...plan, walks: walks === null ? draws : null, cases}];
      }
      case 'full':
        return walks === null ? [plan] : [];
      case 'deep':
        return [walks === null ? plan : {...plan, walks: 4 * walks}];
      case 'soak':
        return walks === null ? [] : [{...plan, walks: Number.POSITIVE_INFINITY}];
    }
  };
  return {...suite, plans: plans.flatMap(planIn)};
};

export const isRepair = (name: string): name is Repair => (REPAIRS as readonly string[]).includes(name);
