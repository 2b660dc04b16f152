// How a primary learns which VMs are protected: spec/retrieval.md.

import {type Config, othersOf} from './config.js';
import type {Office} from './office.js';
import type {Outbox} from './outbox.js';
import type {Retrieval} from './wire.js';

type Ports = {
  /** GET on the own host: every VM that is accessible here, sorted. */
  get(): readonly Retrieval[];
  learned(retrieval: Retrieval): void;
};

export class RetrievalPart {
  readonly #config: Config;
  readonly #office: Office;
  readonly #outbox: Outbox;
  readonly #ports: Ports;
  /** The generations that were read back. */
  #generations = new Map<string, number>();

  constructor(config: Config, office: Office, outbox: Outbox, ports: Ports) {
    this.#config = config;
    this.#office = office;
    this.#outbox = outbox;
    this.#ports = ports;
  }

  forget() {
    this.#generations = new Map();
  }

  /** RT-01, RT-02, RT-05. */
  readBack() {
    if (!this.#office.isPrimary) return;
    const {term} = this.#office;
    this.#outbox.sendAll(othersOf(this.#config), {type: 'Retrieve', term});
    this.#outbox.set({type: 'Retrieval'});
    this.#outbox.later(() => {
      const retrievals = this.#ports.get();
      this.#outbox.later(() => this.onRetrieved(term, retrievals));
    });
  }

  /** RT-03, RT-04. */
  onRetrieve(from: string, term: number) {
    this.#outbox.later(() => this.#outbox.send(from, {type: 'Retrieved', term, retrievals: this.#ports.get()}));
  }

  onRetrieved(term: number, retrievals: readonly Retrieval[]) {
    if (!this.#office.isPrimary || term !== this.#office.term) return; // RT-08
    for (const retrieval of retrievals) {
      const {vm, generation} = retrieval;
      const known = this.#generations.get(vm);
      if (known !== undefined && generation <= known) continue;
      this.#generations.set(vm, generation); // RT-06, RT-07
      this.#ports.learned(retrieval);
    }
  }
}
