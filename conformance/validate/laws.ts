// The laws that logs are judged by, by the kind of module.

import {
  type Config,
  type HostConfig,
  type Problem,
  problemsIn,
  REPAIRS,
  type StorageConfig,
  validate,
  validateHost,
  validateStorage,
} from '../../src/index.js';
import {at} from '../canonical.js';
import {type Judge, judgeOf} from './judge.js';
import {haLaw} from './laws/ha.js';
import {hostLaw} from './laws/host.js';
import {storageLaw} from './laws/storage.js';
import type {Logged, LogHead} from './log.js';

/** A judge of the module that the log names. Throws where its configuration is none of the specification's. */
export const judgeFor = (head: LogHead): Judge => {
  const [problem] = [...mismatchesIn(head), ...problemsOf(head)];
  if (problem !== undefined) throw new Error(`${problem.field} ${problem.reason}`);
  switch (head.module) {
    case 'ha':
      return judgeOf(haLaw, head);
    case 'storage':
      return judgeOf(storageLaw, head);
    case 'host':
      return judgeOf(hostLaw, head);
  }
};

/** What the types of a configuration promise and a file may not keep: what is left out would count as switched off. */
const mismatchesIn = ({host, config}: LogHead): readonly Problem[] => [
  ...(config['self'] === host ? [] : [{field: 'self', reason: `is not ${host}, whose log this is said to be`}]),
  ...REPAIRS.filter(repair => typeof at(config, ['repairs', repair]) !== 'boolean').map(repair => ({
    field: `repairs.${repair}`,
    reason: 'is neither true nor false',
  })),
];

/** What reads a configuration trusts its form. */
const problemsOf = (head: LogHead): readonly Problem[] => {
  try {
    return problemsFound(head);
  } catch (thrown) {
    if (!(thrown instanceof TypeError)) throw thrown;
    const reason = `lacks a part for ${head.module}, or has one of another type: spec/configuration.md has all of them`;
    return [{field: 'it', reason}];
  }
};

const problemsFound = ({module, config}: LogHead): readonly Problem[] => {
  switch (module) {
    case 'ha':
      return problemsIn(validate(config as Config));
    case 'storage':
      return problemsIn(validateStorage(config as StorageConfig));
    case 'host':
      return problemsIn(validateHost(config as HostConfig));
  }
};

/** The first letters of the rules that the log of such a module can exercise. */
export const CHAPTERS: Readonly<Record<Logged, readonly string[]>> = {
  ha: haLaw.specification.chapters,
  storage: storageLaw.specification.chapters,
  host: hostLaw.specification.chapters,
};
