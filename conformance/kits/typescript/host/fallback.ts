// What a primary does to have a protection state written: spec/fallback.md, the rules FB, TO, and of WT those about a
// primary.

import {type Config, othersOf} from './config.js';
import type {Office} from './office.js';
import type {Outbox} from './outbox.js';
import {
  type Access,
  type MessageOf,
  type Protection,
  type RequestId,
  requestId,
  type SetResult,
  type Timer,
} from './wire.js';

type Phase = 'idle' | 'setting' | 'querying' | 'commanding' | 'waiting';

/** What the primary knows of one VM. */
type Work = {
  readonly vm: string;
  readonly value: Protection;
  readonly generation: number;
  round: number;
  phase: Phase;
  asked: Set<string>;
  awaited: Set<string>;
  /** Those that said yes in this round and were not commanded. */
  willing: string[];
  commanded: string | null;
  /** Whom the storage modules of those that answered reach, with the subset rule `partition`. */
  covered: Set<string>;
};

type Ports = {
  access(vm: string): Access;
  reachable(): ReadonlySet<string>;
  /** SET on the own host; what the storage module answers goes to `then`, if it answers. */
  set(vm: string, value: Protection, generation: number, then: (result: SetResult) => void): void;
  report(vm: string, value: Protection, generation: number): void;
};

export class Fallback {
  readonly #config: Config;
  readonly #office: Office;
  readonly #outbox: Outbox;
  readonly #ports: Ports;
  #works = new Map<string, Work>();

  constructor(config: Config, office: Office, outbox: Outbox, ports: Ports) {
    this.#config = config;
    this.#office = office;
    this.#outbox = outbox;
    this.#ports = ports;
  }

  forget() {
    this.#works = new Map();
  }

  onRequest(vm: string, value: Protection, generation: number) {
    const known = this.#works.get(vm);
    if (!this.#office.isPrimary || (known !== undefined && generation < known.generation)) return; // FB-02, FB-03
    const isSame = known?.generation === generation;
    if (isSame && known.value === value && known.phase !== 'idle') return; // FB-04
    if (known !== undefined) this.#enter(known, 'idle');
    const nothing = {asked: new Set<string>(), awaited: new Set<string>(), willing: [], covered: new Set<string>()};
    const round = isSame ? known.round + 1 : 0;
    const work: Work = {vm, value, generation, round, phase: 'idle', commanded: null, ...nothing};
    this.#works.set(vm, work);
    this.#begin(work);
  }

  /** FB-01: a round begins with the own SET. */
  #begin(work: Work) {
    const {vm, value, generation, round} = work;
    const {term} = this.#office;
    this.#enter(work, 'setting');
    this.#ports.set(vm, value, generation, result => {
      const now = this.#running({term, vm, generation, round}); // FB-24
      if (now?.phase === 'setting') this.#onResult(now, result);
    });
  }

  #again(work: Work) {
    this.#enter(work, 'idle');
    work.round += 1;
    work.asked = new Set();
    work.awaited = new Set();
    work.willing = [];
    work.covered = new Set();
    this.#begin(work);
  }

  /** Each phase but `idle` has a timer of its own. */
  #enter(work: Work, phase: Phase) {
    if (work.phase !== 'idle') this.#outbox.cancel(timerOf(work));
    work.phase = phase;
    if (phase !== 'idle') this.#outbox.set(timerOf(work));
  }

  #onResult(work: Work, result: SetResult) {
    if (result === 'failed') return this.#goOn(work);
    this.#enter(work, 'idle'); // FB-05, FB-08
    if (result === 'ok') this.#ports.report(work.vm, work.value, work.generation); // FB-06
  }

  /** The SET was not processed, or an answer has come: command who can, or hear the others, or ask more, or wait. */
  #goOn(work: Work) {
    const willing = work.willing.shift();
    if (willing !== undefined) return this.#command(work, willing); // FB-14, FB-19
    if (work.awaited.size > 0) {
      if (work.phase !== 'querying') this.#enter(work, 'querying'); // FB-20
      return; // FB-16
    }
    const next = this.#subset(work);
    if (next.length > 0) return this.#ask(work, next); // FB-09, FB-10
    if (this.#ports.access(work.vm).namespace) return this.#again(work); // WT-02
    this.#register(work); // WT-01
  }

  /** Whom to ask next, as the subset rule has it. */
  #subset(work: Work): readonly string[] {
    const rest = othersOf(this.#config).filter(host => !work.asked.has(host));
    const reachable = this.#ports.reachable();
    const unreached = rest.filter(host => !reachable.has(host));
    switch (this.#config.subsets) {
      case 'complement': // FB-26, FB-28
        return unreached.length > 0 ? unreached : rest;
      case 'partition': {
        const uncovered = unreached.filter(host => !work.covered.has(host));
        return (uncovered.length > 0 ? uncovered : rest).slice(0, 1); // FB-27, FB-28
      }
      case 'one':
        return rest.slice(0, 1);
      default:
        return rest;
    }
  }

  #ask(work: Work, hosts: readonly string[]) {
    this.#enter(work, 'querying');
    work.awaited = new Set(hosts);
    for (const host of hosts) work.asked.add(host);
    this.#outbox.sendAll(hosts, {...this.#idOf(work), type: 'AccessQuery', scope: 'namespace'}); // FB-11
  }

  #command(work: Work, host: string) {
    this.#enter(work, 'commanding');
    work.commanded = host;
    this.#outbox.send(host, {...this.#idOf(work), type: 'SetCommand', value: work.value});
  }

  #register(work: Work) {
    this.#enter(work, 'waiting');
    this.#outbox.sendAll(othersOf(this.#config), {...this.#idOf(work), type: 'WaitRegister', scope: 'namespace'});
  }

  #idOf({vm, generation, round}: Work): RequestId {
    return {term: this.#office.term, vm, generation, round};
  }

  /** FB-23: only what is about the round that runs counts. */
  #running({term, vm, generation, round}: RequestId): Work | null {
    const work = this.#works.get(vm);
    const isOfRound = term === this.#office.term && generation === work?.generation && round === work.round;
    return isOfRound ? work : null;
  }

  onAnswer(from: string, message: MessageOf<'AccessAnswer'>) {
    const work = this.#running(message);
    if (work === null || !work.awaited.has(from)) return; // FB-25
    if (work.phase !== 'querying' && work.phase !== 'commanding') return;
    work.awaited.delete(from);
    for (const host of message.reachable) work.covered.add(host);
    if (message.accessible) work.willing.push(from); // FB-21
    if (work.phase === 'querying') this.#goOn(work);
  }

  onSetResult(from: string, message: MessageOf<'SetResult'>) {
    const work = this.#running(message);
    if (work?.phase === 'commanding' && work.commanded === from) this.#onResult(work, message.result); // FB-25
  }

  onBecameAccessible(id: RequestId) {
    const work = this.#running(requestId(id));
    if (work?.phase === 'waiting') this.#again(work); // WT-06
  }

  /** The own storage module has announced a change. */
  onAccessibility(vm: string) {
    const work = this.#works.get(vm);
    if (work?.phase === 'waiting' && this.#ports.access(vm).namespace) this.#again(work); // WT-06
  }

  onTimer({vm, phase, generation, round}: Extract<Timer, {readonly type: 'Fallback'}>) {
    const work = this.#running({term: this.#office.term, vm, generation, round});
    if (work === null || work.phase !== phase) return; // TO-04
    if (phase === 'waiting') return this.#register(work); // WT-07
    if (phase === 'querying') work.awaited = new Set(); // TO-01
    this.#goOn(work); // TO-02, TO-03
  }
}

const timerOf = ({vm, phase, generation, round}: Work): Timer => ({type: 'Fallback', vm, phase, generation, round});
