#!/usr/bin/env node
// The command `holdfast`: the explorer's words, and `conform`. It lives here because imports run this way.

import {start} from '../../model/cli/start.js';

await start([
  {
    name: 'conform',
    about: 'try an implementation, in any language, by the specification itself',
    load: async () => (await import('./conform.js')).conform,
  },
]);
