import {summaryText} from '../report/summary.js';
import {type Said, textsOf} from './command-line.js';
import type {Source} from './exchange.js';
import {EXIT} from './exit.js';
import {explore} from './explore.js';
import {titleOf} from './flag.js';
import type {Interruption} from './interruption.js';
import {paintOf, print, printJson} from './output.js';
import {progressLine} from './progress-line.js';

/** Explores one model and reports. Answers the exit code. */
export const checkOne = async (
  source: Source,
  {json, bounds}: Said,
  words: readonly string[],
  interruption: Interruption,
): Promise<number> => {
  const progress = progressLine(process.stderr);
  const {description, result} = await explore({
    source,
    bounds,
    interruption,
    choose: described => textsOf(words, described),
    onProgress: (now, known) => progress.show(titleOf(known.description, known.options), now),
  }).finally(progress.clear);
  if (result === null) return 0;
  if (json) printJson(result);
  else print(summaryText(result, titleOf(description, result.options), paintOf(process.stdout)));
  return EXIT[result.verdict];
};
