#!/usr/bin/env node
// The explorer's command by itself. The command of the package is that of conformance/cli, which has this one's words.

import {start} from './start.js';

await start([]);
