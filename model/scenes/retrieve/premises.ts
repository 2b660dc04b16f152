// What has to come about before a property says anything. Each is claimed never to, so that the explorer shows that it
// does.

import type {Builder} from '../../index.js';
import type {PropertyName} from './options.js';
import {VM, type World} from './world.js';

type Declare = (m: Builder, world: World, name: string) => void;

export const PREMISES: Readonly<Record<PropertyName, Declare>> = {
  /** A primary reads back something newer than it knew. */
  MonotoneKnowledge: (m, {primary}, name) => {
    m.stepProperty(name, {of: [primary]}, (before, after) => {
      const [old, now] = [before(primary), after(primary)];
      return old.known.every(({vm, generation}) =>
        now.known.every(other => other.vm !== vm || other.generation <= generation),
      );
    });
  },

  /** What is protected is known to a primary whose own host cannot access it. */
  MasterLearns: (m, {object, primary, accessible}, name) => {
    m.invariant(name, read => {
      const {value, generation} = read(object).register;
      const {host, known} = read(primary);
      const isKnown = known.some(each => each.vm === VM && each.generation === generation && each.value === value);
      return value !== 'protected' || generation === 0 || !isKnown || read(accessible(host));
    });
  },
};
