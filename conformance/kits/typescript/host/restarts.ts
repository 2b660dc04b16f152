// How a primary restarts one VM: where, when and how often: spec/failover.md, FO-13 to FO-38 and FO-49 to FO-55.

import type {Config} from './config.js';
import {isWaiting, type Stage, type Vm} from './inventory.js';
import type {Office} from './office.js';
import type {Outbox} from './outbox.js';
import type {MessageOf, PowerOnResult, RequestId, Standing, Timer, Wanted} from './wire.js';

export class Restarts {
  readonly #config: Config;
  readonly #office: Office;
  readonly #outbox: Outbox;
  readonly #isUp: (host: string) => boolean;
  readonly #inventory: ReadonlyMap<string, Vm>;
  /** By host, what it has published of each VM. */
  readonly #published = new Map<string, Map<string, Standing>>();

  constructor(
    config: Config,
    office: Office,
    outbox: Outbox,
    isUp: (host: string) => boolean,
    inventory: ReadonlyMap<string, Vm>,
  ) {
    this.#config = config;
    this.#office = office;
    this.#outbox = outbox;
    this.#isUp = isUp;
    this.#inventory = inventory;
  }

  #up(): readonly string[] {
    return this.#config.hosts.filter(host => this.#isUp(host));
  }

  #enter(vm: Vm, stage: Stage) {
    if (vm.timer !== null) this.#outbox.cancel(vm.timer);
    vm.timer = null;
    vm.stage = stage;
  }

  #setTimer(vm: Vm) {
    vm.timer = {type: 'Failover', vm: vm.vm, stage: vm.stage, round: vm.round, attempt: vm.attempts};
    this.#outbox.set(vm.timer);
  }

  /** On no list. */
  settle(vm: Vm) {
    this.#enter(vm, 'watched');
  }

  /** The VM is to be restarted: a round begins. */
  begin(vm: Vm) {
    vm.round += 1;
    if (vm.attempts >= this.#config.schedule.length) this.#exhaust(vm, true);
    else if (vm.stored)
      this.#check(vm, 'checking'); // FO-14
    else this.#enter(vm, 'queued'); // FO-13
  }

  /** FO-14, FO-29: what the own host says. */
  #check(vm: Vm, stage: 'checking' | 'rechecking') {
    this.#enter(vm, stage);
    this.#outbox.send(this.#config.self, {...this.#idOf(vm), type: 'PlaceQuery'});
  }

  #idOf({vm, generation, round}: Vm): RequestId {
    return {term: this.#office.term, vm, generation, round};
  }

  /** Whether an answer, a registration or a timer is about what is going on. */
  #find({term, vm, generation, round}: RequestId): Vm | null {
    const found = this.#inventory.get(vm);
    const isOfRound = term === this.#office.term && generation === found?.generation && round === found.round;
    return isOfRound ? found : null; // FO-34
  }

  /** FO-18: who is next is placed. */
  turn() {
    for (;;) {
      const all = [...this.#inventory.values()];
      const busy = all.filter(({stage}) => stage === 'placing' || stage === 'starting');
      if (busy.length >= this.#config.concurrency) return;
      const [next] = all
        .filter(({stage}) => stage === 'queued')
        .sort((a, b) => b.priority - a.priority || (a.vm < b.vm ? -1 : 1));
      if (next === undefined) return;
      this.#place(next);
    }
  }

  #place(vm: Vm) {
    const up = this.#up();
    vm.round += 1;
    this.#enter(vm, 'placing');
    vm.awaited = new Set();
    vm.standings = new Map();
    switch (this.#config.placement) {
      case 'ask':
        vm.awaited = new Set(up);
        this.#outbox.sendAll(up, {...this.#idOf(vm), type: 'PlaceQuery'}); // FO-19
        return this.#setTimer(vm);
      case 'publish':
        for (const [host, ofHost] of this.#published) {
          const standing = ofHost.get(vm.vm);
          if (standing !== undefined && this.#isUp(host)) vm.standings.set(host, standing); // FO-51
        }
        return this.#decide(vm);
      case 'try':
        return this.#command(vm, up[vm.round % up.length] ?? this.#config.self); // FO-20
    }
  }

  /** Whether the VM could be started there, if there were room. */
  #isPlace(vm: Vm, {accessible, holder}: Standing): boolean {
    return !vm.stored || (accessible && holder === null); // FO-17
  }

  onAnswer(from: string, message: MessageOf<'PlaceAnswer'>) {
    const vm = this.#find(message);
    if (vm === null) return;
    const isOwn = from === this.#config.self;
    const {standing} = message;
    if (vm.stage === 'placing' && vm.awaited.delete(from)) {
      vm.standings.set(from, standing);
      if (vm.awaited.size === 0) this.#decide(vm); // FO-22
    } else if (vm.stage === 'checking' && isOwn) {
      if (this.#isPlace(vm, standing))
        this.#enter(vm, 'queued'); // FO-15
      else this.#wait(vm); // FO-16
    } else if (vm.stage === 'rechecking' && isOwn) {
      const isPlace = this.#isPlace(vm, standing);
      const isNews = vm.isHopeful && this.#config.placement !== 'try';
      if (vm.attempts >= this.#config.schedule.length)
        this.#exhaust(vm, isNews || !isPlace); // FO-31
      else if (isPlace)
        this.#delay(vm); // FO-30
      else this.#wait(vm);
    }
  }

  #decide(vm: Vm) {
    const places = [...vm.standings].filter(([, standing]) => this.#isPlace(vm, standing));
    const roomy = places
      .filter(([, {capacity}]) => capacity)
      .map(([host]) => host)
      .sort();
    const host = roomy[vm.attempts % roomy.length];
    if (host !== undefined) this.#command(vm, host);
    else if (places.length > 0) this.#lack(vm);
    else this.#wait(vm); // FO-25
  }

  /** FO-23. */
  #command(vm: Vm, host: string) {
    this.#enter(vm, 'starting');
    vm.commanded = host;
    this.#outbox.send(host, {...this.#idOf(vm), type: 'RestartCommand', attempt: vm.attempts});
    this.#setTimer(vm);
  }

  /** FO-24, FO-27. */
  #lack(vm: Vm) {
    this.#await(vm, 'lacking', {capacity: true, level: true});
  }

  /** FO-16. */
  #wait(vm: Vm) {
    this.#await(vm, 'waiting', {capacity: false, level: true});
  }

  /** FO-31: `isException` where a host that can start it has something new to say. */
  #exhaust(vm: Vm, isException: boolean) {
    const level = isException && vm.stored && this.#config.scope === 'all';
    if (level) this.#forgetPublished(vm); // FO-50
    this.#await(vm, 'exhausted', {capacity: false, level});
  }

  #await(vm: Vm, stage: Stage, wanted: Wanted) {
    this.#enter(vm, stage);
    vm.wanted = wanted;
    this.#register(vm);
  }

  /** With every host that is up: now, and again after a while (FO-55). */
  #register(vm: Vm) {
    if (this.#config.placement === 'publish') return;
    this.#outbox.sendAll(this.#up(), {...this.#idOf(vm), type: 'PlaceRegister', wanted: vm.wanted});
    this.#setTimer(vm);
  }

  #delay(vm: Vm) {
    this.#enter(vm, 'delayed');
    this.#setTimer(vm);
  }

  onResult(from: string, message: MessageOf<'RestartResult'>) {
    const vm = this.#find(message);
    if (vm?.stage !== 'starting' || vm.commanded !== from) return;
    switch (message.result.type) {
      case 'ok': // FO-26
        vm.host = from;
        vm.attempts = 0;
        return this.settle(vm);
      case 'refused': // FO-36
        vm.value = 'unprotected';
        vm.host = null;
        vm.attempts = 0;
        return this.settle(vm);
      case 'capacity': // FO-27
        this.#published.get(from)?.delete(vm.vm);
        return this.#lack(vm);
      default:
        return this.#fail(vm, message.result.type);
    }
  }

  /** An attempt has failed: how, or null if nobody has said so. */
  #fail(vm: Vm, result: PowerOnResult['type'] | null) {
    const isLocal = result === 'locked' || result === 'inaccessible';
    if (isLocal) this.#forgetPublished(vm); // FO-50
    vm.isHopeful = isLocal || result === null;
    vm.attempts += 1;
    if (vm.stored)
      this.#check(vm, 'rechecking'); // FO-29
    else if (vm.attempts >= this.#config.schedule.length)
      this.#exhaust(vm, false); // FO-31
    else this.#delay(vm); // FO-28
  }

  onBecamePlaceable(id: RequestId) {
    const vm = this.#find(id);
    if (vm !== null && isWaiting(vm)) this.#queueAgain(vm); // FO-33
  }

  #queueAgain(vm: Vm) {
    if (vm.stage === 'exhausted') vm.attempts = 0; // FO-35
    this.#enter(vm, 'queued');
  }

  onTimer({vm: name, stage, round, attempt}: Extract<Timer, {readonly type: 'Failover'}>) {
    const vm = this.#inventory.get(name);
    if (vm?.stage !== stage || vm.round !== round || vm.attempts !== attempt) return; // FO-34
    if (stage === 'delayed')
      this.#enter(vm, 'queued'); // FO-32
    else if (stage === 'starting')
      this.#fail(vm, null); // FO-54
    else if (stage === 'placing')
      this.#decide(vm); // FO-53
    else if (isWaiting(vm)) this.#register(vm);
  }

  /** FO-37. */
  hostGone(host: string) {
    this.#published.delete(host); // FO-50
    for (const vm of this.#inventory.values()) {
      if (vm.stage === 'starting' && vm.commanded === host) this.#fail(vm, null);
      if (vm.stage !== 'placing') continue;
      if (vm.standings.get(host)?.capacity === true) vm.standings.delete(host);
      if (vm.awaited.delete(host) && vm.awaited.size === 0) this.#decide(vm);
    }
  }

  /** FO-38. */
  hostUp(host: string) {
    if (this.#config.placement === 'publish') return;
    for (const vm of [...this.#inventory.values()].filter(isWaiting)) {
      const wanted = {...vm.wanted, level: true};
      this.#outbox.send(host, {...this.#idOf(vm), type: 'PlaceRegister', wanted});
    }
  }

  #forgetPublished({vm}: Vm) {
    for (const ofHost of this.#published.values()) ofHost.delete(vm);
  }

  /** FO-50, FO-52. */
  onPublished(from: string, name: string, standing: Standing) {
    if (this.#config.placement !== 'publish' || !this.#isUp(from)) return;
    const ofHost = this.#published.get(from) ?? new Map<string, Standing>();
    const before = ofHost.get(name);
    this.#published.set(from, ofHost.set(name, standing));
    const vm = this.#inventory.get(name);
    if (vm === undefined || !isWaiting(vm) || !this.#isPlace(vm, standing)) return;
    const isNews = before === undefined ? this.#config.scope === 'all' : !this.#isPlace(vm, before);
    if (vm.stage === 'waiting' || (vm.stage === 'lacking' && standing.capacity)) this.#queueAgain(vm);
    else if (vm.stage === 'exhausted' && isNews) this.#queueAgain(vm);
  }

  forget() {
    this.#published.clear();
  }
}
