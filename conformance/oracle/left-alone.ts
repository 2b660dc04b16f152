// What an earlier step had to leave alone, and may not have: a refusal by which something changes all the same, and a
// start that loses what was kept.

import {at, canonical, isSame, type Path, replaced} from '../canonical.js';
import {AS_IF, fitting, leadsTo, type Moment, rulesAt, type Slip} from './earlier.js';

/** Which of these had to change nothing, and the part of what it remembers that the subject may have changed there. */
export const meddled = <Config, State, Stimulus, Effect>(
  moments: readonly Moment<Config, State, Stimulus, Effect>[],
): readonly Slip[] =>
  moments.flatMap((moment, index) => {
    const {specification, config, step, number, before} = moment;
    const {remembering = {}} = specification;
    const all = fitting(moment, config, step.stimulus, before);
    if (!all.every(({was, state}) => isSame(was, state))) return [];
    const former = moments.slice(0, index).flatMap(earlier => earlier.before.map(({state}) => state));
    return all.flatMap(({state, names}) =>
      placesIn(state, Object.keys(remembering)).flatMap(({part, path}): readonly Slip[] => {
        const {what = part} = remembering[part] ?? {};
        const is = at(state, path);
        const values = [at(step.stimulus, [part]), ...former.map(each => at(each, path)), ...shorter(is)];
        const others = values.filter(value => typeof value === typeof is && !isSame(value, is));
        for (const value of new Map(others.map(other => [canonical(other), other])).values()) {
          const then = leadsTo(moment, [{state: replaced(state, path, value), names}]);
          if (then !== null) {
            return [{rules: rulesAt(moment), because: `${AS_IF} step ${number} had changed ${what}`, then}];
          }
        }
        return [];
      }),
    );
  });

/** Which of these had to leave all as it was on the disk: the subject may have started as if it had never run. */
export const lost = <Config, State, Stimulus, Effect>(
  moments: readonly Moment<Config, State, Stimulus, Effect>[],
): readonly Slip[] => {
  const [first] = moments;
  return moments.flatMap(moment => {
    const {specification, config, step, number} = moment;
    if (first === undefined || specification.isStart?.(step.stimulus) !== true || moment === first) return [];
    const anew = {...moment, before: first.before};
    const then = leadsTo(moment, fitting(anew, config, step.stimulus, first.before));
    return then === null
      ? []
      : [{rules: rulesAt(moment), because: `${AS_IF} it had kept nothing over step ${number}`, then}];
  });
};

/** Where parts of these names stand in a value, if they are no more than a value or a list of such. */
const placesIn = (
  value: unknown,
  parts: readonly string[],
  path: Path = [],
): readonly {readonly part: string; readonly path: Path}[] =>
  typeof value !== 'object' || value === null
    ? []
    : Object.entries(value).flatMap(([name, part]) => {
        const place = [...path, name];
        const isHere = parts.includes(name) && (Array.isArray(part) ? part : [part]).every(isScalar);
        return isHere ? [{part: name, path: place}] : placesIn(part, parts, place);
      });

const isScalar = (value: unknown): boolean => typeof value !== 'object';

/** Lists longer than this are not tried with every part of them left out. */
const MOST = 5;

/** The list without some of its elements. */
const shorter = (value: unknown): readonly unknown[] => {
  if (!Array.isArray(value) || value.length > MOST) return [];
  return value
    .reduce<readonly unknown[][]>((all, each) => [...all, ...all.map(list => [...list, each])], [[]])
    .filter(({length}) => length < value.length);
};
