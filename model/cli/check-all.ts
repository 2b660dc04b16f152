import {CATALOGUE, type Trial} from '../catalogue.js';
import {overall, type Row, tableText} from '../report/table.js';
import type {Said} from './command-line.js';
import {EXIT} from './exit.js';
import {explore} from './explore.js';
import {flagOf} from './flag.js';
import {refuseWithoutModel} from './general.js';
import type {Interruption} from './interruption.js';
import {paintOf, print, printJson} from './output.js';
import {progressLine} from './progress-line.js';
import {checking} from './work.js';

/** A trial as it would be said: `protect --profile claimed`. */
const titleOf = (name: string, {choices}: Trial): string =>
  [
    name,
    ...Object.entries(choices).map(([key, text]) => (text === 'true' ? flagOf(key) : `${flagOf(key)} ${text}`)),
  ].join(' ');

const TRIALS = CATALOGUE.flatMap(({name, trials}) =>
  trials.map(trial => ({...trial, name, title: titleOf(name, trial)})),
);

/** What the JSON document says of a model that an interruption left out. */
const notRun = (model: string) => ({model, verdict: 'incomplete', complete: false, reason: 'not run'});

/** Explores every built-in model, one after the other, and compares the verdicts. Answers the exit code. */
export const checkAll = async (said: Said, interruption: Interruption): Promise<number> => {
  refuseWithoutModel(said);
  const {json, bounds, keeping, graph} = said;
  const progress = progressLine(process.stderr);
  const rows: (Row & {readonly name: string})[] = [];
  for (const {name, title, choices, expected} of TRIALS) {
    const label = `${rows.length + 1}/${TRIALS.length} ${title}`;
    const explored = interruption.asked.aborted
      ? null
      : await explore({
          source: {type: 'BuiltIn', name},
          work: checking({bounds, keeping, graph}),
          interruption,
          choose: () => choices,
          onProgress: now => progress.show(label, now),
        }).finally(progress.clear);
    rows.push({name, title, expected, result: explored?.result ?? null});
  }
  if (json) printJson(rows.map(({name, expected, result}) => ({...(result ?? notRun(name)), expected})));
  else print(tableText(rows, paintOf(process.stdout)));
  return EXIT[overall(rows)];
};
