import {type Config, type Problem, validate} from '../cluster/config.js';
import {type FailoverConfig, failoverProblems} from '../failover/config.js';
import type {RuntimeConfig} from '../runtime/module.js';
import type {StorageConfig} from '../storage/directory/config.js';

/** Fixed for the life of a host: what each of its modules has to know, told once. */
export type HostConfig = Config & FailoverConfig & StorageConfig & RuntimeConfig;

/** All that contradicts itself in a host's configuration; nothing if it is valid. */
export const hostProblems = (config: HostConfig): readonly Problem[] => {
  const {vms, plans, capacity} = config;
  const validated = validate(config);
  return [
    ...(validated.type === 'Valid' ? [] : validated.problems),
    ...failoverProblems(config),
    ...plans.flatMap(({vm}, index) =>
      vms.some(layout => layout.vm === vm) ? [] : [{field: `plans[${index}].vm`, reason: `${vm} has no layout`}],
    ),
    ...(Number.isSafeInteger(capacity) && capacity >= 0
      ? []
      : [{field: 'capacity', reason: `is ${capacity}: must be an integer that is not negative`}]),
  ];
};
