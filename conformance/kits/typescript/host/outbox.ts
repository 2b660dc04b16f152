// What a step does: its effects, its timers, and what one module has called on another (HO-10).

import type {StorageMessage} from './entry.js';
import type {HaMessage, Timer} from './wire.js';

export type Effect = Readonly<Record<string, unknown>>;

export class Outbox {
  readonly #self: string;
  readonly #toSelf: (message: HaMessage) => void;
  #effects: Effect[] = [];
  #calls: Array<() => void> = [];
  /** By name, which is all fields together. */
  readonly #running = new Map<string, Timer>();
  /** Those that a step has set or cancelled, and whether they ran before it. */
  #touched = new Map<string, {readonly timer: Timer; readonly ran: boolean}>();

  constructor(self: string, toSelf: (message: HaMessage) => void) {
    this.#self = self;
    this.#toSelf = toSelf;
  }

  emit(effect: Effect) {
    this.#effects.push(effect);
  }

  /** What goes to the own host is delivered in this step. */
  send(to: string, message: HaMessage) {
    if (to === this.#self) this.later(() => this.#toSelf(message));
    else this.emit({type: 'Send', to, network: 'ha', message});
  }

  sendAll(hosts: readonly string[], message: HaMessage) {
    for (const host of hosts) this.send(host, message);
  }

  sendStorage(to: string, message: StorageMessage) {
    this.emit({type: 'Send', to, network: 'storage', message});
  }

  /** HO-10: first in, first out, when the calling module has done the rest of what it orders. */
  later(call: () => void) {
    this.#calls.push(call);
  }

  next(): (() => void) | undefined {
    return this.#calls.shift();
  }

  get isIdle(): boolean {
    return this.#calls.length === 0;
  }

  set(timer: Timer) {
    const name = this.#touch(timer);
    this.#running.set(name, timer);
  }

  cancel(timer: Timer) {
    if (!this.isRunning(timer)) return;
    const name = this.#touch(timer);
    this.#running.delete(name);
  }

  /** All of the HA module: each belongs to its role. */
  cancelRole() {
    for (const timer of [...this.#running.values()]) {
      if (timer.type !== 'Ghost' && timer.type !== 'Absence') this.cancel(timer);
    }
  }

  isRunning(timer: Timer): boolean {
    return this.#running.has(nameOf(timer));
  }

  /** A timer that has fired does not run any more. */
  fired(timer: Timer) {
    this.#running.delete(nameOf(timer));
  }

  /** A crash ends all of it without a word. */
  crash() {
    this.#running.clear();
    this.#touched.clear();
    this.#calls = [];
    this.#effects = [];
  }

  #touch(timer: Timer): string {
    const name = nameOf(timer);
    if (!this.#touched.has(name)) this.#touched.set(name, {timer, ran: this.#running.has(name)});
    return name;
  }

  /** The effects of the step; of several orders about one timer the last one. */
  take(): readonly Effect[] {
    const timers = [...this.#touched].flatMap(([name, {timer, ran}]) => {
      if (this.#running.has(name)) return [{type: 'SetTimer', timer}];
      const isNew = !ran && 'round' in timer; // nobody has heard of it, so nobody need hear that it is cancelled
      return isNew ? [] : [{type: 'CancelTimer', timer}];
    });
    const effects = [...this.#effects, ...timers];
    this.#effects = [];
    this.#touched = new Map();
    return effects;
  }
}

const nameOf = (timer: Timer): string => JSON.stringify(Object.entries(timer).sort(([a], [b]) => (a < b ? -1 : 1)));
