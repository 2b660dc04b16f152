// What reading back is for. The names are those of the project's list of properties.

import type {Builder} from '../../index.js';
import type {PropertyName} from './options.js';
import {VM, type World} from './world.js';

type Declare = (m: Builder, world: World, name: string) => void;

export const PROPERTIES = {
  /** What a primary has read back of a VM never goes back to an older generation. */
  MonotoneKnowledge: (m, {primary}, name) => {
    m.stepProperty(name, {of: [primary]}, (before, after) => {
      const [old, now] = [before(primary), after(primary)];
      if (old.term !== now.term) return true;
      return old.known.every(({vm, generation}) =>
        now.known.some(other => other.vm === vm && other.generation >= generation),
      );
    });
  },

  /**
   * A primary that stays comes to know of every VM that is committed as protected and accessible from some host, unless
   * that changes again.
   */
  MasterLearns: (m, {hosts, object, primary, accessible}, name) => {
    const isMissing = m.derive('missing', read => {
      const {value, generation} = read(object).register;
      const known = read(primary).known.find(({vm}) => vm === VM);
      const isKnown = known !== undefined && known.value === value && known.generation === generation;
      return value === 'protected' && !isKnown && hosts.some(host => read(accessible(host)));
    });
    m.leadsTo(
      name,
      read => read(isMissing),
      read => !read(isMissing),
    );
  },
} satisfies Readonly<Record<PropertyName, Declare>>;
