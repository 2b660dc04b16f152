#!/usr/bin/env node
// The command `holdfast`: listens for interruptions and starts the thread that a search will need, and only then reads
// what it is told.

import {interruptible} from './interruption.js';
import {prepare} from './thread.js';

const interruption = interruptible();
if (process.argv[2] === 'check' || process.argv[2] === 'audit') prepare();
const {run} = await import('./program.js');
await run(process.argv.slice(2), interruption);
