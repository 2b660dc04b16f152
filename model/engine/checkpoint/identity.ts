import {createHash} from 'node:crypto';
import type {System} from '../../define/system.js';

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
  createHash('sha256')
    .update(JSON.stringify(system, (_, field: unknown) => (typeof field === 'function' ? String(field) : field)))
    .digest('hex');
