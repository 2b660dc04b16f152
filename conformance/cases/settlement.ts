// How the surroundings of a module heal, and what it owes them then.

import type {RuleId} from '../../src/index.js';
import type {Step} from '../oracle/earlier.js';

/** Which core heals: one with the host under test in it, or one of all the others. */
export type Core = 'here' | 'elsewhere';

/** What is still to come, and the rule by which the subject had to go on. */
export type Debt = {readonly rule: RuleId; readonly what: string};

/** What is known when a step is chosen. */
export type Moment<Config, State, Stimulus> = {
  readonly config: Config;
  readonly core: Core;
  readonly facts: unknown;
  /** The states that explain the subject, actually or supposedly. */
  readonly states: readonly State[];
  readonly past: readonly Step<Stimulus>[];
};

/** How one kind of module's surroundings heal, and what the module owes them then. */
export type Settlement<Config, State, Stimulus> = {
  /** What heals next; null once the core is well. */
  readonly healing: (moment: Moment<Config, State, Stimulus>) => Stimulus | null;
  /** Whether a core that is well gives this answer. */
  readonly isFair: (core: Core, answer: Stimulus) => boolean;
  /** The delays before attempts, in minutes, where a timer asks for them. */
  readonly schedule: readonly number[];
  /** Whether all that is under way when the core heals was lost, but for timers. */
  readonly isLossy: boolean;
  /** Whether random walks are settled too, besides stories. */
  readonly afterWalks: boolean;
  /** The most steps that the specification needs, with so many effects that are still to be answered. */
  readonly bound: (config: Config, underWay: number) => number;
  readonly debts: (moment: Moment<Config, State, Stimulus>) => readonly Debt[];
};

/** Which core has healed, and after how many steps. */
export type Healed = {readonly core: Core; readonly after: number};
