import type {Plain} from './plain.js';
import {checkSettings, plainList} from './settings.js';
import {type Members, type Readable, slotIn} from './slots.js';
import type {SymmetryDefinition} from './system.js';

/** How a value reads when every key in it is replaced: `rename(key)` is the key that takes its place. */
export type Renaming<K, T> = (value: T, rename: (key: K) => K) => T;

type Rename = SymmetryDefinition['renamed'][number]['value'];
type Renamed = {readonly slots: readonly number[]; readonly value: Rename};

/**
 * Says how keys occur in the values of a slot, or of every slot of a family. Keys are strings unless `rename` is
 * declared otherwise.
 */
export const occursIn = <K = string, T = unknown>(where: Readable<T> | Members<T>, value: Renaming<K, T>): Renamed => ({
  slots: ('members' in where ? where.members : [where]).map(slot => slotIn('what keys occur in', slot)),
  value: (held, rename) => value(held, rename as (key: K) => K),
});

/** The symmetry declarations; `add` takes each as it is declared. */
export const symmetries = (add: (definition: SymmetryDefinition) => void) => ({
  /**
   * The keys are interchangeable: renaming them in a state that can be reached gives one that can be reached, and every
   * property holds of both or of neither. `families` have a member for each key, like `rm` or `r => vote([r,
   * acceptor])`; `renamed` says how keys occur inside values. Where keys occur in a set, answer `setOf(...)` of the
   * renamed elements.
   */
  symmetry: <K extends Plain>(
    keys: readonly K[],
    settings: {
      readonly families?: readonly ((key: K) => Readable<unknown>)[];
      readonly renamed?: readonly Renamed[];
    },
  ): void => {
    plainList('the keys of symmetry', keys);
    checkSettings('symmetry', settings, ['families', 'renamed']);
    const {families = [], renamed = []} = settings;
    add({
      keys,
      families: families.map(member => keys.map(key => slotIn('a member of a family of symmetry', member(key)))),
      renamed,
    });
  },
});
