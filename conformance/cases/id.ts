import {createHash} from 'node:crypto';
import {canonical} from '../canonical.js';
import type {Plan} from '../suite.js';

/**
 * The id of a case: `T-` and 8 hexadecimal digits. It depends on the plan and on what is put to a subject, and on
 * nothing else, and so stays for as long as the case does, though a configuration gains fields. The stimuli are those
 * of the relation, whatever ids a subject uses.
 */
export const caseId = (module: string, plan: string, stimuli: readonly unknown[]): string =>
  `T-${createHash('sha256')
    .update(canonical([module, plan, stimuli]))
    .digest('hex')
    .slice(0, 8)}`;

/** A hash of all that a plan depends on, in 16 hexadecimal digits. */
export const fingerprintOf = <Config, Stimulus, Effect>({
  name,
  config,
  world,
  length,
  recall,
  walks,
  cases,
}: Plan<Config, Stimulus, Effect>): string =>
  createHash('sha256')
    .update(
      canonical([
        name,
        config,
        world.facts,
        world.left,
        length,
        recall,
        walks,
        ...(cases === undefined ? [] : [cases]),
      ]),
    )
    .digest('hex')
    .slice(0, 16);
