// What a cluster does by itself, as a fair scheduler has it: what is under way arrives, oldest first, and then the
// timer fires that is due next.

import type {HostTimer, View} from '../../../src/index.js';
import {isSame} from '../../canonical.js';
import {onward} from './migration.js';
import {type HostMove, isDeliverable, newsOfLeader, requests} from './moves.js';
import {GOALS} from './properties.js';
import {type HostWorld, namesOf, type World} from './world.js';

/** In milliseconds: how long it goes on at least once everything has healed, and at most. */
const LEAST = 45_000;
const MOST = 600_000;

/** Null when there is nothing left to wait for. */
export const nextOf = (world: World): HostMove | null => {
  const {phase, hosts, now, since} = world;
  const healing = phase === 'playing' ? null : healingOf(world);
  const underWay = healing ?? (phase === 'opening' ? wishOf(world) : null) ?? underWayIn(world);
  if (underWay !== null || phase === 'playing') return underWay ?? nextTimer(hosts);
  const isMet = GOALS.every(({wrong}) => wrong(world) === null);
  const isOver = now - since >= MOST || (isMet && (phase === 'opening' || now - since >= LEAST));
  return isOver ? null : nextTimer(hosts);
};

/** What is left to be done for both networks to be whole and all hosts to be up. */
const healingOf = (world: World): HostMove | null => {
  const whole: View = [namesOf(world)];
  if (!isSame(world.links, whole)) return {kind: 'split HA network', sides: whole};
  if (!isSame(world.view, whole)) return {kind: 'split storage network', sides: whole};
  const down = world.hosts.find(({isUp}) => !isUp);
  return down === undefined ? null : {kind: 'restart', host: down.host};
};

/** At first the user wants every VM, where it has its home, as soon as it can be used there. */
const wishOf = (world: World): HostMove | null => {
  const isReady =
    world.hosts.every(({questions, news}) => questions.length + news.length === 0) && world.mail.length === 0;
  const wanted = isReady ? world.vms.find(({platform}) => platform.generation === 0) : undefined;
  return wanted === undefined ? null : {kind: 'power on', host: wanted.home, vm: wanted.layout.vm};
};

const underWayIn = (world: World): HostMove | null => {
  const [moving] = world.vms.flatMap(vm => onward(world, vm));
  if (moving !== undefined) return moving;
  for (const {host, questions, news} of world.hosts) {
    if (questions[0] !== undefined) return {kind: 'answer', host, question: questions[0]};
    if (news[0] !== undefined) return {kind: 'notice', host, reachable: news[0]};
  }
  const letters = world.mail.filter(letter => isDeliverable(world, letter));
  const letter = letters.find(({network}) => network === 'storage') ?? letters[0];
  if (letter !== undefined) return {...letter, kind: 'deliver'};
  return world.vms.flatMap(vm => [...newsOfLeader(world, vm), ...requests(world, vm)])[0] ?? null;
};

const nextTimer = (hosts: readonly HostWorld[]): HostMove | null => {
  const all = hosts.flatMap(({host, timers}) => timers.map(({timer, due}) => ({host, timer, due})));
  const first = all.reduce<{readonly host: HostWorld['host']; readonly timer: HostTimer; readonly due: number} | null>(
    (best, each) => (best === null || each.due < best.due ? each : best),
    null,
  );
  return first === null ? null : {kind: 'fire', host: first.host, timer: first.timer};
};
