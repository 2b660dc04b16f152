import {createHash} from 'node:crypto';
import {canonical} from '../canonical.js';

/**
 * The id of a case: `T-` and 8 hexadecimal digits. It depends on the plan and on what is put to a subject, and on
 * nothing else, and so stays for as long as the case does, though a configuration gains fields. The stimuli are those of
 * the relation, whatever ids a subject uses.
 */
export const caseId = (module: string, plan: string, stimuli: readonly unknown[]): string =>
  `T-${createHash('sha256')
    .update(canonical([module, plan, stimuli]))
    .digest('hex')
    .slice(0, 8)}`;
