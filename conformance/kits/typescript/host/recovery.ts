// What recovers VMs, put together: retrieval, failover, and what hosts say of their VMs: spec/host.md, HO-01 to HO-08.

import {type Config, othersOf} from './config.js';
import {Failover} from './failover.js';
import type {Office} from './office.js';
import type {Outbox} from './outbox.js';
import {RetrievalPart} from './retrieval.js';
import type {HaMessage, Protection, Report, Retrieval, Standing} from './wire.js';

type Ports = {
  isUp(host: string): boolean;
  get(): readonly Retrieval[];
  report(vm: string): Report | null;
  standing(vm: string): Standing;
};

export class Recovery {
  readonly #config: Config;
  readonly #office: Office;
  readonly #outbox: Outbox;
  readonly #ports: Ports;
  readonly failover: Failover;
  readonly retrieval: RetrievalPart;
  /** By VM, the host that said last that it runs it. */
  #runs = new Map<string, string>();
  /** By VM, what was so when it was looked at last. */
  #reports = new Map<string, string>();
  #standings = new Map<string, string>();

  constructor(config: Config, office: Office, outbox: Outbox, ports: Ports) {
    this.#config = config;
    this.#office = office;
    this.#outbox = outbox;
    this.#ports = ports;
    this.failover = new Failover(config, office, outbox, host => ports.isUp(host));
    this.retrieval = new RetrievalPart(config, office, outbox, {
      get: () => ports.get(),
      learned: retrieval => this.#learned(retrieval),
    });
  }

  /** HO-01, HO-02. */
  forget() {
    this.failover.forget();
    this.retrieval.forget();
    this.#runs = new Map();
  }

  /** HO-05. */
  #learned(retrieval: Retrieval) {
    this.#outbox.later(() => this.failover.retrieved(retrieval));
    const host = this.#runs.get(retrieval.vm);
    if (host !== undefined) this.#outbox.later(() => this.failover.reported(host, retrieval.vm, {type: 'running'}));
  }

  /** HO-04. */
  platformTold(vm: string, value: Protection, generation: number) {
    const host = this.#runs.get(vm) ?? null;
    this.#outbox.later(() => this.failover.protection(vm, value, generation, host));
  }

  /** HO-07. */
  onStatus(from: string, vm: string, report: Report) {
    if (!this.#office.isPrimary) return;
    if (report.type === 'running' || report.type === 'storageLost') this.#runs.set(vm, from);
    else if (this.#runs.get(vm) === from) this.#runs.delete(vm);
    this.failover.reported(from, vm, report);
  }

  /** HO-06, FO-49: with each Alive, and a primary to itself with each heartbeat. */
  tellAll() {
    for (const {vm} of this.#config.vms) {
      const report = this.#ports.report(vm);
      if (report !== null) this.#tell({type: 'VmStatus', term: this.#office.term, vm, report});
      this.#publish(vm);
    }
  }

  #publish(vm: string) {
    if (this.#config.placement !== 'publish') return;
    this.#tell({type: 'PlacePublished', term: this.#office.term, vm, standing: this.#ports.standing(vm)});
  }

  /** HO-08: a host that knows no primary tells nobody. */
  #tell(message: HaMessage) {
    const to = this.#office.isPrimary ? this.#config.self : this.#office.leader;
    if (to !== null && (this.#office.isPrimary || othersOf(this.#config).includes(to))) this.#outbox.send(to, message);
  }

  /** HO-06, FO-49: tells what has changed; whether the standing has. */
  look(vm: string): boolean {
    const report = this.#ports.report(vm);
    const said = JSON.stringify(report);
    const hasNews = said !== this.#reports.get(vm) && report !== null;
    this.#reports.set(vm, said);
    if (hasNews) this.#tell({type: 'VmStatus', term: this.#office.term, vm, report});
    const standing = JSON.stringify(this.#ports.standing(vm));
    const isOther = standing !== this.#standings.get(vm);
    this.#standings.set(vm, standing);
    if (isOther) this.#publish(vm);
    return isOther;
  }
}
