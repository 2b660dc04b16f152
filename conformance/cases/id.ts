import {createHash} from 'node:crypto';
import {canonical} from '../canonical.js';
import type {Plan} from '../suite.js';
import {hashOf} from './script.js';

/**
 * The id of a case: `T-` and 8 hexadecimal digits. It depends on the plan and on what is put to a subject, and on
 * nothing else, and so stays for as long as the case does, though a configuration gains fields. The stimuli are those
 * of the relation, whatever ids a subject uses.
 */
export const caseId = (module: string, plan: string, stimuli: readonly unknown[]): string =>
  `T-${hashOf([module, plan, stimuli])}`;

/** A hash of all that a plan depends on, in 16 hexadecimal digits. */
export const fingerprintOf = <Config, Stimulus, Effect>({
  name,
  config,
  world,
  length,
  recall,
  walks,
  cases,
  stories,
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
        ...(stories === undefined ? [] : [stories.map(({steps, core}) => [steps, core])]),
      ]),
    )
    .digest('hex')
    .slice(0, 16);
