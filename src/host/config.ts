import {type Config, validate} from '../cluster/config.js';
import {judged, problemsIn, type Validation} from '../cluster/validation.js';
import {type FailoverConfig, validateFailover} from '../failover/config.js';
import {type RuntimeConfig, validateRuntime} from '../runtime/module.js';
import {type StorageConfig, validateStorage} from '../storage/directory/config.js';

/** Fixed for the life of a host: what each of its modules has to know, told once. */
export type HostConfig = Config & FailoverConfig & StorageConfig & RuntimeConfig;

/**
 * Doubts the values of a host's configuration: those of each of its modules, and what they have to agree about. All
 * problems are named at once.
 */
export const validateHost = (config: HostConfig): Validation<HostConfig> => {
  const {vms, plans, elector} = config;
  return judged(config, [
    ...[validate(config), validateFailover(config), validateStorage(config), validateRuntime(config)].flatMap(
      problemsIn,
    ),
    ...(elector === 'builtin'
      ? []
      : [{field: 'elector', reason: `is ${elector}: nobody outside tells a whole host who is elected, so builtin`}]),
    ...plans.flatMap(({vm}, index) =>
      vms.some(layout => layout.vm === vm) ? [] : [{field: `plans[${index}].vm`, reason: `${vm} has no layout`}],
    ),
  ]);
};
