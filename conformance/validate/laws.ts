// The laws that logs are judged by, by the kind of module.

import {
  type Config,
  type HostConfig,
  type Problem,
  problemsIn,
  type StorageConfig,
  validate,
  validateHost,
  validateStorage,
} from '../../src/index.js';
import {malformation} from './form.js';
import {type Judge, judgeOf} from './judge.js';
import {haLaw} from './laws/ha.js';
import {hostLaw} from './laws/host.js';
import {storageLaw} from './laws/storage.js';
import type {Logged, LogHead} from './log.js';

/** A judge of the module that the log names. Throws where its configuration is none of the specification's. */
export const judgeFor = (head: LogHead): Judge => {
  const wrong = wrongIn(head);
  if (wrong !== null) throw new Error(wrong);
  switch (head.module) {
    case 'ha':
      return judgeOf(haLaw, head);
    case 'storage':
      return judgeOf(storageLaw, head);
    case 'host':
      return judgeOf(hostLaw, head);
  }
};

const LAWS = {ha: haLaw, storage: storageLaw, host: hostLaw};

/** Whoever doubts the values of a configuration, and whoever goes by it, trusts its form: so that comes first. */
const wrongIn = (head: LogHead): string | null => {
  const {host, module, config} = head;
  const malformed = malformation(LAWS[module].forms.config, config);
  if (malformed !== null) return malformed;
  if (config['self'] !== host) return `self is not ${host}, whose log this is said to be`;
  const [problem] = problemsOf(head);
  return problem === undefined ? null : `${problem.field} ${problem.reason}`;
};

const problemsOf = ({module, config}: LogHead): readonly Problem[] => {
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
