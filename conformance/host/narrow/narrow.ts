// Narrow plans: a few ways behind a scene, each for what a subject may do wrong there and hardly anywhere else.

import type {NarrowPlan} from '../plan.js';
import {NARROW_CHANGES} from './changes.js';
import {NARROW_ELECTIONS} from './elections.js';
import {NARROW_LASTING} from './lasting.js';
import {NARROW_LATE} from './late.js';
import {NARROW_NEWS} from './news.js';
import {NARROW_AS_PRIMARY} from './primary.js';
import {NARROW_REGISTRATIONS} from './registrations.js';
import {NARROW_REIGNS} from './reigns.js';
import {NARROW_ROUNDS} from './rounds.js';
import {NARROW_SECOND} from './second.js';
import {NARROW_SEVERAL} from './several.js';
import {NARROW_VOTES} from './votes.js';
import {NARROW_WAITING} from './waiting.js';
import {NARROW_WRITES} from './writes.js';

/** By name, by what they are about; no two go by one name. */
export const GROUPS: readonly Readonly<Record<string, NarrowPlan>>[] = [
  NARROW_LATE,
  NARROW_AS_PRIMARY,
  NARROW_LASTING,
  NARROW_WAITING,
  NARROW_SEVERAL,
  NARROW_WRITES,
  NARROW_SECOND,
  NARROW_REIGNS,
  NARROW_REGISTRATIONS,
  NARROW_ROUNDS,
  NARROW_ELECTIONS,
  NARROW_VOTES,
  NARROW_NEWS,
  NARROW_CHANGES,
];

/** By name. */
export const NARROW: Readonly<Record<string, NarrowPlan>> = Object.assign({}, ...GROUPS);
