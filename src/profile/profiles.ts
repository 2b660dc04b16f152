import {REPAIRS, type Repair, type Repairs, repairsOf} from './repairs.js';

/** A named set of repairs. */
export type Profile = 'claimed' | 'hardened';

/**
 * The repairs of each profile. `claimed` is what the claims and the specification text say, gaps filled in the plainest
 * way; telling the platform only on completion is part of that reading. `hardened` is every repair.
 */
export const PROFILES: {readonly [P in Profile]: readonly Repair[]} = {
  claimed: ['completion-report'],
  hardened: REPAIRS,
};

/** A profile with some repairs put in and some taken out; what is named in both is out. */
export const profile = (
  name: Profile,
  {plus = [], minus = []}: {readonly plus?: readonly Repair[]; readonly minus?: readonly Repair[]} = {},
): Repairs => repairsOf([...PROFILES[name], ...plus].filter(repair => !minus.includes(repair)));
