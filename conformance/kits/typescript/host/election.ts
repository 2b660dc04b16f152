// Who becomes primary: spec/election.md. Only the parts that an election asks of a host; the term is settled before.

import {type Config, othersOf} from './config.js';
import type {Office} from './office.js';
import type {Outbox} from './outbox.js';

type Chances = 'alone' | 'leading' | 'beaten';

export class Election {
  readonly #config: Config;
  readonly #office: Office;
  readonly #outbox: Outbox;
  readonly #won: () => void;
  readonly #powerOffVms: () => void;
  #chances: Chances = 'alone';
  #hasResponded = false;

  constructor(config: Config, office: Office, outbox: Outbox, won: () => void, powerOffVms: () => void) {
    this.#config = config;
    this.#office = office;
    this.#outbox = outbox;
    this.#won = won;
    this.#powerOffVms = powerOffVms;
  }

  /** EL-01, EL-07, EL-14, EL-16. */
  #enter(chances: Chances) {
    this.#office.become('electing');
    this.#beginRound(chances);
  }

  #beginRound(chances: Chances) {
    this.#chances = chances;
    this.#stand();
    this.#outbox.set({type: 'Election'});
  }

  #stand(hosts: readonly string[] = othersOf(this.#config)) {
    const {datastores} = this.#config;
    this.#outbox.sendAll(hosts, {type: 'Candidacy', term: this.#office.term, datastores});
  }

  onCandidacy(from: string, term: number, datastores: number) {
    const {self, hosts} = this.#config;
    if (from === self || !hosts.includes(from)) return; // EL-18
    const {role, leader} = this.#office;
    const own = this.#config.datastores;
    const isOutranked = datastores === own ? from > self : datastores > own; // EL-02
    switch (role) {
      case 'primary':
        return this.#outbox.send(from, {type: 'Claim', term: this.#office.term}); // EL-05
      case 'secondary': {
        const isDeposed = from === leader && term >= this.#office.term;
        if (leader !== null && !isDeposed) return; // EL-06
        return this.#enter(isOutranked ? 'beaten' : 'leading'); // EL-07
      }
      case 'isolated':
        return this.#enter(isOutranked ? 'beaten' : 'leading'); // EL-16
      case 'electing':
        if (isOutranked) {
          this.#chances = 'beaten'; // EL-03
        } else {
          this.#stand([from]); // EL-04
          if (this.#chances === 'alone') this.#chances = 'leading';
        }
    }
  }

  onTimer(type: 'Silence' | 'Election' | 'Isolation') {
    const {role} = this.#office;
    if (type === 'Silence' && role === 'secondary') return this.#enter('alone'); // EL-01
    if (type === 'Election' && role === 'electing') return this.#onRoundOver();
    if (type === 'Isolation' && role === 'isolated') {
      this.#stand(); // EL-13
      this.#outbox.emit({type: 'CheckIsolation'});
      this.#outbox.set({type: 'Isolation'});
    }
  }

  #onRoundOver() {
    if (this.#chances === 'leading') return this.#win(); // EL-09
    if (this.#chances === 'beaten') return this.#beginRound('alone'); // EL-08
    this.#outbox.emit({type: 'CheckIsolation'}); // EL-10
    this.#outbox.set({type: 'Election'});
  }

  onIsolationChecked(isReached: boolean) {
    const {role} = this.#office;
    if (role === 'electing' && this.#chances === 'alone') {
      if (isReached)
        this.#win(); // EL-11
      else this.isolate(); // EL-12
    } else if (role === 'isolated') {
      if (isReached) return this.#enter('alone'); // EL-14
      if (!this.#hasResponded && this.#config.isolationResponse === 'power-off') this.#powerOffVms(); // EL-15
      this.#hasResponded = true;
    }
  }

  /** EL-12, LV-11. */
  isolate() {
    this.#office.become('isolated');
    this.#hasResponded = false;
    this.#outbox.set({type: 'Isolation'});
  }

  /** EL-09: a term that no other host can claim. */
  #win() {
    const {hosts, self} = this.#config;
    let term = this.#office.term + 1;
    while (term % hosts.length !== hosts.indexOf(self)) term += 1;
    this.#office.become('primary', term);
    this.#outbox.sendAll(othersOf(this.#config), {type: 'Claim', term});
    this.#won();
  }
}
