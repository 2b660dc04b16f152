// What a primary makes of the silence of hosts: spec/liveness.md.

import {type Config, othersOf} from './config.js';
import type {Office} from './office.js';
import type {Outbox} from './outbox.js';
import type {Probed} from './wire.js';

type Fate = 'running' | 'unreachable' | 'isolated' | 'partitioned' | 'failed';

const isGone = (fate: Fate): boolean => fate !== 'running' && fate !== 'unreachable';

type Ports = {
  /** HO-03. */
  hostChanged(host: string, isUp: boolean): void;
  /** LV-11. */
  isolated(): void;
};

export class Liveness {
  readonly #config: Config;
  readonly #office: Office;
  readonly #outbox: Outbox;
  readonly #ports: Ports;
  /** Of whom is not in here the primary takes that it runs. */
  #fates = new Map<string, Fate>();

  constructor(config: Config, office: Office, outbox: Outbox, ports: Ports) {
    this.#config = config;
    this.#office = office;
    this.#outbox = outbox;
    this.#ports = ports;
  }

  forget() {
    this.#fates = new Map();
  }

  /** A primary has been elected. */
  begin() {
    this.#outbox.set({type: 'Heartbeat'});
    for (const host of othersOf(this.#config)) this.#outbox.set({type: 'Host', host});
  }

  #fateOf(host: string): Fate {
    return this.#fates.get(host) ?? 'running';
  }

  isUp(host: string): boolean {
    return !isGone(this.#fateOf(host));
  }

  #hearsNobody(): boolean {
    return othersOf(this.#config).every(host => this.#fateOf(host) !== 'running');
  }

  /** LV-01, LV-10. */
  beat() {
    this.#outbox.sendAll(othersOf(this.#config), {type: 'Claim', term: this.#office.term});
    if (this.#hearsNobody()) this.#outbox.emit({type: 'CheckIsolation'});
    this.#outbox.set({type: 'Heartbeat'});
  }

  /** LV-03. */
  onAlive(host: string) {
    if (!this.#office.isPrimary || !othersOf(this.#config).includes(host)) return;
    this.#change(host, 'running');
    this.#outbox.set({type: 'Host', host});
  }

  /** LV-04. */
  onPatienceOver(host: string) {
    if (!this.#office.isPrimary || !othersOf(this.#config).includes(host)) return;
    if (this.#fateOf(host) === 'running') this.#change(host, 'unreachable');
    this.#outbox.emit({type: 'Probe', host});
    this.#outbox.set({type: 'Host', host});
  }

  onProbed({host, ping, heartbeat}: Probed) {
    if (!this.#office.isPrimary || this.#fateOf(host) === 'running') return; // LV-09
    if (ping) return this.#change(host, 'unreachable'); // LV-05
    const silent = {isolated: 'isolated', well: 'partitioned', none: 'failed'} as const;
    this.#change(host, silent[heartbeat]); // LV-06 to LV-08
  }

  #change(host: string, fate: Fate) {
    const before = this.#fateOf(host);
    this.#fates.set(host, fate);
    if (isGone(before) !== isGone(fate)) this.#ports.hostChanged(host, !isGone(fate));
  }

  onIsolationChecked(isReached: boolean) {
    if (this.#office.isPrimary && !isReached && this.#hearsNobody()) this.#ports.isolated();
  }
}
