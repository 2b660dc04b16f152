// `holdfast audit <model | file> [options]`

import {auditText} from '../report/audit-summary.js';
import {AUDIT, auditOf, textsOf} from './command-line.js';
import {EXIT_AUDIT} from './exit.js';
import {explore} from './explore.js';
import {titleOf} from './flag.js';
import type {Interruption} from './interruption.js';
import {paintOf, print, printJson} from './output.js';
import {progressLine} from './progress-line.js';
import {Refusal} from './refusal.js';
import {sourceOf} from './source.js';
import {auditing} from './work.js';

/**
 * Answers the exit code: 0 proved or nothing to prove, 1 refuted, 3 incomplete. Refuses bad usage and broken models.
 */
export const audit = async (words: readonly string[], interruption: Interruption): Promise<number> => {
  const said = auditOf(words);
  if (said === null) return 0;
  const {model, json, limits} = said;
  if (model === null) throw new Refusal('audit needs a model: holdfast audit <model | file>');
  const progress = progressLine(process.stderr);
  const {description, result} = await explore({
    source: sourceOf(model),
    work: auditing(limits),
    interruption,
    choose: described => textsOf(words, described, AUDIT),
    onProgress: (now, known) => progress.show(titleOf(known.description, known.options), now),
  }).finally(progress.clear);
  if (result === null) return 0;
  if (json) printJson(result);
  else print(auditText(result, titleOf(description, result.options), paintOf(process.stdout)));
  return EXIT_AUDIT[result.verdict];
};
