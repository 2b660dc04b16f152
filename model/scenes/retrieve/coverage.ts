// Which rules an exploration ought to make fire. What its options leave no room for is not expected.

import {isApplicable, RULES, type RuleId} from '../../../src/index.js';
import {repairsOf} from '../settings.js';
import type {RetrieveOptions} from './options.js';

/** Chapters and rules that this scene is about. */
export const isOfScene = (id: string): boolean => id.startsWith('RT-') || ['ST-11', 'ST-12', 'ST-13'].includes(id);

export const expectedRules = (options: RetrieveOptions): readonly RuleId[] =>
  options.views > 0 && options.commits > 1 && options.handovers > 0
    ? (Object.keys(RULES) as RuleId[]).filter(id => isOfScene(id) && isApplicable(id, repairsOf(options)))
    : [];
