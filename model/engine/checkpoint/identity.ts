import type {System} from '../../define/system.js';
import {sha256} from './sha256.js';

/**
 * What a checkpoint belongs to: the model with its options, down to the text of its functions, and this version of
 * the explorer.
 */
export type Identity = {
  readonly version: string;
  readonly model: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly fingerprint: string;
};

/** A hash of everything that a system consists of; functions count by their text. */
export const fingerprintOf = (system: System): string =>
  sha256()
    .update(JSON.stringify(system, (_, field: unknown) => (typeof field === 'function' ? String(field) : field)))
    .digest('hex');
