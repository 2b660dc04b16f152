// The world of the storage contract: partitions that come and go, and hosts that call SET and ask.

import {subsets} from '../../model/define/plain.js';
import {type Generation, generation, type HostId, type Protection, type View} from '../../src/index.js';
import {canonical} from '../canonical.js';
import type {Happening, Surroundings} from '../cases/world.js';
import type {StorageConfig, StorageEffect, StorageStimulus} from './specification.js';

/** How the network stands, and the newest SET that anybody called. */
export type Facts = {readonly view: View; readonly value: Protection; readonly generation: Generation};

export const surroundingsOf = ({hosts}: StorageConfig): Surroundings<Facts, StorageStimulus, StorageEffect> => ({
  facts: {view: [hosts], value: 'unprotected', generation: generation(0)},
  happenings: facts => [...ofNetwork(hosts, facts), ...hosts.flatMap(host => ofHost(host, facts))],
  answers: () => [],
  fateOnStimulus: () => 'open',
  fateOnEffect: () => 'open',
  learnt: (facts, stimulus) => {
    switch (stimulus.type) {
      case 'Set':
        return stimulus.generation > facts.generation
          ? {...facts, value: stimulus.value, generation: stimulus.generation}
          : facts;
      case 'ViewChanged':
        return {...facts, view: stimulus.view};
      case 'Ask':
        return facts;
    }
  },
});

/** Every way to split the hosts into at most two sides, and all of them apart. */
const ofNetwork = (hosts: readonly HostId[], {view}: Facts): readonly Happening<StorageStimulus>[] => {
  const [first, ...rest] = hosts;
  if (first === undefined) return [];
  const views: readonly View[] = [
    ...subsets(rest).map(side => {
      const far = rest.filter(host => !side.includes(host));
      return far.length === 0 ? [[first, ...side]] : [[first, ...side], far];
    }),
    hosts.map(host => [host]),
  ];
  return views
    .filter(other => canonical(other) !== canonical(view))
    .map(other => ({kind: 'view', stimulus: {type: 'ViewChanged', view: other}}));
};

const ofHost = (host: HostId, facts: Facts): readonly Happening<StorageStimulus>[] => {
  const other: Protection = facts.value === 'protected' ? 'unprotected' : 'protected';
  const set = (kind: string, value: Protection, number: number): Happening<StorageStimulus> => ({
    kind,
    stimulus: {type: 'Set', host, value, generation: generation(number)},
  });
  return [
    {kind: 'ask', stimulus: {type: 'Ask', host}},
    set('set', other, facts.generation + 1),
    set('again', facts.value, facts.generation),
    set('conflict', other, facts.generation),
    ...(facts.generation >= 1 ? [set('overtaken', other, facts.generation - 1)] : []),
  ];
};
