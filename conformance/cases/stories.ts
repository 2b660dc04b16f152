// The stories of a plan, told one after the other, each with its own verdict.

import type {Repairs, RuleId} from '../../src/index.js';
import type {Bench, Ending, OnRejected} from './bench.js';
import type {OnOwing} from './settle.js';
import type {Settlement} from './settlement.js';
import {type Story, storyId, type Told, toldTo} from './story.js';

/**
 * `unsupported`: the subject does not claim the repairs that it needs. `blocked`: it depends on one that did not pass.
 * `not-reached`: the subject chooses another way. `inconclusive`: not told before the run was cut short. Only `pass` is
 * green.
 */
export type StoryVerdict = 'pass' | 'fail' | 'unsupported' | 'blocked' | 'not-reached' | 'inconclusive';

export type StoryReport = {
  readonly id: string;
  readonly name: string;
  readonly moral: string;
  readonly of: string;
  readonly dependsOn: readonly string[];
  readonly verdict: StoryVerdict;
  /** Why it is not a pass; null if it is. */
  readonly why: string | null;
  /** The rules by which its steps were allowed. */
  readonly rules: readonly RuleId[];
  readonly steps: number;
  /** How a core healed behind it: after how many steps of how many at most what was owed; null where none did. */
  readonly settled: {readonly steps: number; readonly bound: number; readonly outstanding: readonly string[]} | null;
};

type Telling<Config, State, Stimulus, Effect> = {
  readonly settlement: Settlement<Config, State, Stimulus> | null;
  readonly onRejected: OnRejected<Stimulus>;
  readonly onOwing: OnOwing<State, Stimulus, Effect>;
  readonly onStory: (report: StoryReport) => void;
};

/** Null when all were told, whatever came of them. */
export const allTold = async <Config extends {readonly repairs: Repairs}, State, Stimulus, Effect>(
  bench: Bench<Config, State, Stimulus, Effect>,
  stories: readonly Story[],
  {settlement, onRejected, onOwing, onStory}: Telling<Config, State, Stimulus, Effect>,
): Promise<Ending<Stimulus> | null> => {
  const {specification, config} = bench;
  const verdicts = new Map<string, StoryVerdict>();
  let ending: Ending<Stimulus> | null = null;
  for (const story of stories) {
    const {name, moral, of, dependsOn} = story;
    const tell = (verdict: StoryVerdict, why: string | null, found: Partial<StoryReport> = {}): void => {
      const id = storyId(specification.module, story);
      onStory({id, name, moral, of, dependsOn, verdict, why, rules: [], steps: 0, settled: null, ...found});
      verdicts.set(name, verdict);
    };
    const lacking = story.needs.filter(repair => !config.repairs[repair]);
    const blocking = dependsOn.filter(other => verdicts.has(other) && verdicts.get(other) !== 'pass');
    if (ending !== null) tell('inconclusive', 'the run was cut short');
    else if (lacking.length > 0) tell('unsupported', `it needs ${lacking.join(', ')}, which is not claimed`);
    else if (blocking.length > 0) tell('blocked', `it depends on "${blocking.join('", "')}"`);
    else {
      const told = await toldTo(bench, story, settlement);
      if (told.type !== 'Told') {
        ending = told;
        tell('inconclusive', told.reason);
        continue;
      }
      const {verdict, why} = verdictOn(told);
      const {steps, rules, rejected, settled} = told;
      tell(verdict, why, {
        steps,
        rules,
        settled:
          settled === null
            ? null
            : {steps: settled.steps, bound: settled.bound, outstanding: settled.debts.map(({what}) => what)},
      });
      const goesOn =
        (rejected === null || (await onRejected(rejected.trail, rejected.healed))) &&
        (settled === null || settled.debts.length === 0 || (await onOwing(settled)));
      if (!goesOn) ending = {type: 'Stopped', reason: 'enough is wrong'};
    }
  }
  return ending;
};

const verdictOn = <State, Stimulus, Effect>({
  rejected,
  missing,
  settled,
}: Told<State, Stimulus, Effect>): {readonly verdict: StoryVerdict; readonly why: string | null} => {
  const debts = settled?.debts ?? [];
  if (rejected !== null || debts.length > 0) {
    const step = rejected === null ? [] : [`nothing allows step ${rejected.trail.length}`];
    const owing = debts.map(({rule, what}) => `${what} within ${settled?.bound} steps (${rule})`);
    return {verdict: 'fail', why: [...step, ...owing].join('; ')};
  }
  if (missing !== null) return {verdict: 'not-reached', why: `the subject leaves it before step ${missing}`};
  return {verdict: 'pass', why: null};
};
