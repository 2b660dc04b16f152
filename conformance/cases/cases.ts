// Cases that are led through one after the other, instead of a search.

import type {Policy} from '../../src/index.js';
import {careful, eager, patient} from '../../src/index.js';
import type {Specification} from '../specification.js';
import type {Plan} from '../suite.js';
import type {Bench, Ending, OnRejected} from './bench.js';
import {oneByOne, type Task} from './rehearsal.js';
import {leading} from './shrink.js';

/** The policies that cases are written down by. */
export const POLICIES = {eager, careful, patient} as const satisfies Readonly<Record<string, Policy>>;

/** A case, by the choices that lead the reference through it under a policy. */
export type WrittenCase = {
  /** `T-` and 8 hexadecimal digits, as `caseId` makes them. */
  readonly id: string;
  readonly plan: string;
  readonly policy: keyof typeof POLICIES;
  /** Which of the offers each step takes, from 0, joined by dots. */
  readonly choices: string;
};

/** What a case puts to a subject, in the relation's ids. It ends early where a choice is not on offer. */
export const stimuliOf = <Config, State, Stimulus, Effect>(
  {start, outcomes, withoutNeedless}: Specification<Config, State, Stimulus, Effect>,
  {config, world: beginning}: Pick<Plan<Config, Stimulus, Effect>, 'config' | 'world'>,
  {policy, choices}: Pick<WrittenCase, 'policy' | 'choices'>,
): readonly Stimulus[] => {
  let [state, world] = [start(config), beginning];
  const stimuli: Stimulus[] = [];
  for (const choice of choices.split('.')) {
    const offer = world.offers()[Number(choice)];
    if (offer === undefined) return stimuli;
    stimuli.push(offer.stimulus);
    const did = POLICIES[policy](outcomes(config, state, offer.stimulus));
    state = did.state;
    world = world.after(offer, withoutNeedless(offer.stimulus, did.effects) as readonly Effect[]);
  }
  return stimuli;
};

/**
 * Leads the subject through each of them from a reset on, as far as it can be put to this subject. Null when all were
 * gone through.
 */
export const ledThrough = <Config, State, Stimulus, Effect>(
  bench: Bench<Config, State, Stimulus, Effect>,
  cases: readonly (readonly Stimulus[])[],
  onRejected: OnRejected<Stimulus>,
): Promise<Ending<Stimulus> | null> => {
  const task =
    (stimuli: readonly Stimulus[]): Task<Config, State, Stimulus, Effect> =>
    async (taken, isRehearsal) => {
      const outcome = await leading(taken, stimuli);
      if (outcome.type === 'Done') return null;
      if (outcome.type !== 'Rejected') return outcome;
      return isRehearsal || (await onRejected(outcome.trail)) ? null : {type: 'Stopped', reason: 'enough is wrong'};
    };
  return oneByOne(bench, cases.map(task));
};
