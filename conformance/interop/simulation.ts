// A cluster that is played: the subjects are its hosts, and the suite is all that lies between them.

import type {HostId} from '../../src/index.js';
import type {Specification} from '../specification.js';

/** Something that may happen next. Plain data: the same happening is the same move in every run. */
export type Move = {readonly kind: string};

/** What is put to one host. */
export type Put<Stimulus> = {readonly host: HostId; readonly stimulus: Stimulus};

/** What has become of a move: nothing but the world has changed, or a host was given a stimulus and did this. */
export type Done<Stimulus, Effect> = {readonly put: Put<Stimulus>; readonly effects: readonly Effect[]} | null;

/** What must hold of a cluster whatever happens; answers what is wrong, or null. */
export type Safety<World, Stimulus, Effect> = {
  readonly name: string;
  /** Completes a sentence that begins with the name. */
  readonly says: string;
  readonly wrong: (before: World, after: World, done: Done<Stimulus, Effect>) => string | null;
};

/** What must have come about once everything has healed and all that was under way has arrived. */
export type Goal<World> = {
  readonly name: string;
  readonly says: string;
  readonly wrong: (world: World) => string | null;
};

/** What happens in a story: a move, a wait, and what must have come about by then. */
export type StoryStep<World, M> =
  /** This move, whether or not a random run has so many of its kind; null where it cannot happen. */
  | {readonly type: 'Happens'; readonly what: string; readonly move: (world: World) => M | null}
  /** What comes by itself, until this is over. */
  | {readonly type: 'Waits'; readonly isOver: (begun: World, now: World) => boolean}
  /** So much has come about by now, although nothing has healed. */
  | {readonly type: 'Owes'; readonly goals: readonly Goal<World>[]};

export type Story<World, M> = {
  readonly name: string;
  readonly steps: readonly StoryStep<World, M>[];
};

/** How the networks, the storage, the platform, timers and faults of one kind of cluster behave. Pure. */
export type Simulation<Config, State, Stimulus, Effect, World, M extends Move> = {
  readonly specification: Specification<Config, State, Stimulus, Effect>;
  readonly start: World;
  /** Everything that may happen next, in an order that depends on nothing but the world. */
  readonly moves: (world: World) => readonly M[];
  /** The world from now on with faults: before that it begins. */
  readonly playing: (world: World) => World;
  /** The world from now on without faults. */
  readonly settling: (world: World) => World;
  /**
   * What happens next by itself, as a fair scheduler has it: null when there is nothing left to wait for, so that the
   * beginning is over, or all has settled.
   */
  readonly next: (world: World) => M | null;
  /** Of so many moves of a random run one is any; the others are what comes next by itself. */
  readonly calm: number;
  readonly taken: (world: World, move: M) => {readonly world: World; readonly put: Put<Stimulus> | null};
  /** The world once a host has done this, and these states explain it. */
  readonly after: (world: World, put: Put<Stimulus>, effects: readonly Effect[], states: readonly State[]) => World;
  readonly safety: readonly Safety<World, Stimulus, Effect>[];
  readonly goals: readonly Goal<World>[];
  readonly stories: readonly Story<World, M>[];
  readonly tell: (move: M) => string;
};
