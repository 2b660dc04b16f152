// The kinds of modules that the suite knows, by name.

import {REPAIRS, type Repair, type Repairs} from '../src/index.js';
import type {ModuleName} from './adapter/protocol.js';
import {electionSuite} from './election/suite.js';
import {haSuite} from './ha/suite.js';
import {hostSuite} from './host/suite.js';
import {electionMutants} from './mutants/election.js';
import {haMutants} from './mutants/ha.js';
import type {Mutant} from './mutants/mutant.js';
import {storageMutants} from './mutants/storage.js';
import {wholeHostMutants} from './mutants/whole-host.js';
import {storageSuite} from './storage/suite.js';
import type {Plan, Suite} from './suite.js';

export const MODULES = ['ha', 'election', 'storage', 'host'] as const satisfies readonly ModuleName[];

/**
 * How much is tried. `core`: every situation within each small bound. `full`: random walks through a larger one too.
 * `deep`: twenty times as many walks, twice as long.
 */
export const LANES = ['core', 'full', 'deep'] as const;

export type Lane = (typeof LANES)[number];

/** What is done with a suite whatever its module is. */
type Use<T> = <Config extends {readonly repairs: Repairs}, State, Stimulus, Effect>(
  suite: Suite<Config, State, Stimulus, Effect>,
  mutants: readonly Mutant<Config, State, Stimulus, Effect>[],
) => T;

/** The suite of a module, for one that keeps these repairs, in one of the lanes. */
export const withModule = <T>(module: ModuleName, repairs: Repairs, lane: Lane, use: Use<T>): T => {
  switch (module) {
    case 'ha':
      return use(inLane(haSuite({repairs}), lane), haMutants);
    case 'election':
      return use(inLane(electionSuite({repairs}), lane), electionMutants);
    case 'storage':
      return use(inLane(storageSuite({repairs}), lane), storageMutants);
    case 'host':
      return use(inLane(hostSuite({repairs}), lane), wholeHostMutants);
  }
};

const inLane = <Config, State, Stimulus, Effect>(
  {specification, plans}: Suite<Config, State, Stimulus, Effect>,
  lane: Lane,
): Suite<Config, State, Stimulus, Effect> => ({specification, plans: plans.flatMap(plan => planIn(plan, lane))});

const planIn = <Config, Stimulus, Effect>(
  plan: Plan<Config, Stimulus, Effect>,
  lane: Lane,
): readonly Plan<Config, Stimulus, Effect>[] => {
  const {walks, length} = plan;
  if (walks === null || lane === 'full') return [plan];
  return lane === 'core' ? [] : [{...plan, walks: 20 * walks, length: 2 * length}];
};

export const isRepair = (name: string): name is Repair => (REPAIRS as readonly string[]).includes(name);
