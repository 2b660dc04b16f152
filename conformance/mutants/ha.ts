import {coordinatorMutants} from './ha/coordinator.js';
import type {HaMutant} from './ha/faults.js';
import {hostMutants} from './ha/host.js';
import {leakingMutants} from './ha/leaks.js';
import {primaryMutants} from './ha/primary.js';
import {responderMutants} from './ha/responder.js';
import {roleMutants} from './ha/roles.js';
import {waitMutants} from './ha/waits.js';

/** Faulty HA modules: one fault each. */
export const haMutants: readonly HaMutant[] = [
  ...roleMutants,
  ...primaryMutants,
  ...coordinatorMutants,
  ...responderMutants,
  ...hostMutants,
  ...leakingMutants,
  ...waitMutants,
];
