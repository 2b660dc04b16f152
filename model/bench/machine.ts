import {cpus, loadavg, release, totalmem, type} from 'node:os';
import type {Machine} from './results.js';

/** What must be known of this machine to compare figures with those of another. */
export const machine = (): Machine => ({
  processor: (cpus()[0]?.model ?? 'unknown').trim(),
  cores: cpus().length,
  memoryBytes: totalmem(),
  system: `${type()} ${release().replace(/-.*/, '')}`,
  load: loadavg()[0] ?? 0,
});
