// What a module keeps over a crash, where that is what differs: that it persists something else, or nothing, only
// follows, and so does what it writes to others. The rules to read are those that speak of the part of it.

import {textOf} from '../../model/report/value.js';
import type {RuleId} from '../../src/index.js';
import {at} from '../canonical.js';
import type {Specification} from '../specification.js';
import type {Nearest} from './nearest.js';
import {isPersist} from './oracle.js';
import {partsApart} from './parts.js';

/** Rules that speak of what differs in what is kept, and how it differs in words. */
export type KeptOtherwise = {readonly rules: readonly RuleId[]; readonly because: string};

/** Null where nothing of it differs, or where only to persist it is forgotten: all else is done as if it were kept. */
export const keptOtherwise = <Config, State, Stimulus, Effect>(
  {keeping}: Specification<Config, State, Stimulus, Effect>,
  {alternative: {before, outcome}, difference: {missing, surplus}}: Nearest<State, Stimulus, Effect>,
  observed: readonly unknown[],
): KeptOtherwise | null => {
  const due = missing.find(isPersist);
  const done = surplus.find(isPersist);
  const isForgotten = done === undefined && missing.every(isPersist) && surplus.length === 0 && observed.length > 0;
  if (keeping === undefined || due === undefined || isForgotten) return null;
  const is = done === undefined ? keeping.kept(before.state) : at(done, ['durable']);
  const parts = Object.keys(keeping.speaking);
  const apart = partsApart(is, at(due, ['durable']), parts).toSorted(
    (a, b) => parts.indexOf(a.part) - parts.indexOf(b.part),
  );
  const [first] = apart;
  if (first === undefined) return null;
  const speaking = apart.flatMap(({part}) => keeping.speaking[part] ?? []);
  const cited = outcome.rules.filter((rule: RuleId) => speaking.some(start => rule.startsWith(start)));
  const rules = cited.length > 0 ? cited : speaking.filter(start => start.length > 2);
  return {
    rules: rules as readonly RuleId[],
    because: `${first.part}: ${textOf(first.one)} is kept instead of ${textOf(first.other)}`,
  };
};
