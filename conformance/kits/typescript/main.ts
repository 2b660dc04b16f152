// `holdfast conform test --profile ha -- node --import=tsx main.ts`

import {HaModule, REPAIRS, starting} from './ha-module.js';
import {serve} from './holdfast-adapter.js';

await serve('starter kit in TypeScript', {ha: starting((self, hosts) => new HaModule(self, hosts))}, REPAIRS);
