// What is wrong with an effect that is right but for an id.

import {textOf} from '../../model/report/value.js';
import type {RuleId} from '../../src/index.js';
import {at, canonical} from '../canonical.js';
import type {IdUse, Specification} from '../specification.js';
import type {Pair} from './match.js';
import {bound, type Names} from './names.js';

/** The rules that give such ids their meaning, and in words what this one stands for instead. */
export type Misnaming = {readonly rules: readonly RuleId[]; readonly because: string};

/** `names` are those from before the step. */
export const misnaming = <Config, State, Stimulus, Effect>(
  {idsInEffect}: Specification<Config, State, Stimulus, Effect>,
  config: Config,
  names: Names,
  {expected, observed}: Pair<Effect>,
): Misnaming => {
  const uses = idsInEffect(config, expected);
  const wrong = uses.filter(use => bound(names, use, at(expected, use.path), at(observed, use.path)) === null);
  const told = (wrong.length > 0 ? wrong : uses).map(({path, space}) => {
    const theirs = at(observed, path);
    const known = names.find(name => name.space === space && name.ours === canonical(at(expected, path)));
    const isUsed = names.some(name => name.space === space && name.theirs === canonical(theirs));
    const name = `${path.join('.')} ${textOf(theirs)}`;
    if (known !== undefined) return `${name}: it was ${textOf(JSON.parse(known.theirs))} before`;
    return isUsed ? `${name} stands for something earlier` : `${name} is not next in order`;
  });
  return {rules: uses.map(({rule}: IdUse) => rule), because: told.join('; ')};
};
