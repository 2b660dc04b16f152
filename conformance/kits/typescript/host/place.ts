// What every host does for a primary that restarts VMs: spec/failover.md, FO-42 to FO-48.

import {type Config, planOf} from './config.js';
import type {Directory} from './directory.js';
import type {Outbox} from './outbox.js';
import type {Runtime} from './runtime.js';
import {isEarlier} from './waiting.js';
import {type MessageOf, type PowerOn, type PowerOnResult, type RequestId, requestId, type Standing} from './wire.js';

type Kept = {readonly registration: MessageOf<'PlaceRegister'>; wasStartable: boolean};

export class Place {
  readonly #config: Config;
  readonly #outbox: Outbox;
  readonly #directory: Directory;
  readonly #runtime: Runtime;
  /** By VM, then by primary. */
  #kept = new Map<string, Map<string, Kept>>();

  constructor(config: Config, outbox: Outbox, directory: Directory, runtime: Runtime) {
    this.#config = config;
    this.#outbox = outbox;
    this.#directory = directory;
    this.#runtime = runtime;
  }

  crash() {
    this.#kept = new Map();
  }

  /** FO-42. */
  standing(vm: string): Standing {
    const {self, scope} = this.#config;
    const {access, home} = this.#runtime.seen(vm);
    const accessible = access[scope];
    const power = this.#runtime.powerOf(vm);
    if (power === 'running' || power === 'stalled') return {accessible, capacity: true, holder: self};
    const holder = home?.lock.holder ?? null;
    const isSeen = holder !== null && holder !== self && this.#directory.reachable.has(holder);
    return {accessible, capacity: power === 'stopped' && this.#runtime.hasRoom, holder: isSeen ? holder : null};
  }

  onQuery(from: string, id: RequestId) {
    this.#outbox.send(from, {...requestId(id), type: 'PlaceAnswer', standing: this.standing(id.vm)});
  }

  /** FO-43. */
  onCommand(from: string, command: MessageOf<'RestartCommand'>) {
    const {vm, generation, attempt} = command;
    this.#outbox.later(() =>
      this.#runtime.powerOn({by: 'primary', vm, generation, from, attempt, id: requestId(command)}),
    );
  }

  /** FO-44, HO-15. */
  onPowerOnEnded(request: PowerOn, result: PowerOnResult) {
    const {vm, generation} = request;
    if (request.by === 'user') this.#outbox.emit({type: 'PoweredOn', vm, generation, result});
    else this.#outbox.send(request.from, {...request.id, type: 'RestartResult', result});
  }

  #isStartable({vm, wanted}: MessageOf<'PlaceRegister'>): boolean {
    const {accessible, capacity, holder} = this.standing(vm);
    const isPlace = !planOf(this.#config, vm).stored || (accessible && holder === null);
    return isPlace && (capacity || !wanted.capacity);
  }

  onRegister(from: string, registration: MessageOf<'PlaceRegister'>) {
    const ofVm = this.#kept.get(registration.vm) ?? new Map<string, Kept>();
    const kept = ofVm.get(from);
    if (kept !== undefined && isEarlier(registration, kept.registration)) return; // FO-48
    const wasStartable = this.#isStartable(registration);
    if (wasStartable && registration.wanted.level) {
      ofVm.delete(from);
      return this.#notify(from, registration); // FO-45
    }
    ofVm.set(from, {registration, wasStartable}); // FO-46
    this.#kept.set(registration.vm, ofVm);
  }

  #notify(primary: string, registration: RequestId) {
    this.#outbox.send(primary, {...requestId(registration), type: 'BecamePlaceable'});
  }

  /** FO-47. */
  standingChanged(vm: string) {
    const ofVm = this.#kept.get(vm) ?? new Map<string, Kept>();
    for (const [primary, kept] of [...ofVm]) {
      const isStartable = this.#isStartable(kept.registration);
      if (isStartable && !kept.wasStartable) {
        ofVm.delete(primary);
        this.#notify(primary, kept.registration);
      }
      kept.wasStartable = isStartable;
    }
  }
}
