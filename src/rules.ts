import type {Repairs} from './profile/repairs.js';
import {CHANGES, DIRECTORY, OBJECTS} from './rules/directory.js';
import {ELECTION} from './rules/election.js';
import {FAILOVER} from './rules/failover.js';
import {FALLBACK} from './rules/fallback.js';
import {HOST} from './rules/host.js';
import {LIVENESS} from './rules/liveness.js';
import {LOCK} from './rules/lock.js';
import {PLATFORM} from './rules/platform.js';
import {RETRIEVAL} from './rules/retrieval.js';
import type {Rule} from './rules/rule.js';
import {RUNTIME} from './rules/runtime.js';
import {STORAGE} from './rules/storage.js';
import {TERMS} from './rules/terms.js';
import {TIMEOUTS} from './rules/timeouts.js';
import {WAITING} from './rules/waiting.js';

/** Every rule, chapter by chapter: its sentence, source and reason stand in `spec/` under the same id. */
export const RULES = {
  ...FALLBACK,
  ...WAITING,
  ...TIMEOUTS,
  ...TERMS,
  ...ELECTION,
  ...LIVENESS,
  ...STORAGE,
  ...LOCK,
  ...DIRECTORY,
  ...OBJECTS,
  ...CHANGES,
  ...PLATFORM,
  ...FAILOVER,
  ...RETRIEVAL,
  ...RUNTIME,
  ...HOST,
} as const satisfies Readonly<Record<string, Rule>>;

/** The id of a rule, such as `FB-14`. */
export type RuleId = keyof typeof RULES;

/** Whether the rule has a say where these repairs are on and the others off. */
export const isApplicable = (id: RuleId, repairs: Repairs): boolean => {
  const {with: needs, without}: Rule = RULES[id];
  return needs.every(repair => repairs[repair]) && !without.some(repair => repairs[repair]);
};
