// The options that several commands take.

import {type Command, Option} from 'commander';
import {timeSpan, wholeNumber} from '../../model/cli/quantity.js';
import {MODULES} from '../suites.js';

/** How to get at the subject, and what it is. */
export const addSubject = (made: Command): Command =>
  made
    .argument('[subject...]', 'after --: the command that starts the subject')
    .addOption(new Option('--connect <address>', 'a subject that listens: tcp:HOST:PORT or unix:PATH').default(null))
    .addOption(
      new Option('--profile <module>', 'what kind of module it is; may be left out where it is of one kind')
        .choices(MODULES)
        .default(null),
    )
    .addOption(
      new Option('--repairs <set>', 'the repairs that it is judged by, instead of those that it names')
        .choices(['claimed', 'hardened'])
        .default(null),
    )
    .addOption(
      new Option('--timeout <seconds>', 'how long an answer may take').argParser(timeSpan('--timeout')).default(10),
    );

export const addSeed = (made: Command): Command =>
  made.addOption(
    new Option('--seed <number>', 'what the random walks start from')
      .argParser(wholeNumber('--seed', 2 ** 31, 0))
      .default(1),
  );
