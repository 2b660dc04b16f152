// The four partitions, and what else the fallback and failover are for, as stories of a whole cluster. Hosts are
// named by what they do, so that it does not matter who that is.

import type {HostId, View} from '../../../src/index.js';
import type {Story, StoryStep} from '../simulation.js';
import {executes, type HostMove} from './moves.js';
import {STABLE} from './properties.js';
import {leaderOf, namesOf, type World} from './world.js';

type Step = StoryStep<World, HostMove>;

/** Who does what in the cluster, at the moment: null for nobody. */
type Who = (world: World) => HostId | null;

const primary: Who = world => leaderOf(world)?.host ?? null;

/** The host that executes the first VM. */
const itsHost: Who = world => {
  const [vm] = world.vms;
  return world.hosts.find(host => vm !== undefined && executes(host, vm.layout.vm))?.host ?? null;
};

/** The lowest host: it directs, and is primary of nothing at first. */
const director: Who = ({hosts: [first]}) => first?.host ?? null;

/** Of those that are up. */
const last: Who = ({hosts}) => hosts.findLast(({isUp}) => isUp)?.host ?? null;

/** Two hosts apart from the rest, or what is left of them. */
const apart =
  (...some: readonly Who[]) =>
  (world: World): View => {
    const side = namesOf(world).filter(host => some.some(who => who(world) === host));
    const rest = namesOf(world).filter(host => !side.includes(host));
    return [side, rest].sort(([a = ''], [b = '']) => (a < b ? -1 : 1));
  };

const eachAlone = (world: World): View => namesOf(world).map(host => [host]);

const whole = (world: World): View => [namesOf(world)];

const happens = (what: string, move: (world: World) => HostMove | null): Step => ({type: 'Happens', what, move});

const becomes = (network: 'HA' | 'storage', sides: (world: World) => View): Step =>
  happens(`the ${network} network splits`, world => ({kind: `split ${network} network`, sides: sides(world)}));

const crashes = (who: Who): Step =>
  happens('a host crashes', world => {
    const host = who(world);
    return host === null ? null : {kind: 'crash', host};
  });

const comesUp = happens('a host comes up', ({hosts}) => {
  const down = hosts.find(({isUp}) => !isUp);
  return down === undefined ? null : {kind: 'restart', host: down.host};
});

/** The first VM, on where its home is, or where it can be. */
const switched = (how: 'on' | 'off'): Step =>
  happens(`the user powers the VM ${how}`, world => {
    const [vm] = world.vms;
    const host =
      how === 'off' ? itsHost(world) : (world.hosts.find(({host, isUp}) => isUp && host === vm?.home)?.host ?? null);
    return vm === undefined || host === null ? null : {kind: `power ${how}`, host, vm: vm.layout.vm};
  });

const passes = (seconds: number): Step => ({
  type: 'Waits',
  isOver: (begun, now) => now.now - begun.now >= seconds * 1000,
});

/** The newest primary was asked for what the user wants. */
const asked: Step = {
  type: 'Waits',
  isOver: (_, {vms}) => vms.every(({platform}) => !platform.due),
};

/** Without anything having healed. */
const owed: Step = {type: 'Owes', goals: STABLE};

const MINUTES = 180;

export const HOST_STORIES: readonly Story<World, HostMove>[] = [
  {
    name: 'partition 1: the HA network is split, and the host of the VM fails',
    steps: [becomes('HA', apart(director)), passes(60), crashes(itsHost), passes(MINUTES), owed],
  },
  {
    name: 'partition 2: the storage network is split, and the primary cannot write',
    steps: [
      becomes('storage', apart(primary)),
      passes(10),
      switched('off'),
      passes(30),
      owed,
      switched('on'),
      passes(60),
      owed,
    ],
  },
  {
    name: 'partition 2: the storage network is split, and the host of the VM is cut off',
    steps: [becomes('storage', apart(itsHost)), passes(MINUTES), owed],
  },
  {
    name: 'partition 3: both networks are split, and alike',
    steps: [
      becomes('HA', apart(primary)),
      becomes('storage', apart(primary)),
      passes(60),
      switched('off'),
      passes(60),
      owed,
      switched('on'),
      passes(60),
      owed,
    ],
  },
  {
    name: 'partition 4: both networks are split, each in its own way',
    steps: [
      becomes('HA', apart(director)),
      becomes('storage', apart(primary)),
      passes(60),
      switched('off'),
      passes(60),
      owed,
      switched('on'),
      passes(60),
      owed,
    ],
  },
  {
    name: 'nobody can write, until somebody else than the primary can',
    steps: [
      becomes('storage', eachAlone),
      passes(5),
      switched('off'),
      passes(30),
      becomes('storage', apart(primary)),
      passes(30),
      owed,
    ],
  },
  {
    name: 'the primary fails in the middle of a fallback',
    steps: [becomes('storage', apart(primary)), passes(5), switched('off'), asked, crashes(primary), passes(60), owed],
  },
  {name: 'the host of the VM fails', steps: [crashes(itsHost), passes(MINUTES), owed]},
  {
    name: 'nobody can start the VM, and when somebody can, the word of it gets lost',
    steps: [
      becomes('storage', eachAlone),
      crashes(itsHost),
      passes(60),
      comesUp,
      passes(30),
      becomes('HA', eachAlone),
      becomes('storage', apart(primary)),
      passes(1),
      becomes('HA', whole),
      passes(MINUTES),
      owed,
    ],
  },
  {
    name: 'the owner of the directory fails while the user stops the VM',
    steps: [crashes(director), switched('off'), passes(60), owed],
  },
  {
    name: 'all hosts fail at once, and come up again one by one',
    steps: [crashes(last), crashes(last), crashes(last), comesUp, passes(30), comesUp, passes(MINUTES), owed],
  },
];
