import {recoveryOutcomes} from '../ha/recovery/module.js';
import type {Policy} from '../policy/policies.js';
import {runtimeOutcomes} from '../runtime/module.js';
import {storageOutcomes} from '../storage/directory/module.js';

/** The relations that a host is composed of. */
export const MODULES = {recoveryOutcomes, storageOutcomes, runtimeOutcomes};

/** A set of such relations: the library's, narrowed by a policy, or a mutant's. */
export type Modules = typeof MODULES;

/** The same modules, each with the one outcome that the policy picks. */
export const pickedBy = (policy: Policy): Modules => ({
  recoveryOutcomes: (...given) => [policy(recoveryOutcomes(...given))],
  storageOutcomes: (...given) => [policy(storageOutcomes(...given))],
  runtimeOutcomes: (...given) => [policy(runtimeOutcomes(...given))],
});
