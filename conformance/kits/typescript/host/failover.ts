// Which VMs a primary restarts: the inventory, and what news of hosts and VMs does to it: spec/failover.md, FO-01 to
// FO-12, FO-38 to FO-40.

import type {Config} from './config.js';
import {newVm, type Vm} from './inventory.js';
import type {Office} from './office.js';
import type {Outbox} from './outbox.js';
import {Restarts} from './restarts.js';
import type {MessageOf, Protection, Report, RequestId, Retrieval, Standing, Timer} from './wire.js';

export class Failover {
  readonly #config: Config;
  readonly #isUp: (host: string) => boolean;
  readonly #inventory = new Map<string, Vm>();
  readonly #restarts: Restarts;

  constructor(config: Config, office: Office, outbox: Outbox, isUp: (host: string) => boolean) {
    this.#config = config;
    this.#isUp = isUp;
    this.#restarts = new Restarts(config, office, outbox, isUp, this.#inventory);
  }

  /** HO-01, HO-02. */
  forget() {
    this.#inventory.clear();
    this.#restarts.forget();
  }

  /** The platform's word: where it runs, if it is protected, or null. */
  protection(vm: string, value: Protection, generation: number, host: string | null) {
    const known = this.#learn(vm, value, generation, 0);
    if (known === null) return;
    known.host = host;
    const runs = host !== null && this.#isUp(host);
    if (value === 'protected' && !runs) this.#restarts.begin(known); // FO-39
    this.#restarts.turn();
  }

  /** FO-39, FO-40: what GET has told. */
  retrieved({vm, value, generation, attempts}: Retrieval) {
    const known = this.#learn(vm, value, generation, Math.min(attempts, this.#config.schedule.length));
    if (known === null) return;
    known.host = null;
    if (value === 'protected') this.#restarts.begin(known);
    this.#restarts.turn();
  }

  /** FO-01 to FO-03: the VM if that is news; then it is on no list. */
  #learn(vm: string, value: Protection, generation: number, attempts: number): Vm | null {
    const known = this.#inventory.get(vm);
    if (known === undefined) {
      const first = newVm(this.#config, vm, value, generation, attempts);
      this.#inventory.set(vm, first);
      return first;
    }
    const isStop = generation === known.generation && value === 'unprotected' && known.value === 'protected';
    if (generation <= known.generation && !isStop) return null; // FO-02
    this.#restarts.settle(known);
    known.value = value;
    known.generation = generation;
    known.attempts = attempts;
    return known;
  }

  hostChanged(host: string, isUp: boolean) {
    if (isUp) {
      this.#restarts.hostUp(host);
      return;
    }
    this.#restarts.hostGone(host);
    for (const vm of [...this.#inventory.values()].sort((a, b) => (a.vm < b.vm ? -1 : 1))) {
      const isConcerned = vm.stored ? vm.host !== null : vm.host === host; // FO-05, FO-04
      if (vm.stage === 'watched' && vm.value === 'protected' && isConcerned) this.#restarts.begin(vm);
    }
    this.#restarts.turn();
  }

  /** A host's word on a VM. */
  reported(from: string, name: string, report: Report) {
    const vm = this.#inventory.get(name);
    if (vm === undefined || !this.#isUp(from)) return; // FO-34
    if (report.type === 'running') {
      if (vm.stage === 'starting' && vm.commanded === from) vm.attempts = 0; // FO-12
      vm.host = from;
      this.#restarts.settle(vm);
    } else if (report.type === 'ended' && (report.ending.intent ?? -1) > vm.generation) {
      vm.value = 'unprotected'; // FO-09
      vm.generation = report.ending.intent ?? vm.generation;
      vm.host = null;
      vm.attempts = 0;
      this.#restarts.settle(vm);
    } else if (vm.host === from && vm.stage === 'watched' && vm.value === 'protected') {
      this.#restarts.begin(vm); // FO-05, FO-07, FO-10
    }
    this.#restarts.turn();
  }

  onAnswer(from: string, message: MessageOf<'PlaceAnswer'>) {
    this.#restarts.onAnswer(from, message);
    this.#restarts.turn();
  }

  onResult(from: string, message: MessageOf<'RestartResult'>) {
    this.#restarts.onResult(from, message);
    this.#restarts.turn();
  }

  onBecamePlaceable(id: RequestId) {
    this.#restarts.onBecamePlaceable(id);
    this.#restarts.turn();
  }

  onPublished(from: string, vm: string, standing: Standing) {
    this.#restarts.onPublished(from, vm, standing);
    this.#restarts.turn();
  }

  onTimer(timer: Extract<Timer, {readonly type: 'Failover'}>) {
    this.#restarts.onTimer(timer);
    this.#restarts.turn();
  }
}
