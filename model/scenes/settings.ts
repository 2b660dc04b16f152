// What the options of all scenes have in common: the repairs that are on, and what may still happen.

import {profile, REPAIRS, type Repairs} from '../../src/index.js';
import {type Chosen, choice, integer, list} from '../index.js';

/** Which repairs are on: those of a profile, with some more and without others. */
export const REPAIR_OPTIONS = {
  profile: choice(['hardened', 'claimed'], {default: 'hardened', about: 'named set of repairs'}),
  with: list(REPAIRS, {about: 'repairs to switch on'}),
  without: list(REPAIRS, {about: 'repairs to switch off'}),
} as const;

export const repairsOf = (options: Chosen<typeof REPAIR_OPTIONS>): Repairs =>
  profile(options.profile, {plus: options.with, minus: options.without});

/** How often something may happen. */
export const budget = (fallback: number, max: number, about: string) =>
  integer({default: fallback, min: 0, max, about});

/** The budgets after one has been spent, or null if there is nothing left of it. */
export const spent = <B extends Readonly<Record<keyof B, number>>>(budgets: B, name: keyof B): B | null =>
  budgets[name] > 0 ? {...budgets, [name]: budgets[name] - 1} : null;
