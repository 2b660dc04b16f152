// How a case comes to where it gets interesting: the first steps are given, and a subject is judged by them as by all.

import type {HostEffect, HostEvent} from '../../src/index.js';
import {isWanted, type Wanted} from '../cases/script.js';
import type {World} from '../cases/world.js';

const fires = (timer: string): Wanted => ({type: 'TimerFired', where: [[['timer', 'type'], timer]]});

const hears = (message: string, from = 'h2'): Wanted => ({
  type: 'Received',
  where: [
    [['message', 'type'], message],
    [['from'], from],
  ],
});

const UP: readonly Wanted[] = [{type: 'Restarted'}];

/** The directory is owned here, and the namespace object accessible: a second host has joined and holds the entry. */
const ACCESSIBLE: readonly Wanted[] = [...UP, hears('Joined'), hears('ComponentAck')];

const PRIMARY: readonly Wanted[] = [
  ...ACCESSIBLE,
  fires('Silence'),
  fires('Election'),
  {type: 'IsolationChecked', where: [[['reachable'], true]]},
];

/** It leads, knows that its VM runs on another host, and has written that it is protected. */
const PROTECTING: readonly Wanted[] = [
  ...PRIMARY,
  hears('Alive'),
  {
    type: 'Received',
    where: [
      [['message', 'type'], 'VmStatus'],
      [['message', 'term'], 3],
      [['message', 'report', 'type'], 'running'],
    ],
  },
  {type: 'Request'},
  hears('ComponentAck'),
];

const SCENES = {
  down: [],
  up: UP,
  accessible: ACCESSIBLE,
  primary: PRIMARY,
  protecting: PROTECTING,
  following: [...ACCESSIBLE, hears('Claim')],
  running: [...ACCESSIBLE, {type: 'PowerOn'}, hears('ComponentAck')],
} as const satisfies Readonly<Record<string, readonly Wanted[]>>;

export type Scene = keyof typeof SCENES;

type HostWorld = World<HostEvent, HostEffect>;

/** The world with the steps of a scene before it. Where a subject leaves the scene no case goes on. */
export const staged = (world: HostWorld, scene: Scene): {readonly world: HostWorld; readonly steps: number} => ({
  world: led(world, SCENES[scene]),
  steps: SCENES[scene].length,
});

const led = (world: HostWorld, [next, ...rest]: readonly Wanted[]): HostWorld =>
  next === undefined
    ? world
    : {
        ...world,
        offers: () =>
          world
            .offers()
            .filter(({stimulus}) => isWanted(stimulus, next))
            .slice(0, 1),
        after: (offer, effects) => led(world.after(offer, effects), rest),
      };
