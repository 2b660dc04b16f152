// The calls of a host on its own storage module: spec/host.md, HO-11 to HO-13.

import {type Call, textOf} from './contract.js';
import type {Directory} from './directory.js';
import type {Outbox} from './outbox.js';
import type {CallResult} from './wire.js';

/** Without the identity of the object it means, which is found here. */
type Wish<C = Call> = C extends Call ? Omit<C, 'identity'> : never;

type Waiting = {
  readonly object: string;
  readonly call: Call;
  /** The number of the reign in which it was called. */
  readonly number: number;
  /** Of calls alike for one purpose the last one waits instead of the others; null: each waits for itself. */
  readonly purpose: string | null;
  readonly answered: (result: CallResult, epoch: number, call: Call) => void;
  readonly givenUp: () => void;
};

export class Calls {
  readonly #self: string;
  readonly #outbox: Outbox;
  readonly #directory: Directory;
  #waiting: Waiting[] = [];

  constructor(self: string, outbox: Outbox, directory: Directory) {
    this.#self = self;
    this.#outbox = outbox;
    this.#directory = directory;
  }

  crash() {
    this.#waiting = [];
  }

  /**
   * Calls in the turn of this call. Without `answered` nobody waits: what cannot be written is lost. `givenUp` is told
   * when no answer counts any more (HO-12).
   */
  make(
    object: string,
    wish: Wish,
    answered: Waiting['answered'] | null = null,
    givenUp: () => void = () => {},
    purpose: string | null = null,
  ) {
    this.#outbox.later(() => {
      const call = {identity: this.#identity(object), ...wish} as Call; // HO-13
      if (answered !== null) this.#wait({object, call, number: this.#directory.number, purpose, answered, givenUp});
      this.#directory.call(object, call);
    });
  }

  #wait(waiting: Waiting) {
    const {object, call, purpose} = waiting;
    const isRepeated = (each: Waiting) =>
      purpose !== null && each.purpose === purpose && each.object === object && textOf(each.call) === textOf(call);
    this.#waiting = [...this.#waiting.filter(each => !isRepeated(each)), waiting]; // HO-11
  }

  /** The user has created the VM anew. */
  create(object: string, identity: number) {
    this.#outbox.later(() => this.#directory.call(object, {type: 'Create', identity}));
  }

  #identity(object: string): number {
    return this.#directory.knows(object)?.content.identity ?? 1;
  }

  /** Whether a call for its lock is not answered yet. */
  awaitsLock(object: string): boolean {
    return this.#waiting.some(each => each.object === object && each.call.type === 'TakeLock');
  }

  /** HO-11: to whoever has waited longest, for what was called in the reign of that number. */
  onAnswer(number: number, object: string, call: Call, result: CallResult, epoch: number) {
    const text = textOf(call);
    const place = this.#waiting.findIndex(
      each => each.number === number && each.object === object && textOf(each.call) === text,
    );
    const [waiting] = place < 0 ? [] : this.#waiting.splice(place, 1);
    if (waiting !== undefined) return waiting.answered(result, epoch, call);
    this.giveBack(object, result, epoch, call);
  }

  /** HO-12: a lock that nobody waits for. */
  giveBack(object: string, result: CallResult, epoch: number, {type}: Call) {
    if (type === 'TakeLock' && result === 'ok') this.make(object, {type: 'ReleaseLock', host: this.#self, epoch});
  }

  /** HO-12: what was called in another reign is given up. */
  giveUp() {
    const {number} = this.#directory;
    const over = this.#waiting.filter(each => each.number !== number);
    if (over.length === 0) return;
    this.#waiting = this.#waiting.filter(each => each.number === number);
    for (const {givenUp} of over) givenUp();
  }
}
