// A story: one thing that has gone wrong in clusters, as what happens to one subject, told step by step.

import type {Repair, RuleId} from '../../src/index.js';
import type {Bench, Ending, Taken} from './bench.js';
import {beyond} from './beyond.js';
import {choicesAt} from './position.js';
import {hashOf, isWanted, type ScriptStep} from './script.js';
import type {Owing} from './settle.js';
import {settled} from './settle.js';
import type {Core, Healed, Settlement} from './settlement.js';
import {type Choose, walking} from './walk.js';
import {isFresh, type Offer, type World} from './world.js';

export type Story = {
  /** What happens, in a few words: unique within a module. It may be improved; the id stays. */
  readonly name: string;
  /** What the subject must do, as a sentence. */
  readonly moral: string;
  /** What it is an instance of: a hazard as `H7`, or a partition scenario as `partition 2`. */
  readonly of: string;
  /** The repairs without which there is nothing to be told. */
  readonly needs: readonly Repair[];
  /** The names of stories without which this one says nothing: they are told before it. */
  readonly dependsOn: readonly string[];
  readonly steps: readonly ScriptStep[];
  /** Which core heals in the end; null where nothing has to come about. */
  readonly core: Core | null;
};

/**
 * `S-` and 8 hexadecimal digits, made of what happens and of nothing else: it stays for as long as the story does,
 * whatever it is called.
 */
export const storyId = (module: string, {steps, core}: Pick<Story, 'steps' | 'core'>): string =>
  `S-${hashOf([module, steps, core])}`;

/** What came of a story, with all that a failure needs to be told. */
export type Told<State, Stimulus, Effect> = {
  readonly type: 'Told';
  /** The first trail that ends with a step that nothing allows, and whether a core had healed by then. */
  readonly rejected: {readonly trail: readonly Taken<Stimulus>[]; readonly healed: Healed | null} | null;
  /** Which step was not on offer, from 1; null if all of them were. */
  readonly missing: number | null;
  readonly steps: number;
  /** The rules by which its steps were allowed, until a core healed. */
  readonly rules: readonly RuleId[];
  /** How a core healed, and after how many steps; null where it did not come to that. */
  readonly settled: Owing<State, Stimulus, Effect> | null;
};

/** Most times that a step is taken which may come often. */
const MOST_OFTEN = 20;

/** Leads a subject through a story from a reset on. A step that nothing allows is gone round. */
export const toldTo = async <Config, State, Stimulus, Effect>(
  bench: Bench<Config, State, Stimulus, Effect>,
  {steps, core}: Pick<Story, 'steps' | 'core'>,
  settlement: Settlement<Config, State, Stimulus> | null,
): Promise<Told<State, Stimulus, Effect> | Ending<Stimulus>> => {
  const script = new Script<State, Stimulus, Effect>(steps);
  const rejected: (readonly Taken<Stimulus>[])[] = [];
  const walked = await walking(bench, script.next, slip => {
    rejected.push(slip.trail);
    return beyond(bench, slip);
  });
  if (walked.type === 'Broken' || walked.type === 'Stopped') return walked;
  const [early] = rejected;
  const told = {
    type: 'Told' as const,
    rejected: early === undefined ? null : {trail: early, healed: null},
    missing: script.missing,
    steps: walked.type === 'Done' ? walked.position.trail.length : walked.trail.length,
    rules: walked.type === 'Done' ? [...new Set(walked.position.rules.flat())] : [],
    settled: null,
  };
  if (walked.type === 'Rejected' || script.missing !== null || core === null || settlement === null) return told;
  const healed = {core, after: told.steps};
  const end = await settled(bench, settlement, core, walked.position, trail => rejected.push(trail));
  if (end.type !== 'Settled') return end;
  const [first] = rejected;
  return {
    ...told,
    rejected: told.rejected ?? (first === undefined ? null : {trail: first, healed}),
    settled: {...end, healed},
  };
};

/** Whether it is neither given already nor overtaken. */
export const isFirst = <Stimulus, Effect>({open}: World<Stimulus, Effect>, {source}: Offer<Stimulus>): boolean => {
  const entry = source.type === 'Answer' ? open[source.index] : undefined;
  return entry === undefined || isFresh(entry);
};

/** Takes the steps of a script one after the other, as far as they are on offer. */
class Script<State, Stimulus, Effect> {
  /** The step that was not on offer, from 1. */
  missing: number | null = null;
  readonly #steps: readonly ScriptStep[];
  #at = 0;
  #taken = 0;

  constructor(steps: readonly ScriptStep[]) {
    this.#steps = steps;
  }

  readonly next: Choose<State, Stimulus, Effect> = position => {
    const choices = choicesAt(position);
    for (let step = this.#steps[this.#at]; step !== undefined; step = this.#steps[this.#at]) {
      const wanted = step;
      const choice = choices.find(
        ({offer}) => isWanted(offer.stimulus, wanted) && (wanted.again === true || isFirst(position.world, offer)),
      );
      if (choice !== undefined && this.#taken < MOST_OFTEN) {
        this.#taken += 1;
        if (wanted.often !== true) this.#on();
        return choice;
      }
      if (this.#taken === 0) {
        this.missing = this.#at + 1;
        return null;
      }
      this.#on();
    }
    return null;
  };

  #on(): void {
    this.#at += 1;
    this.#taken = 0;
  }
}
