// The hazards of the protocol family, in the order in which the project lists them.

import type {Hazard} from './hazard.js';
import {FAILOVER_HAZARDS} from './hazards-failover.js';
import {PROTECTION_HAZARDS} from './hazards-protection.js';
import {RETRIEVAL_HAZARDS} from './hazards-retrieval.js';
import {STORAGE_HAZARDS} from './hazards-storage.js';

export const HAZARDS: readonly Hazard[] = [
  ...PROTECTION_HAZARDS,
  ...RETRIEVAL_HAZARDS,
  ...FAILOVER_HAZARDS,
  ...STORAGE_HAZARDS,
].sort((a, b) => Number(a.id.slice(1)) - Number(b.id.slice(1)));
