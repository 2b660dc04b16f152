// The same modules with one fault each, so that you see the suite find it. The HA module forgets registrations that it
// cannot serve at once. The host leaves its owner without a word; name another slip for it if you like:
//
//     holdfast conform test --profile ha -- node --import=tsx broken.ts
//     holdfast conform test --profile host -- node --import=tsx broken.ts 'remembers a crash'

import {HaModule, starting} from './ha-module.js';
import {type Json, type Start, serve} from './holdfast-adapter.js';
import {REPAIRS} from './host/config.js';
import {startHost} from './host/host.js';

class BrokenHaModule extends HaModule {
  protected override onRegistration(...registered: Parameters<HaModule['onRegistration']>) {
    const [, {scope}, accessible] = registered;
    return accessible[scope] ? super.onRegistration(...registered) : [];
  }
}

type Handle = ReturnType<Start>;

/** DR-02, DR-08: whoever directed it goes on counting its votes. */
const leavesWithoutAWord =
  (handle: Handle): Handle =>
  event =>
    handle(event).filter(({message}) => (message as Json | undefined)?.['type'] !== 'Left');

/** HO-20: what it knew before a crash it knows afterwards, as if somebody had stopped its process for a while. */
const remembersACrash = (handle: Handle): Handle => {
  let hasRun = false;
  return event => {
    if (event['type'] === 'Crashed') return [];
    const isBack = event['type'] === 'Restarted' && hasRun;
    hasRun = true;
    return handle(isBack ? {...event, type: 'ViewChanged'} : event);
  };
};

const SLIPS: Readonly<Record<string, (handle: Handle) => Handle>> = {
  'leaves without a word': leavesWithoutAWord,
  'remembers a crash': remembersACrash,
};

const slip = SLIPS[process.argv[2] ?? 'leaves without a word'] ?? leavesWithoutAWord;
const ha = starting((self, hosts) => new BrokenHaModule(self, hosts));
await serve('starter kit in TypeScript, broken', {ha, host: config => slip(startHost(config))}, REPAIRS);
