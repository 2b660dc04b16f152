// The surroundings in which what cannot be killed is followed for ever.

import {type Config, type Effect, type Event, profile} from '../../src/index.js';
import {at, type Path} from '../canonical.js';
import {worldWithin} from '../cases/world.js';
import {configOf} from '../election/suite.js';
import {surroundingsOf as electing} from '../election/surroundings.js';
import type {StorageConfig, StorageEffect, StorageStimulus} from '../storage/specification.js';
import {layouts} from '../storage/suite.js';
import {surroundingsOf as ofStorage} from '../storage/surroundings.js';
import {always} from '../suite.js';
import type {Endless} from './product.js';

const upTo =
  (most: number, inState: Path, inFacts: Path) =>
  (state: unknown, facts: unknown): boolean =>
    Number(at(state, inState)) <= most && Number(at(facts, inFacts)) <= most;

/** For HA modules that elect by themselves. */
export const endlessElection = (): Endless<Config, Event, Effect> => {
  const config = configOf(profile('hardened'), 'power-off');
  return {
    config,
    world: worldWithin(electing(config), {
      happenings: always(['silence', 'candidacy', 'claim', 'alive', 'stray', 'refusal', 'crash', 'restart']),
      repeats: 0,
      open: 0,
    }),
    within: 'three hosts, terms up to 1; whatever can happen may happen at any moment, asked for or not',
    isWithin: upTo(1, ['durable', 'term'], ['term']),
  };
};

/** For storage modules. */
export const endlessStorage = (): Endless<StorageConfig, StorageStimulus, StorageEffect> => {
  const config = layouts(profile('hardened')).common;
  return {
    config,
    world: worldWithin(ofStorage(config), {
      happenings: always(['view', 'ask', 'set', 'again', 'overtaken', 'conflict']),
      repeats: 0,
      open: 0,
    }),
    within: 'three hosts, an object of three components, generations up to 2',
    isWithin: upTo(2, ['register', 'generation'], ['generation']),
  };
};
