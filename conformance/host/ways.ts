// How a case is led: through a scene, of which each step is given, and then through forks, where each way is its own.

import type {HostEffect, HostEvent} from '../../src/index.js';
import {isWanted, type ScriptStep} from '../cases/script.js';
import {isFirst} from '../cases/story.js';
import type {World} from '../cases/world.js';

type HostWorld = World<HostEvent, HostEffect>;

/** One of these happens: each that is on offer, though it has happened before, or was overtaken. */
export type Fork = readonly ScriptStep[];

/**
 * `next` comes after these steps. What is left of them belongs to the facts: a step that changes nothing else leads on
 * all the same. Where a subject leaves the scene no case goes on.
 */
export const led = (
  world: HostWorld,
  steps: readonly ScriptStep[],
  next: (world: HostWorld) => HostWorld,
): HostWorld => {
  const [step, ...rest] = steps;
  return step === undefined
    ? next(world)
    : {
        ...world,
        facts: {known: world.facts, steps},
        offers: () => onOffer(world, [step], isFirst).slice(0, 1),
        after: (offer, effects) => led(world.after(offer, effects), rest, next),
      };
};

/**
 * Every way through these forks, though two of them lead to the same states: what must change nothing may have changed
 * something, and shows later. Nothing comes after them.
 */
export const forked = (world: HostWorld, forks: readonly Fork[], way: readonly string[] = []): HostWorld => {
  const [fork = [], ...rest] = forks;
  return {
    ...world,
    facts: {known: world.facts, forks, way},
    offers: () => onOffer(world, fork),
    after: (offer, effects) => forked(world.after(offer, effects), rest, [...way, offer.sent]),
  };
};

const onOffer = (
  world: HostWorld,
  steps: readonly ScriptStep[],
  mayBe: typeof isFirst = () => true,
): ReturnType<HostWorld['offers']> =>
  world.offers().filter(offer => mayBe(world, offer) && steps.some(step => isWanted(offer.stimulus, step)));
