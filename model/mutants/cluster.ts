// Mutants of whole hosts: faults of one module that others have to notice.

import type {Modules} from '../../src/index.js';
import type {Mutants} from './mutant.js';

export const MUTANTS: Mutants<Modules> = {};
