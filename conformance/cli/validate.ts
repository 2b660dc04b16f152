// `holdfast conform validate log.ndjson...`

import {statSync} from 'node:fs';
import {type Command, Option} from 'commander';
import type {Interruption} from '../../model/cli/interruption.js';
import {paintOf, print, printJson} from '../../model/cli/output.js';
import {wholeNumber} from '../../model/cli/quantity.js';
import {oneLine, Refusal} from '../../model/cli/refusal.js';
import {judgeFor} from '../validate/laws.js';
import {validationText} from '../validate/text.js';
import {validate} from '../validate/validate.js';
import type {Answer} from '../validate/validation.js';
import {EXIT} from './exit.js';

const CODES: Readonly<Record<Answer, number>> = {
  consistent: EXIT.pass,
  partial: EXIT.inconclusive,
  violated: EXIT.fail,
  inconclusive: EXIT.inconclusive,
};

type Said = {readonly hidden: number; readonly json: boolean};

export const addValidate = (made: Command, leave: (code: number) => void, interruption: Interruption): void => {
  made
    .command('validate')
    .description('say whether logs of a running cluster are allowed')
    .argument('<files...>', 'logs: a file for each host, or several in one')
    .addOption(
      new Option('--hidden <number>', 'so many steps in a row may have been left out of the log')
        .argParser(wholeNumber('--hidden', 5, 0))
        .default(0),
    )
    .option('--json', 'print everything as JSON, for `coverage` and other programs', false)
    .action(async (files: readonly string[], said: Said) => leave(await validated(files, said, interruption)));
};

const validated = async (
  files: readonly string[],
  {hidden, json}: Said,
  interruption: Interruption,
): Promise<number> => {
  for (const file of files) {
    const found = statSync(file, {throwIfNoEntry: false});
    if (found === undefined) throw new Refusal(`${file} is not there`);
    if (found.isDirectory()) throw new Refusal(`${file} is a folder: name the logs in it`);
  }
  interruption.grant();
  const validation = await validate(files, judgeFor, {hidden, signal: interruption.asked}).catch((thrown: unknown) => {
    if (thrown instanceof Error && 'code' in thrown) throw new Refusal(oneLine(thrown));
    throw thrown;
  });
  if (json) printJson(validation);
  else print(validationText(validation, paintOf(process.stdout)));
  return CODES[validation.answer];
};
