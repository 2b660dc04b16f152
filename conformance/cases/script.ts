// Stimuli by what they have to be, and not by their ids: what a subject chooses itself may stand in them.

import {createHash} from 'node:crypto';
import {at, canonical, isSame, type Path} from '../canonical.js';

/** What a stimulus has to be: of this type, with these values at these places. */
export type Wanted = {readonly type: string; readonly where?: readonly (readonly [Path, unknown])[]};

export const isWanted = (stimulus: unknown, {type, where = []}: Wanted): boolean =>
  at(stimulus, ['type']) === type && where.every(([path, value]) => isSame(at(stimulus, path), value));

/**
 * A step of a script. With `often` it is taken for as long as it is on offer, at least once. With `again` it may be
 * what has been answered already, or was overtaken.
 */
export type ScriptStep = Wanted & {readonly often?: true; readonly again?: true};

/** Such a stimulus; the places with dots between their keys, as `message.type`. */
export const happens = (type: string, where: Readonly<Record<string, unknown>> = {}): ScriptStep => ({
  type,
  where: Object.entries(where).map(([place, value]) => [place.split('.'), value]),
});

export const often = (step: ScriptStep): ScriptStep => ({...step, often: true});

export const again = (step: ScriptStep): ScriptStep => ({...step, again: true});

/** A hash of plain values, in 8 hexadecimal digits. */
export const hashOf = (parts: readonly unknown[]): string =>
  createHash('sha256').update(canonical(parts)).digest('hex').slice(0, 8);
