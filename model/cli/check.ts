// `holdfast check [model | file] [options]`

import {CATALOGUE} from '../catalogue.js';
import {wrapped} from '../report/layout.js';
import {checkAll} from './check-all.js';
import {checkOne} from './check-one.js';
import {goesWithoutModel, saidOf} from './command-line.js';
import type {Interruption} from './interruption.js';
import {sourceOf} from './source.js';

/** The built-in models, for the end of the help. */
const listing = async (): Promise<string> => {
  const models = await Promise.all(CATALOGUE.map(({load}) => load()));
  const width = Math.max(...models.map(({name}) => name.length)) + 4;
  const lines = models.map(({name, summary}) => wrapped(`${`  ${name}`.padEnd(width)}${summary}`, width));
  return ['', 'Models:', ...lines, '', 'holdfast check <model> --help lists the options of a model.'].join('\n');
};

/** Answers the exit code: 0 holds, 1 violated, 3 incomplete. Refuses bad usage and broken models. */
export const check = async (words: readonly string[], interruption: Interruption): Promise<number> => {
  const said = saidOf(words);
  if (said.model !== null) return await checkOne(sourceOf(said.model), said, words, interruption);
  return goesWithoutModel(words, await listing()) ? await checkAll(said, interruption) : 0;
};
