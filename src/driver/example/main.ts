// Runs five hosts in one process and prints what happens: `npm run example`.

import {timeline} from './timeline.js';

process.stdout.write(`${timeline().join('\n')}\n`);
