// A storage module: who directs, what its components hold, and what it knows: spec/directory.md, the rules DR and CH.

import {type Config, type Layout, layoutsOf} from './config.js';
import type {Call} from './contract.js';
import {type Entry, firstEntry, isNewer, type Known, type StorageMessage} from './entry.js';
import {DirectedObject} from './object.js';
import type {Access, CallResult} from './wire.js';

/** What survives a crash. */
export type StorageDurable = {readonly number: number; readonly components: readonly Entry[]};

type Ports = {
  send(to: string, message: StorageMessage): void;
  answered(number: number, object: string, call: Call, result: CallResult, epoch: number): void;
};

/** The reign of this host. */
type OwnReign = {readonly joined: Set<string>; readonly objects: ReadonlyMap<string, DirectedObject>};

export class Directory {
  readonly #config: Config;
  readonly #layouts: readonly Layout[];
  readonly #ports: Ports;
  /** On disk: the highest number promised, and what each component holds, if it is not lost. */
  #promised = 0;
  #disk = new Map<string, Entry>();

  #reachable: ReadonlySet<string> = new Set();
  /** Who directs here: this host if it has a reign. */
  #owner: string | null = null;
  #reign: OwnReign | null = null;
  /** What is accessible, as it was told in the reign that lasts. */
  #replica = new Map<string, Known>();

  constructor(config: Config, ports: Ports) {
    this.#config = config;
    this.#layouts = layoutsOf(config);
    this.#ports = ports;
    for (const layout of this.#layouts) if (has(layout, config.self)) this.#disk.set(layout.object, firstEntry(layout));
  }

  get number(): number {
    return this.#promised;
  }

  get reachable(): ReadonlySet<string> {
    return this.#reachable;
  }

  get durable(): StorageDurable {
    return {number: this.#promised, components: this.#components()};
  }

  #components(): readonly Entry[] {
    return [...this.#disk.values()].sort((a, b) => (a.object < b.object ? -1 : 1));
  }

  /** DR-18. */
  crash() {
    this.#reachable = new Set();
    this.#loseOwner();
  }

  view(reachable: readonly string[]) {
    this.#reachable = new Set(reachable);
    const lowest = this.#lowest();
    if (lowest === this.#config.self) return this.#begin(this.#promised); // DR-01
    if (lowest === this.#owner) return; // DR-03
    this.#leave(); // DR-02
    this.#ports.send(lowest, {type: 'Hello', number: this.#promised});
  }

  #lowest(): string {
    return [...this.#reachable].sort()[0] ?? this.#config.self;
  }

  /** Begins a reign above that number. Who has just left is not led. */
  #begin(above: number, left: string | null = null) {
    const {self, hosts} = this.#config;
    const after = Math.max(above, this.#promised) + 1;
    const place = hosts.indexOf(self);
    const number = after + ((((place - after) % hosts.length) + hosts.length) % hosts.length);
    this.#loseOwner();
    this.#promised = number;
    this.#owner = self;
    const joined = new Set([self]);
    const rights = {
      self,
      number,
      joined,
      write: (host: string, entry: Entry) => this.#write(host, entry),
      publish: (known: Known, to?: string) => this.#publish(known, joined, to),
      reply: (to: string, object: string, call: Call, result: CallResult, epoch: number) => {
        if (to === self) this.#ports.answered(number, object, call, result, epoch);
        else this.#ports.send(to, {type: 'Reply', number, object, call, result, epoch});
      },
    };
    const objects = this.#layouts.map(layout => [layout.object, new DirectedObject(layout, rights)] as const);
    this.#reign = {joined, objects: new Map(objects)};
    for (const host of [...this.#reachable].sort()) {
      if (host !== self && host !== left) this.#ports.send(host, {type: 'Lead', number});
    }
    for (const [object, directed] of objects) directed.join(self, this.#disk.get(object) ?? null);
  }

  #write(host: string, entry: Entry) {
    if (host === this.#config.self) this.#disk.set(entry.object, entry);
    else this.#ports.send(host, {type: 'ComponentWrite', number: this.#promised, entry});
  }

  #publish(known: Known, joined: ReadonlySet<string>, to?: string) {
    const message: StorageMessage = {type: 'Publish', number: this.#promised, known};
    if (to === undefined) this.#replica.set(known.object, known);
    const hosts = to === undefined ? [...joined].sort() : [to];
    for (const host of hosts) if (host !== this.#config.self) this.#ports.send(host, message);
  }

  /** CH-07. */
  #loseOwner() {
    this.#owner = null;
    this.#reign = null;
    this.#replica = new Map();
  }

  /** Gives the own reign or the owner up, and says so. */
  #leave() {
    const {self} = this.#config;
    const concerned = this.#reign === null ? [this.#owner] : [...this.#reign.joined].sort();
    for (const host of concerned) {
      if (host === null || host === self || !this.#reachable.has(host)) continue;
      this.#ports.send(host, {type: 'Left', number: this.#promised});
    }
    this.#loseOwner();
  }

  receive(from: string, message: StorageMessage) {
    const {number} = message;
    const reign = number === this.#promised ? this.#reign : null;
    switch (message.type) {
      case 'Hello':
        return this.#onHello(from, number);
      case 'Lead':
        return this.#onLead(from, number);
      case 'Refused':
        if (reign !== null) this.#begin(message.promised); // DR-22
        return;
      case 'Joined':
        if (reign !== null && !reign.joined.has(from)) this.#onJoined(reign, from, message.components); // DR-12
        return;
      case 'Left':
        if (reign?.joined.has(from) === true)
          this.#begin(this.#promised, from); // DR-14
        else if (from === this.#owner && number === this.#promised) this.#loseOwner(); // DR-15
        return;
      case 'ComponentWrite':
        return this.#onComponentWrite(from, number, message.entry);
      case 'ComponentAck':
        if (reign?.joined.has(from) === true) reign.objects.get(message.object)?.acknowledge(from, message.version);
        return;
      case 'Publish': {
        const {known} = message;
        const before = this.#replica.get(known.object);
        const isNews = before === undefined || isNewer(known.version, before.version);
        if (this.#follows(from, number) && isNews) this.#replica.set(known.object, known); // CH-03
        return;
      }
      case 'Call':
        if (reign !== null) this.#carryOut(from, message.object, message.call); // OB-23
        return;
      case 'Reply': {
        const {number, object, call, result, epoch} = message;
        return this.#ports.answered(number, object, call, result, epoch); // OB-24
      }
    }
  }

  #follows(from: string, number: number): boolean {
    return from === this.#owner && this.#reign === null && number === this.#promised;
  }

  #onHello(from: string, number: number) {
    if (this.#reign === null || !this.#reachable.has(from)) return; // DR-07
    if (number >= this.#promised)
      this.#begin(number); // DR-06
    else if (!this.#reign.joined.has(from)) this.#ports.send(from, {type: 'Lead', number: this.#promised}); // DR-05
  }

  #onLead(from: string, number: number) {
    if (from === this.#config.self || from !== this.#lowest()) return; // DR-10
    if (number <= this.#promised) {
      const refused: StorageMessage = {type: 'Refused', number, promised: this.#promised};
      if (from !== this.#owner) this.#ports.send(from, refused); // DR-09
      return;
    }
    if (from !== this.#owner) this.#leave();
    this.#loseOwner();
    this.#promised = number;
    this.#owner = from;
    this.#ports.send(from, {type: 'Joined', number, components: this.#components()}); // DR-08
  }

  #onJoined({joined, objects}: OwnReign, from: string, components: readonly Entry[]) {
    joined.add(from);
    for (const [object, directed] of objects) {
      directed.join(from, components.find(entry => entry.object === object) ?? null);
    }
  }

  #onComponentWrite(from: string, number: number, entry: Entry) {
    if (!this.#follows(from, number)) return this.#ports.send(from, {type: 'Left', number}); // OB-06
    const {object, version} = entry;
    const held = this.#disk.get(object);
    if (held !== undefined && !isNewer(version, held.version)) return; // OB-22
    this.#disk.set(object, entry); // OB-05
    this.#ports.send(from, {type: 'ComponentAck', number, object, version});
  }

  /** A call of the own host. */
  call(object: string, call: Call) {
    const {self} = this.#config;
    if (this.#reign !== null) return this.#carryOut(self, object, call);
    if (this.#owner === null || !this.#replica.has(object)) return this.#refuse(self, object, call); // OB-14
    this.#ports.send(this.#owner, {type: 'Call', number: this.#promised, object, call}); // OB-15
  }

  #carryOut(from: string, object: string, call: Call) {
    if (this.#reign?.objects.get(object)?.call({from, call}) !== true) this.#refuse(from, object, call); // OB-14
  }

  #refuse(to: string, object: string, call: Call) {
    if (to === this.#config.self) return this.#ports.answered(this.#promised, object, call, 'failed', 0);
    this.#ports.send(to, {type: 'Reply', number: this.#promised, object, call, result: 'failed', epoch: 0});
  }

  /** OB-20. */
  loseComponent(object: string) {
    this.#disk.delete(object);
    if (this.#reign !== null) this.#begin(this.#promised);
    else if (this.#owner !== null) this.#ports.send(this.#owner, {type: 'Hello', number: this.#promised});
  }

  absenceLasted(object: string) {
    this.#reign?.objects.get(object)?.recalculate();
  }

  /** HO-17: the objects for which a timer is to run. */
  unbalanced(): readonly string[] {
    return [...(this.#reign?.objects ?? [])].filter(([, {isUnbalanced}]) => isUnbalanced).map(([object]) => object);
  }

  /** What the own replica knows of an object that is accessible. */
  knows(object: string): Known | null {
    return this.#replica.get(object) ?? null;
  }

  access(vm: string): Access {
    const layout = this.#config.vms.find(each => each.vm === vm);
    if (layout === undefined) return {namespace: false, all: false};
    const namespace = this.#replica.has(layout.namespace.object);
    return {namespace, all: namespace && layout.disks.every(({object}) => this.#replica.has(object))};
  }
}

const has = ({components}: Layout, self: string): boolean => components.some(({host}) => host === self);
