// The VMs of one host: spec/runtime.md.

import type {Calls} from './calls.js';
import type {Config} from './config.js';
import type {Directory} from './directory.js';
import type {Outbox} from './outbox.js';
import type {Access, CallResult, Ending, PowerOn, PowerOnResult, Protection, Report} from './wire.js';

type Instance =
  | {readonly power: 'starting'; readonly request: PowerOn}
  | {readonly power: 'running' | 'stalled'; readonly epoch: number};

/** What the host sees of a VM: `home` is null where the namespace object is not accessible. */
export type Seen = {
  readonly access: Access;
  readonly home: {
    readonly lock: {readonly holder: string | null; readonly epoch: number};
    readonly value: Protection;
    readonly generation: number;
  } | null;
};

export class Runtime {
  readonly #config: Config;
  readonly #outbox: Outbox;
  readonly #directory: Directory;
  readonly #calls: Calls;
  readonly #answer: (request: PowerOn, result: PowerOnResult) => void;
  /** Those that are not stopped. */
  #instances = new Map<string, Instance>();
  #endings = new Map<string, Ending>();

  constructor(
    config: Config,
    outbox: Outbox,
    directory: Directory,
    calls: Calls,
    answer: (request: PowerOn, result: PowerOnResult) => void,
  ) {
    this.#config = config;
    this.#outbox = outbox;
    this.#directory = directory;
    this.#calls = calls;
    this.#answer = answer;
  }

  /** RS-10. */
  crash() {
    this.#instances = new Map();
    this.#endings = new Map();
  }

  #objectOf(vm: string): string | null {
    return this.#config.vms.find(layout => layout.vm === vm)?.namespace.object ?? null;
  }

  seen(vm: string): Seen {
    const access = this.#directory.access(vm);
    const object = this.#objectOf(vm);
    const known = object === null ? null : this.#directory.knows(object);
    if (known === null) return {access, home: null};
    const {lock, register} = known.content;
    const {value, generation} = register;
    return {access, home: {lock: this.#ownLock(vm, lock.epoch) ?? lock, value, generation}};
  }

  /** Of an instance whose epoch the replica of the directory has not heard of yet it is the own one (HO-11). */
  #ownLock(vm: string, replicated: number) {
    const instance = this.#instances.get(vm);
    if (instance === undefined || instance.power === 'starting' || instance.epoch <= replicated) return null;
    return {holder: this.#config.self, epoch: instance.epoch};
  }

  powerOf(vm: string): Instance['power'] | 'stopped' {
    return this.#instances.get(vm)?.power ?? 'stopped';
  }

  get hasRoom(): boolean {
    return this.#instances.size < this.#config.capacity;
  }

  /** HO-06: null is said of a VM that is starting. */
  report(vm: string): Report | null {
    const power = this.powerOf(vm);
    if (power === 'starting') return null;
    if (power === 'running') return {type: 'running'};
    if (power === 'stalled') return {type: 'storageLost'};
    const ending = this.#endings.get(vm);
    return ending === undefined ? {type: 'absent'} : {type: 'ended', ending};
  }

  powerOn(request: PowerOn) {
    const {vm} = request;
    const {self} = this.#config;
    const power = this.powerOf(vm);
    const object = this.#objectOf(vm);
    if (power === 'running') return this.#answer(request, {type: 'ok'}); // RS-02
    if (power !== 'stopped') return this.#answer(request, {type: 'locked', holder: self}); // RS-02
    if (request.by === 'primary' && !this.hasRoom) return this.#answer(request, {type: 'capacity'}); // RS-03
    if (object === null) return this.#answer(request, {type: 'inaccessible'}); // HO-12
    this.#instances.set(vm, {power: 'starting', request});
    if (!this.#calls.awaitsLock(object)) this.#takeLock(object, request); // HO-12
  }

  #starting(vm: string): PowerOn | null {
    const instance = this.#instances.get(vm);
    return instance?.power === 'starting' ? instance.request : null;
  }

  /** If the power-on is ended before the answer, the next one waits until the answer is there (HO-12). */
  #takeLock(object: string, request: PowerOn) {
    const attempt = request.by === 'user' ? null : {generation: request.generation, number: request.attempt};
    this.#calls.make(
      object,
      {type: 'TakeLock', host: this.#config.self, attempt}, // RS-01
      (result, epoch, call) => {
        const starting = this.#starting(request.vm);
        if (starting === request) return this.#onLock(request, result, epoch);
        this.#calls.giveBack(object, result, epoch, call);
        if (starting !== null) this.#takeLock(object, starting);
      },
      () => {
        const starting = this.#starting(request.vm);
        if (starting !== null) this.#deny(starting, {type: 'inaccessible'}); // HO-12
      },
    );
  }

  #onLock(request: PowerOn, result: CallResult, epoch: number) {
    const {vm} = request;
    const {access, home} = this.seen(vm);
    if (result !== 'ok') {
      const holder = result === 'held' ? (home?.lock.holder ?? null) : null;
      const isKnown = holder !== null && holder !== this.#config.self;
      return this.#deny(request, isKnown ? {type: 'locked', holder} : {type: 'inaccessible'}); // RS-05
    }
    const isUnwanted =
      request.by === 'primary' &&
      home !== null &&
      (home.generation > request.generation ||
        (home.generation === request.generation && home.value === 'unprotected'));
    if (!access.all || isUnwanted) {
      this.#release(vm, epoch);
      return this.#deny(request, {type: access.all ? 'refused' : 'inaccessible'}); // RS-07, RS-11
    }
    this.#run(vm, epoch); // RS-04
    if (request.by === 'primary') this.#call(vm, 'ClearAttempts', epoch);
    this.#answer(request, {type: 'ok'});
  }

  #run(vm: string, epoch: number) {
    this.#instances.set(vm, {power: 'running', epoch});
    this.#endings.delete(vm);
  }

  #deny(request: PowerOn, result: PowerOnResult) {
    this.#instances.delete(request.vm);
    this.#answer(request, result);
  }

  #call(vm: string, type: 'ReleaseLock' | 'ClearAttempts', epoch: number) {
    const object = this.#objectOf(vm);
    if (object !== null) this.#calls.make(object, {type, host: this.#config.self, epoch});
  }

  #release(vm: string, epoch: number) {
    this.#call(vm, 'ReleaseLock', epoch);
  }

  /** RS-06, RS-09. */
  powerOff(vm: string, generation: number) {
    const object = this.#objectOf(vm);
    if (object !== null) this.#calls.make(object, {type: 'Set', value: 'unprotected', generation});
    this.#end(vm, generation);
  }

  /** RS-15. */
  isolated(vm: string) {
    this.#end(vm, null);
  }

  /** RS-12. */
  ghostDue(vm: string) {
    if (this.powerOf(vm) === 'stalled') this.#end(vm, null);
  }

  /** Whoever ends has its lock released; null is not what the user wants. */
  #end(vm: string, intent: number | null) {
    const instance = this.#instances.get(vm);
    if (instance === undefined) return;
    this.#instances.delete(vm);
    const isWritten = this.#directory.access(vm).namespace;
    this.#endings.set(vm, {clean: isWritten ? intent !== null : this.#config.cleanByDefault, intent});
    if (instance?.power === 'starting') this.#answer(instance.request, {type: 'failed'});
    else this.#release(vm, instance.epoch);
  }

  /** RS-16. */
  migratedIn(vm: string, epoch: number) {
    if (!this.#instances.has(vm)) this.#run(vm, epoch);
  }

  migratedOut(vm: string) {
    const power = this.powerOf(vm);
    if (power === 'running' || power === 'stalled') this.#instances.delete(vm);
  }

  /** HO-14: what is seen of the VM has changed. */
  storageChanged(vm: string) {
    const {self} = this.#config;
    const {access, home} = this.seen(vm);
    const instance = this.#instances.get(vm);
    if (instance === undefined) {
      if (home?.lock.holder === self) this.#release(vm, home.lock.epoch); // RS-13
      return;
    }
    if (instance.power === 'starting') return;
    const {epoch, power} = instance;
    const lock = home?.lock ?? {holder: self, epoch};
    if (lock.holder !== self || lock.epoch !== epoch) return this.#end(vm, null); // RS-14
    if (power === 'running' && !access.all) {
      this.#instances.set(vm, {power: 'stalled', epoch}); // RS-20
      this.#outbox.set({type: 'Ghost', vm});
    } else if (power === 'stalled' && access.all) {
      this.#instances.set(vm, {power: 'running', epoch}); // RS-18
      this.#outbox.cancel({type: 'Ghost', vm});
    }
  }
}
