// One run of a simulated cluster: a move at a time, each host judged by its own oracle, the cluster by what it owes.

import type {HostId, Repairs, RuleId} from '../../src/index.js';
import type {Outcome} from '../adapter/breakdown.js';
import type {Taken} from '../cases/bench.js';
import type {Driver} from '../driver.js';
import {beginning, type Explanation, judged} from '../oracle/oracle.js';
import type {Done, Move, Put, Simulation} from './simulation.js';

/** A host of the cluster, and the subject that plays it. */
export type Seat<Config> = {
  readonly host: HostId;
  /** What the subject is called. */
  readonly name: string;
  readonly config: Config;
  readonly driver: Driver;
};

/** One move, and what became of it. */
export type Happened<M> = {
  readonly move: M;
  readonly phase: 'opening' | 'playing' | 'settling';
  /** Which of the moves on offer it was; `next` where it came by itself, `told` where a story has it. */
  readonly choice: number | 'next' | 'told';
  /** Whom it concerned, and what that host did; null where only the world has changed. */
  readonly host: HostId | null;
  readonly effects: readonly unknown[];
  readonly rules: readonly RuleId[];
};

/** Why a run ended. `Settled`: nothing was wrong. */
export type Ending<Stimulus> =
  | {readonly type: 'Settled'}
  | {readonly type: 'Stopped'; readonly reason: string}
  | {readonly type: 'Unexplained'; readonly host: HostId; readonly trail: readonly Taken<Stimulus>[]}
  | {readonly type: 'Violated'; readonly property: string; readonly says: string; readonly reason: string}
  /** A story: what was to happen next cannot. */
  | {readonly type: 'Untold'; readonly reason: string}
  | {readonly type: 'Broken'; readonly host: HostId; readonly outcome: Outcome; readonly reason: string};

export type Course<M, Stimulus> = {
  readonly happened: readonly Happened<M>[];
  readonly ending: Ending<Stimulus>;
};

/**
 * What comes next: one of the moves, by its place; `next`, whatever comes by itself; `settle`; for a story a move of
 * its own, or why it ends.
 */
export type Decision<M> =
  | number
  | 'next'
  | 'settle'
  | {readonly type: 'Told'; readonly move: M}
  | Extract<Ending<never>, {readonly type: 'Violated' | 'Untold'}>;

/** Decides after each move. `next` is what would come by itself. */
export type Choose<World, M> = (moves: readonly M[], number: number, next: M | null, world: World) => Decision<M>;

type Followed<State, Stimulus> = {explanation: Explanation<State>; trail: readonly Taken<Stimulus>[]};

/** Every host is reset first. Unless it `settles`, the run is over once nothing more is chosen. */
export const run = async <Config extends {readonly repairs: Repairs}, State, Stimulus, Effect, World, M extends Move>(
  simulation: Simulation<Config, State, Stimulus, Effect, World, M>,
  seats: readonly Seat<Config>[],
  choose: Choose<World, M>,
  signal: AbortSignal | null = null,
  settles = true,
): Promise<Course<M, Stimulus>> => {
  const {specification, safety, goals} = simulation;
  const happened: Happened<M>[] = [];
  const ended = (ending: Ending<Stimulus>): Course<M, Stimulus> => ({happened, ending});
  const followed = new Map<HostId, Followed<State, Stimulus>>();
  for (const {host, config, driver} of seats) {
    const start = await driver.reset(JSON.stringify(config));
    if (start.type === 'Broken') return ended({...start, host});
    followed.set(host, {explanation: beginning(specification, config), trail: []});
  }

  /** Gives the stimulus to the host and follows it; answers the effects, or why the run ends. */
  const given = async ({host, stimulus}: Put<Stimulus>): Promise<Given<State, Effect> | Ending<Stimulus>> => {
    const seat = seats.find(each => each.host === host);
    const before = followed.get(host);
    if (seat === undefined || before === undefined) throw new Error(`nobody plays ${host}`);
    const sent = JSON.stringify(stimulus);
    const heard = await seat.driver.step(sent);
    if (heard.type === 'Broken') return {...heard, host};
    const observed = specification.withoutNeedless(stimulus, JSON.parse(heard.text));
    const judgement = judged(specification, seat.config, before.explanation, stimulus, observed);
    const trail = [...before.trail, {stimulus, observed, choice: before.trail.length, sent, heard: heard.text}];
    if (judgement.type === 'Unexplained') return {type: 'Unexplained', host, trail};
    followed.set(host, {explanation: judgement.next, trail});
    // What the oracle has explained has the form of the effects that it expected.
    const states = judgement.next.map(({state}) => state);
    return {type: 'Given', effects: observed as readonly Effect[], states, rules: judgement.rules};
  };

  /** Makes one move; answers the world after it, or why the run ends. */
  const made = async (
    world: World,
    move: M,
    phase: Happened<M>['phase'],
    choice: Happened<M>['choice'] = 'next',
  ): Promise<Made<World> | Ending<Stimulus>> => {
    const {world: moved, put} = simulation.taken(world, move);
    const outcome = put === null ? null : await given(put);
    const host = put?.host ?? null;
    if (outcome !== null && outcome.type !== 'Given') {
      const effects = outcome.type === 'Unexplained' ? (outcome.trail.at(-1)?.observed ?? []) : [];
      happened.push({move, phase, choice, host, effects, rules: []});
      return outcome;
    }
    happened.push({move, phase, choice, host, effects: outcome?.effects ?? [], rules: outcome?.rules ?? []});
    const done: Done<Stimulus, Effect> = put === null || outcome === null ? null : {put, effects: outcome.effects};
    const after =
      outcome === null || put === null ? moved : simulation.after(moved, put, outcome.effects, outcome.states);
    for (const {name, says, wrong} of safety) {
      const reason = wrong(world, after, done);
      if (reason !== null) return {type: 'Violated', property: name, says, reason};
    }
    return {type: 'Made', world: after};
  };

  /** What comes by itself, until there is nothing left to wait for. */
  const awaited = async (from: World, phase: 'opening' | 'settling'): Promise<Made<World> | Ending<Stimulus>> => {
    let world = from;
    for (let move = simulation.next(world); move !== null; move = simulation.next(world)) {
      if (signal?.aborted) return {type: 'Stopped', reason: 'it was interrupted'};
      const outcome = await made(world, move, phase);
      if (outcome.type !== 'Made') return outcome;
      world = outcome.world;
    }
    return {type: 'Made', world};
  };

  const opened = await awaited(simulation.start, 'opening');
  if (opened.type !== 'Made') return ended(opened);
  let world = simulation.playing(opened.world);
  for (let number = 0; ; number++) {
    if (signal?.aborted) return ended({type: 'Stopped', reason: 'it was interrupted'});
    const moves = simulation.moves(world);
    const next = simulation.next(world);
    const decision = choose(moves, number, next, world);
    if (decision === 'settle') break;
    if (typeof decision === 'object' && decision.type !== 'Told') return ended(decision);
    const move = typeof decision === 'object' ? decision.move : decision === 'next' ? next : moves[decision];
    if (move === undefined || move === null) break;
    const outcome = await made(world, move, 'playing', typeof decision === 'object' ? 'told' : decision);
    if (outcome.type !== 'Made') return ended(outcome);
    world = outcome.world;
  }
  if (!settles) return ended({type: 'Settled'});
  const settled = await awaited(simulation.settling(world), 'settling');
  if (settled.type !== 'Made') return ended(settled);
  world = settled.world;
  for (const {name, says, wrong} of goals) {
    const reason = wrong(world);
    if (reason !== null) return ended({type: 'Violated', property: name, says, reason});
  }
  return ended({type: 'Settled'});
};

type Given<State, Effect> = {
  readonly type: 'Given';
  readonly effects: readonly Effect[];
  /** What explains the host now. */
  readonly states: readonly State[];
  readonly rules: readonly RuleId[];
};

type Made<World> = {readonly type: 'Made'; readonly world: World};
