// The same HA module with one fault, so that you see the suite find it: it forgets registrations that it cannot serve
// at once. `holdfast conform test --profile ha -- node --import=tsx broken.ts`

import {HaModule, REPAIRS, starting} from './ha-module.js';
import {serve} from './holdfast-adapter.js';

class BrokenHaModule extends HaModule {
  protected override onRegistration(...registered: Parameters<HaModule['onRegistration']>) {
    const [, {scope}, accessible] = registered;
    return accessible[scope] ? super.onRegistration(...registered) : [];
  }
}

const start = starting((self, hosts) => new BrokenHaModule(self, hosts));
await serve('starter kit in TypeScript, broken', {ha: start}, REPAIRS);
