// The seed of the property tests: one and the same, so that a commit passes here where it passes elsewhere.
// `FAST_CHECK_SEED=random npm test` looks at other cases; so does `FAST_CHECK_SEED=7 npm test`, at the same ones again.

import process from 'node:process';
import fc from 'fast-check';

const DEFAULT_SEED = 20_260_101;

const asked = process.env['FAST_CHECK_SEED'];
if (asked !== 'random') fc.configureGlobal({...fc.readConfigureGlobal(), seed: Number(asked ?? DEFAULT_SEED)});
