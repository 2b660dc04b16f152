// The laws that logs are judged by, by the kind of module.

import {type Judge, judgeOf} from './judge.js';
import {haLaw} from './laws/ha.js';
import {hostLaw} from './laws/host.js';
import {storageLaw} from './laws/storage.js';
import type {LogHead} from './log.js';

/** A judge of the module that the log names. */
export const judgeFor = (head: LogHead): Judge => {
  switch (head.module) {
    case 'ha':
      return judgeOf(haLaw, head);
    case 'storage':
      return judgeOf(storageLaw, head);
    case 'host':
      return judgeOf(hostLaw, head);
  }
};
