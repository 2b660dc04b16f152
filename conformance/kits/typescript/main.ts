// An HA module, and a whole host: `holdfast conform test --profile ha -- node --import=tsx main.ts`, or `--profile
// host`.

import {HaModule, starting} from './ha-module.js';
import {serve} from './holdfast-adapter.js';
import {REPAIRS} from './host/config.js';
import {startHost} from './host/host.js';

// the repairs of a host have those of an HA module among them
const ha = starting((self, hosts) => new HaModule(self, hosts));
await serve('starter kit in TypeScript', {ha, host: startHost}, REPAIRS);
