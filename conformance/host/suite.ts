import {
  type ComposedState,
  type HostConfig,
  type HostEffect,
  type HostEvent,
  type HostId,
  hostId,
  mirrored,
  objectId,
  profile,
  type Repairs,
  SCHEDULE,
  vmId,
} from '../../src/index.js';
import {worldWithin} from '../cases/world.js';
import {type Plan, planIn, type Suite, told} from '../suite.js';
import {NARROW} from './narrow/narrow.js';
import {COVERED, WALKED} from './plans.js';
import {stepsOf} from './scene.js';
import {hostSettlement} from './settlement.js';
import {wholeHost} from './specification.js';
import {hostStories} from './stories.js';
import {surroundingsOf} from './surroundings.js';
import {LATE} from './untimely.js';
import {forked, led} from './ways.js';

const [H1, H2, H3] = [hostId('h1'), hostId('h2'), hostId('h3')] as const;
const HOSTS = [H1, H2, H3];

/**
 * For a whole host that keeps the given repairs: all of `hardened` if none are named. It is tried as one of three hosts
 * with one VM, whose namespace object has a component on each.
 */
export const hostSuite = ({
  repairs = profile('hardened'),
}: {
  readonly repairs?: Repairs;
} = {}): Suite<HostConfig, ComposedState, HostEvent, HostEffect> => ({
  specification: wholeHost,
  plans: [
    ...Object.entries(COVERED).map(([name, {self, scene, length, change = {}, ...bound}]) => {
      const [config, steps] = [{...configOf(self, repairs), ...change}, stepsOf(scene)];
      const world = led(worldWithin(surroundingsOf(config), STAGED), steps, reached => reached.within(bound));
      return {name, config, world, length: steps.length + length, recall: 0, walks: null};
    }),
    ...Object.entries(NARROW).map(([name, {self = H1, scene, forks, change = {}}]) => {
      const [config, steps] = [{...configOf(self, repairs), ...change}, stepsOf(scene)];
      const world = led(worldWithin(surroundingsOf(config), UNTIMELY), steps, reached => forked(reached, forks));
      return {
        name,
        config,
        world,
        length: steps.length + forks.length,
        recall: 0,
        walks: null,
        isNarrow: true,
      } as const;
    }),
    walks('random walks', H1, repairs),
    walks('random walks of another host', H2, repairs),
    {
      ...planIn('stories', configOf(H1, repairs), surroundingsOf(configOf(H1, repairs)), EVERYTHING),
      stories: hostStories,
    },
  ],
  settlement: hostSettlement,
});

/** Whatever a scene or a story is made of. */
const EVERYTHING = told(Object.keys(WALKED.happenings));

/** In a scene nothing comes twice, or too late. */
const STAGED = {...EVERYTHING, repeats: 0};

/** What comes too late besides. */
const UNTIMELY = told([...Object.keys(WALKED.happenings), ...LATE]);

const walks = (name: string, self: HostId, repairs: Repairs): Plan<HostConfig, HostEvent, HostEffect> => {
  const config = configOf(self, repairs);
  return planIn(name, config, surroundingsOf(config), WALKED, {walks: 50, recall: 0});
};

/** One VM with two replicas and a witness. */
export const configOf = (self: HostId, repairs: Repairs): HostConfig => {
  const vm = vmId('v1');
  return {
    self,
    hosts: HOSTS,
    vms: [{vm, namespace: mirrored(objectId('v1-namespace'), 'namespace', [H1, H2, H3]), disks: []}],
    repairs,
    elector: 'builtin',
    datastores: 0,
    isolationResponse: 'leave',
    subsets: 'any',
    plans: [{vm, stored: true, priority: 0}],
    placement: 'ask',
    scope: 'all',
    schedule: SCHEDULE,
    concurrency: 1,
    notices: 'per-vm',
    capacity: 1,
    cleanByDefault: false,
  };
};
