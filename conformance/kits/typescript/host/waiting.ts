// The registrations that a secondary keeps for those who wait for a VM to become accessible: spec/fallback.md, WT.

import type {Office} from './office.js';
import type {Outbox} from './outbox.js';
import {type Access, type MessageOf, type RequestId, requestId} from './wire.js';

type Registration = MessageOf<'WaitRegister'>;

/** Whether a request is of an earlier round than another. */
export const isEarlier = (a: RequestId, b: RequestId): boolean => {
  if (a.term !== b.term) return a.term < b.term;
  return a.generation !== b.generation ? a.generation < b.generation : a.round < b.round;
};

export class Waiting {
  readonly #office: Office;
  readonly #outbox: Outbox;
  readonly #access: (vm: string) => Access;
  /** By VM, then by primary. */
  #kept = new Map<string, Map<string, Registration>>();

  constructor(office: Office, outbox: Outbox, access: (vm: string) => Access) {
    this.#office = office;
    this.#outbox = outbox;
    this.#access = access;
  }

  forget() {
    this.#kept = new Map();
  }

  onRegister(from: string, registration: Registration) {
    if (this.#office.role !== 'secondary') return; // WT-10
    const ofVm = this.#kept.get(registration.vm) ?? new Map<string, Registration>();
    const kept = ofVm.get(from);
    if (kept !== undefined && isEarlier(registration, kept)) return; // WT-08
    ofVm.set(from, registration); // WT-03
    this.#kept.set(registration.vm, ofVm);
    this.onAccessibility(registration.vm); // WT-04
  }

  /** WT-05. */
  onAccessibility(vm: string) {
    const access = this.#access(vm);
    const ofVm = this.#kept.get(vm) ?? new Map<string, Registration>();
    for (const [primary, registration] of [...ofVm]) {
      if (!access[registration.scope]) continue; // WT-09
      ofVm.delete(primary);
      this.#outbox.send(primary, {...requestId(registration), type: 'BecameAccessible'});
    }
  }
}
