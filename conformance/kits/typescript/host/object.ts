// What an owner does about one object, in one reign: spec/directory.md, the rules OB.

import type {Layout} from './config.js';
import {type Call, carryOut} from './contract.js';
import {type Entry, isNewer, isQuorum, isSameVersion, isSameVotes, type Known, type Version, votesOf} from './entry.js';
import type {CallResult} from './wire.js';

/** A call and its caller, which is a host. */
type Caller = {readonly from: string; readonly call: Call};

/** What the owner lets an object do. */
export type Reign = {
  readonly self: string;
  readonly number: number;
  /** Those that have joined, the owner among them. */
  readonly joined: ReadonlySet<string>;
  write(host: string, entry: Entry): void;
  /** To all hosts that have joined, or to this one. */
  publish(known: Known, to?: string): void;
  reply(to: string, object: string, call: Call, result: CallResult, epoch: number): void;
};

export class DirectedObject {
  readonly #layout: Layout;
  readonly #reign: Reign;
  /** What the components of those that have joined held then; null is a lost one. */
  readonly #brought = new Map<string, Entry | null>();
  /** What was written last, as soon as the object is taken up. */
  #entry: Entry | null = null;
  #holders = new Set<string>();
  /** Whether the entry is not committed yet, and for which call. */
  #underWay: {readonly caller: Caller | null; readonly result: CallResult} | null = null;
  #waiting: Caller[] = [];

  constructor(layout: Layout, reign: Reign) {
    this.#layout = layout;
    this.#reign = reign;
  }

  /** A host has joined, with what its component holds if it has one that is not lost. */
  join(host: string, brought: Entry | null) {
    const isComponent = this.#isComponent(host);
    if (isComponent) this.#brought.set(host, brought);
    if (this.#entry === null) return this.#takeUp();
    if (isComponent) this.#reign.write(host, this.#entry); // OB-21
    if (this.#underWay === null) this.#publish(this.#entry, host); // CH-02
  }

  /** OB-01: the newest entry counts, and those that hold something have to be a quorum of it. */
  #takeUp() {
    const held = [...this.#brought].flatMap(([host, entry]) => (entry === null ? [] : [{host, entry}]));
    const newest = held
      .map(({entry}) => entry)
      .reduce<Entry | null>(
        (best, entry) => (best === null || isNewer(entry.version, best.version) ? entry : best),
        null,
      );
    if (newest === null || !isQuorum(newest, new Set(held.map(({host}) => host)))) return; // OB-03
    const {register} = newest.content;
    const current = register.current.filter(host => this.#brought.get(host) !== null);
    this.#write({...newest, content: {...newest.content, register: {...register, current}}}); // OB-04
  }

  #isComponent(host: string): boolean {
    return this.#layout.components.some(component => component.host === host);
  }

  /** OB-04: as the next version, to every component whose host has joined, the own first. */
  #write(next: Entry, caller: Caller | null = null, result: CallResult = 'ok') {
    const {self, number, joined} = this.#reign;
    const sequence = this.#entry === null ? 1 : this.#entry.version.sequence + 1;
    const entry = {...next, version: {configuration: number, sequence}};
    this.#entry = entry;
    this.#underWay = {caller, result};
    this.#holders = new Set();
    const there = this.#layout.components.map(({host}) => host).filter(host => joined.has(host));
    for (const host of there.sort((a, b) => Number(b === self) - Number(a === self))) this.#reign.write(host, entry);
    if (there.includes(self)) this.acknowledge(self, entry.version);
  }

  /** OB-08 to OB-10. */
  acknowledge(host: string, version: Version) {
    const entry = this.#entry;
    if (entry === null || !this.#isComponent(host) || !isSameVersion(entry.version, version)) return;
    this.#holders.add(host);
    if (this.#underWay !== null) {
      if (!isQuorum(entry, this.#holders)) return;
      const {caller, result} = this.#underWay;
      this.#underWay = null;
      this.#publish(entry); // CH-01
      if (caller !== null) this.#reply(caller, result);
    }
    this.#goOn(entry);
  }

  #publish({object, version, content}: Entry, to?: string) {
    this.#reign.publish({object, version, content}, to);
  }

  #reply({from, call}: Caller, result: CallResult) {
    const epoch = this.#entry?.content.lock.epoch ?? 0;
    this.#reign.reply(from, this.#layout.object, call, result, epoch);
  }

  /** What comes next when nothing is under way. */
  #goOn(entry: Entry) {
    if (entry.former !== null) return this.#write({...entry, former: null}); // OB-17
    const caller = this.#waiting.shift();
    if (caller !== undefined) {
      const {content, result} = carryOut(entry.content, caller.call, this.#reign.joined);
      return this.#write({...entry, content}, caller, result); // OB-12
    }
    const {content} = entry;
    const {current} = content.register;
    const synced = [...this.#holders].filter(host => !current.includes(host));
    if (synced.length === 0) return;
    const register = {...content.register, current: [...current, ...synced].sort()};
    this.#write({...entry, content: {...content, register}}); // OB-11
  }

  /** Whether the object is taken up: else a call is to be refused (OB-14). */
  call(caller: Caller): boolean {
    if (this.#entry === null) return false;
    this.#waiting.push(caller); // OB-13
    if (this.#underWay === null) this.#goOn(this.#entry);
    return true;
  }

  /** OB-16: the votes of those that are there and current, and the former ones until that is committed. */
  recalculate() {
    const entry = this.#entry;
    if (entry === null || this.#underWay !== null) return; // OB-19
    const {current} = entry.content.register;
    const voters = votesOf(this.#layout, new Set(current.filter(host => this.#reign.joined.has(host))));
    if (voters === null || isSameVotes(voters, entry.voters)) return;
    this.#write({...entry, voters, former: entry.voters});
  }

  /** HO-17: whether the components that have votes are not those that are there. */
  get isUnbalanced(): boolean {
    const voting = this.#entry?.voters.map(({host}) => host) ?? null;
    const isThere = (host: string): boolean => this.#reign.joined.has(host);
    return voting !== null && this.#layout.components.some(({host}) => isThere(host) !== voting.includes(host));
  }
}
