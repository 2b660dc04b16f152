// A whole host: HA module, storage module and runtime: spec/host.md. `holdfast conform test --profile host`.

import {Calls} from './calls.js';
import type {Config} from './config.js';
import {Directory, type StorageDurable} from './directory.js';
import type {StorageMessage} from './entry.js';
import {HaModule} from './ha.js';
import {type Effect, Outbox} from './outbox.js';
import {Runtime} from './runtime.js';
import type {HaMessage, Probed, Protection, Timer} from './wire.js';

type Event =
  | {readonly type: 'Received'; readonly network: 'ha'; readonly from: string; readonly message: HaMessage}
  | {readonly type: 'Received'; readonly network: 'storage'; readonly from: string; readonly message: StorageMessage}
  | {readonly type: 'TimerFired'; readonly timer: Timer}
  | {readonly type: 'ViewChanged' | 'Restarted'; readonly reachable: readonly string[]}
  | {readonly type: 'Request'; readonly vm: string; readonly value: Protection; readonly generation: number}
  | {readonly type: 'PowerOn' | 'PowerOff'; readonly vm: string; readonly generation: number}
  | {readonly type: 'MigratedIn'; readonly vm: string; readonly generation: number; readonly epoch: number}
  | {readonly type: 'MigratedOut'; readonly vm: string}
  | {readonly type: 'Created'; readonly vm: string; readonly identity: number}
  | {readonly type: 'ComponentLost'; readonly object: string}
  | {readonly type: 'IsolationChecked'; readonly reachable: boolean}
  | {readonly type: 'Crashed'}
  | Probed;

type Durable = {readonly ha: {readonly term: number}; readonly storage: StorageDurable};

export class Host {
  readonly #config: Config;
  readonly #outbox: Outbox;
  readonly #directory: Directory;
  readonly #calls: Calls;
  readonly #runtime: Runtime;
  readonly #ha: HaModule;
  #isDown = true;
  #persisted: string;
  /** By VM, what was seen when it was looked at last. */
  #seen = new Map<string, string>();
  #known = new Map<string, string>();

  constructor(config: Config) {
    this.#config = config;
    const {self} = config;
    this.#outbox = new Outbox(self, message => this.#ha.receive(self, message));
    this.#directory = new Directory(config, {
      send: (to, message) => this.#outbox.sendStorage(to, message),
      answered: (...answer) => this.#outbox.later(() => this.#calls.onAnswer(...answer)),
    });
    this.#calls = new Calls(self, this.#outbox, this.#directory);
    this.#runtime = new Runtime(config, this.#outbox, this.#directory, this.#calls, (request, result) =>
      this.#outbox.later(() => this.#ha.place.onPowerOnEnded(request, result)),
    );
    this.#ha = new HaModule(config, this.#outbox, this.#directory, this.#calls, this.#runtime);
    this.#persisted = JSON.stringify(this.#durable());
  }

  #durable(): Durable {
    return {ha: {term: this.#ha.term}, storage: this.#directory.durable};
  }

  handle(event: Event): readonly Effect[] {
    if (event.type === 'Crashed') return this.#crash();
    if (this.#isDown !== (event.type === 'Restarted')) return []; // HO-20
    if (event.type === 'TimerFired') this.#outbox.fired(event.timer);
    this.#carryOut(event);
    while (this.#drain() || this.#look());
    this.#watchAbsence();
    const effects = this.#outbox.take();
    const durable = this.#durable();
    const text = JSON.stringify(durable);
    if (text === this.#persisted) return effects;
    this.#persisted = text;
    return [{type: 'Persist', durable}, ...effects]; // HO-19
  }

  /** HO-20. */
  #crash(): readonly Effect[] {
    this.#isDown = true;
    this.#ha.crash();
    this.#directory.crash();
    this.#calls.crash();
    this.#runtime.crash();
    this.#outbox.crash();
    this.#seen = new Map();
    this.#known = new Map();
    return [];
  }

  #carryOut(event: Exclude<Event, {readonly type: 'Crashed'}>) {
    switch (event.type) {
      case 'Restarted':
        this.#isDown = false;
        this.#notify(); // what was so while it was down
        this.#look();
        this.#ha.restart();
        return this.#directory.view(event.reachable);
      case 'ViewChanged':
        return this.#directory.view(event.reachable);
      case 'Received':
        if (event.network === 'storage') return this.#directory.receive(event.from, event.message);
        return this.#ha.receive(event.from, event.message);
      case 'TimerFired':
        return this.#onTimer(event.timer);
      case 'Request':
        return this.#ha.fallback.onRequest(event.vm, event.value, event.generation);
      case 'PowerOn':
        return this.#runtime.powerOn({by: 'user', vm: event.vm, generation: event.generation});
      case 'PowerOff':
        return this.#runtime.powerOff(event.vm, event.generation);
      case 'MigratedIn':
        return this.#runtime.migratedIn(event.vm, event.epoch);
      case 'MigratedOut':
        return this.#runtime.migratedOut(event.vm);
      case 'Created':
        return this.#onCreated(event.vm, event.identity);
      case 'ComponentLost':
        return this.#directory.loseComponent(event.object);
      case 'IsolationChecked':
        return this.#ha.onIsolationChecked(event.reachable);
      case 'Probed':
        return this.#ha.liveness.onProbed(event);
    }
  }

  #onTimer(timer: Timer) {
    if (timer.type === 'Ghost') this.#runtime.ghostDue(timer.vm);
    else if (timer.type === 'Absence') this.#directory.absenceLasted(timer.object);
    else this.#ha.onTimer(timer);
  }

  #onCreated(vm: string, identity: number) {
    const layout = this.#config.vms.find(each => each.vm === vm);
    if (layout !== undefined) this.#calls.create(layout.namespace.object, identity);
  }

  /** Carries out what modules have called on each other (HO-10); whether there was anything. */
  #drain() {
    this.#calls.giveUp(); // HO-12
    this.#notify();
    const call = this.#outbox.next();
    call?.();
    return call !== undefined;
  }

  /** CH-05: the storage module tells the HA module what has changed, as soon as it has. */
  #notify() {
    const {vms, notices} = this.#config;
    const changed = vms.filter(({vm, namespace}) => {
      const {identity, register} = this.#directory.knows(namespace.object)?.content ?? {};
      return changes(this.#known, vm, [this.#directory.access(vm), identity, register?.value, register?.generation]);
    });
    const concerned = notices === 'coarse' && changed.length > 0 ? vms : changed; // CH-08
    for (const {vm} of concerned) this.#outbox.later(() => this.#ha.onAccessibility(vm));
  }

  /** HO-14: tells what has changed when nothing else is to be done; whether that asks for more. */
  #look() {
    for (const {vm} of this.#config.vms) {
      if (changes(this.#seen, vm, this.#runtime.seen(vm))) this.#outbox.later(() => this.#runtime.storageChanged(vm));
      if (this.#ha.recovery.look(vm)) this.#outbox.later(() => this.#ha.place.standingChanged(vm));
    }
    return !this.#outbox.isIdle;
  }

  /** HO-17. */
  #watchAbsence() {
    const wanted = new Set(this.#isDown ? [] : this.#directory.unbalanced());
    for (const {namespace, disks} of this.#config.vms) {
      for (const {object} of [namespace, ...disks]) {
        const timer: Timer = {type: 'Absence', object};
        if (wanted.has(object) && !this.#outbox.isRunning(timer)) this.#outbox.set(timer);
        if (!wanted.has(object) && this.#outbox.isRunning(timer)) this.#outbox.cancel(timer);
      }
    }
  }
}

/** Whether what is kept under that name changes, which a first look does not. */
const changes = (kept: Map<string, string>, name: string, now: unknown): boolean => {
  const before = kept.get(name);
  const text = JSON.stringify(now);
  kept.set(name, text);
  return before !== undefined && before !== text;
};

/** A host of a configuration, for the adapter. */
export const startHost = (config: unknown): ((event: unknown) => readonly Effect[]) => {
  const host = new Host(config as Config);
  return event => host.handle(event as Event);
};
