// Terms and roles: spec/roles.md. Every part of the HA module reads here which role its host has.

import type {Outbox} from './outbox.js';

export type Role = 'electing' | 'primary' | 'secondary' | 'isolated';

export class Office {
  readonly #outbox: Outbox;
  readonly #forget: () => void;
  #role: Role = 'secondary';
  /** The highest term seen: the only thing that is durable. */
  #term = 0;
  /** Whom a secondary follows, as soon as it has heard its claim. */
  leader: string | null = null;

  /** `forget` has every part forget what it knew in its role. */
  constructor(outbox: Outbox, forget: () => void) {
    this.#outbox = outbox;
    this.#forget = forget;
  }

  get role(): Role {
    return this.#role;
  }

  get term(): number {
    return this.#term;
  }

  get isPrimary(): boolean {
    return this.#role === 'primary';
  }

  /** TM-09: nothing is ordered, and only the term is left. */
  crash() {
    this.#role = 'secondary';
    this.leader = null;
    this.#forget();
  }

  /** Whoever changes role forgets what it knew in the old one, and stops its timers. */
  become(role: Role, term: number = this.#term) {
    this.#outbox.cancelRole();
    this.#role = role;
    this.#term = term;
    this.leader = null;
    this.#forget();
    if (role === 'secondary') this.#outbox.set({type: 'Silence'}); // TM-01, TM-10, EL-17
  }
}
