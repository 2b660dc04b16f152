// How a network may be split, whatever its messages are.

import type {HostId, View} from '../../src/index.js';
import {canonical, isSame} from '../canonical.js';

export const areJoined = (view: View, a: HostId, b: HostId): boolean =>
  view.some(side => side.includes(a) && side.includes(b));

/** The whole, every way to split it in two, and each host alone, but for how it is. Sides are sorted. */
export const splitsOf = (hosts: readonly HostId[], now: View): readonly View[] => {
  const [first, ...others] = hosts;
  if (first === undefined) return [];
  const companies = others.reduce<readonly (readonly HostId[])[]>(
    (sides, host) => [...sides, ...sides.map(side => [...side, host])],
    [[first]],
  );
  return [
    ...companies.map(
      (side): View => [side, hosts.filter(host => !side.includes(host))].filter(({length}) => length > 0),
    ),
    hosts.map(host => [host]),
  ].filter(view => !isSame(view, now));
};

/** Each once, in the order of the first. */
export const distinct = <T>(list: readonly T[]): readonly T[] => [
  ...new Map(list.map(entry => [canonical(entry), entry])).values(),
];

/** The list without the first entry that is like this one. */
export const without = <T>(list: readonly T[], entry: T): readonly T[] => {
  const index = list.findIndex(other => isSame(other, entry));
  return list.filter((_, position) => position !== index);
};
