// After the faults of a case a core of the cluster heals and everything is delivered fairly. What the subject then owes
// has to come about within as many steps as the specification needs at most.

import {DURATIONS, durationOf} from '../../src/host/durations.js';
import type {HostTimer} from '../../src/index.js';
import {at, canonical} from '../canonical.js';
import type {Bench, Taken} from './bench.js';
import {beyond} from './beyond.js';
import {type Choice, choicesAt, type Position} from './position.js';
import type {Core, Debt, Healed, Settlement} from './settlement.js';
import {type Choose, type Walked, walkingOn} from './walk.js';

export type Settled<State, Stimulus, Effect> = {
  readonly type: 'Settled';
  readonly position: Position<State, Stimulus, Effect>;
  readonly steps: number;
  readonly bound: number;
  /** Empty when all has come about. */
  readonly debts: readonly Debt[];
};

/** What came about since a core has healed, and what did not. */
export type Owing<State, Stimulus, Effect> = Settled<State, Stimulus, Effect> & {readonly healed: Healed};

/** Called when a core has healed and something is still outstanding; answers whether to go on. */
export type OnOwing<State, Stimulus, Effect> = (owing: Owing<State, Stimulus, Effect>) => Promise<boolean>;

/**
 * Lets a core heal from here on; what was under way may have been lost by then. Messages are delivered before any
 * timer fires, the oldest first; of the timers the one
 * that is due first, by the default durations of `spec/timers.md`. A step that nothing allows is gone round.
 */
export const settled = async <Config, State, Stimulus, Effect>(
  bench: Bench<Config, State, Stimulus, Effect>,
  settlement: Settlement<Config, State, Stimulus>,
  core: Core,
  from: Position<State, Stimulus, Effect>,
  onRejected: (trail: readonly Taken<Stimulus>[]) => void,
): Promise<
  Settled<State, Stimulus, Effect> | Exclude<Walked<State, Stimulus, Effect>, {readonly type: 'Done' | 'Rejected'}>
> => {
  const {config} = bench;
  const start = {...from, world: from.world.unbounded(effect => timerIn(effect) !== null || !settlement.isLossy)};
  const bound = settlement.bound(config, start.world.open.length);
  const clock = new Clock(settlement.schedule);
  const momentAt = ({explanation, world, trail}: Position<State, Stimulus, Effect>) => ({
    config,
    core,
    facts: world.facts,
    states: explanation.map(({state}) => state),
    past: trail,
  });
  const choose: Choose<State, Stimulus, Effect> = position => {
    const moment = momentAt(position);
    const healing = settlement.healing(moment);
    if (healing === null && settlement.debts(moment).length === 0) return null;
    if (position.trail.length - from.trail.length >= bound) return null;
    const choices = choicesAt(position);
    if (healing !== null) return choices.find(({sent}) => canonical(JSON.parse(sent)) === canonical(healing)) ?? null;
    const answers = choices.filter(({offer}) => settlement.isFair(core, offer.stimulus));
    return delivered(position, answers) ?? clock.first(position, answers);
  };
  const walked = await walkingOn(bench, start, choose, slip => {
    onRejected(slip.trail);
    return beyond(bench, slip);
  });
  if (walked.type === 'Broken' || walked.type === 'Stopped') return walked;
  // Beyond some steps nobody knows where the subject may stand: then nothing more comes about.
  const position = walked.type === 'Done' ? walked.position : {...from, trail: walked.trail};
  const steps = position.trail.length - from.trail.length;
  return {type: 'Settled', position, steps, bound, debts: settlement.debts(momentAt(position))};
};

const timerIn = (effect: unknown): unknown => (at(effect, ['type']) === 'SetTimer' ? at(effect, ['timer']) : null);

/** The answer to the oldest effect that is no timer. */
const delivered = <State, Stimulus, Effect>(
  {world}: Position<State, Stimulus, Effect>,
  answers: readonly Choice<Stimulus>[],
): Choice<Stimulus> | null =>
  answers.find(({offer: {source}}) => source.type === 'Answer' && timerIn(world.open[source.index]?.effect) === null) ??
  null;

/** When each timer is due. It starts where it is first seen, and again where it is set again. */
class Clock {
  readonly #due = new Map<string, number>();
  readonly #schedule: readonly number[];
  #now = 0;
  #seen = 0;

  constructor(schedule: readonly number[]) {
    this.#schedule = schedule;
  }

  /** The choice by which the timer fires that is due first. */
  first<State, Stimulus, Effect>(
    {world: {open}, trail}: Position<State, Stimulus, Effect>,
    answers: readonly Choice<Stimulus>[],
  ): Choice<Stimulus> | null {
    const running = answers.flatMap(choice => {
      const {source} = choice.offer;
      const timer = source.type === 'Answer' ? timerIn(open[source.index]?.effect) : null;
      return timer === null ? [] : [{choice, timer, key: canonical(timer)}];
    });
    for (const {observed} of trail.slice(this.#seen)) {
      for (const effect of observed) this.#due.delete(canonical(timerIn(effect)));
    }
    this.#seen = trail.length;
    for (const {timer, key} of running) {
      if (!this.#due.has(key)) this.#due.set(key, this.#now + this.#lasting(timer as HostTimer));
    }
    const [next] = running.sort((a, b) => (this.#due.get(a.key) ?? 0) - (this.#due.get(b.key) ?? 0));
    if (next === undefined) return null;
    this.#now = this.#due.get(next.key) ?? this.#now;
    this.#due.delete(next.key);
    return next.choice;
  }

  #lasting(timer: HostTimer): number {
    return durationOf(DURATIONS, {schedule: this.#schedule}, timer);
  }
}
