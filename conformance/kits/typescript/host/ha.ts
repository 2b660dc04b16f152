// The HA module with all its parts: who gets which message and which timer. The term comes first: spec/roles.md.

import type {Calls} from './calls.js';
import type {Config} from './config.js';
import type {Directory} from './directory.js';
import {Election} from './election.js';
import {Fallback} from './fallback.js';
import {Liveness} from './liveness.js';
import {Office} from './office.js';
import type {Outbox} from './outbox.js';
import {Place} from './place.js';
import {Recovery} from './recovery.js';
import type {Runtime} from './runtime.js';
import {Waiting} from './waiting.js';
import {
  type CallResult,
  type HaMessage,
  type MessageOf,
  type Protection,
  type Retrieval,
  requestId,
  type SetResult,
  type Timer,
} from './wire.js';

export class HaModule {
  readonly #config: Config;
  readonly #outbox: Outbox;
  readonly #directory: Directory;
  readonly #calls: Calls;
  readonly #office: Office;
  readonly #election: Election;
  readonly #waiting: Waiting;
  readonly liveness: Liveness;
  readonly fallback: Fallback;
  readonly recovery: Recovery;
  readonly place: Place;

  constructor(config: Config, outbox: Outbox, directory: Directory, calls: Calls, runtime: Runtime) {
    this.#config = config;
    this.#outbox = outbox;
    this.#directory = directory;
    this.#calls = calls;
    const office = new Office(outbox, () => this.#forget());
    this.#office = office;
    this.place = new Place(config, outbox, directory, runtime);
    this.recovery = new Recovery(config, office, outbox, {
      isUp: host => this.liveness.isUp(host),
      get: () => this.#get(),
      report: vm => runtime.report(vm),
      standing: vm => this.place.standing(vm),
    });
    this.liveness = new Liveness(config, office, outbox, {
      hostChanged: (host, isUp) => outbox.later(() => this.recovery.failover.hostChanged(host, isUp)),
      isolated: () => this.#election.isolate(),
    });
    this.#election = new Election(
      config,
      office,
      outbox,
      () => this.#onWon(),
      () => {
        for (const {vm} of config.vms) outbox.later(() => runtime.isolated(vm)); // HO-16
      },
    );
    this.#waiting = new Waiting(office, outbox, vm => directory.access(vm));
    this.fallback = new Fallback(config, office, outbox, {
      access: vm => directory.access(vm),
      reachable: () => directory.reachable,
      set: (vm, value, generation, then) => this.#set(vm, value, generation, then),
      report: (vm, value, generation) => {
        outbox.emit({type: 'Report', vm, value, generation});
        this.recovery.platformTold(vm, value, generation); // HO-04
      },
    });
  }

  get term(): number {
    return this.#office.term;
  }

  #forget() {
    this.liveness.forget();
    this.fallback.forget();
    this.recovery.forget();
    this.#waiting.forget();
  }

  crash() {
    this.#office.crash();
    this.place.crash();
  }

  /** TM-10. */
  restart() {
    this.#office.become('secondary');
  }

  #onWon() {
    this.liveness.begin();
    this.recovery.retrieval.readBack(); // RT-01
  }

  /** What is accessible here, of the own replica (ST-11 to ST-13). */
  #get(): readonly Retrieval[] {
    return [...this.#config.vms]
      .sort((a, b) => (a.vm < b.vm ? -1 : 1))
      .flatMap(({vm, namespace}) => {
        const known = this.#directory.knows(namespace.object);
        if (known === null) return [];
        const {register, attempts} = known.content;
        return [{vm, value: register.value, generation: register.generation, attempts}];
      });
  }

  /** Of a VM that has no layout nothing is written, and nothing is heard (HO-12). */
  #set(
    vm: string,
    value: Protection,
    generation: number,
    then: (result: SetResult) => void,
    purpose: string | null = null,
  ) {
    const object = this.#config.vms.find(layout => layout.vm === vm)?.namespace.object;
    if (object === undefined) return;
    const answered = (result: CallResult) => then(result === 'held' ? 'failed' : result);
    this.#calls.make(object, {type: 'Set', value, generation}, answered, undefined, purpose);
  }

  receive(from: string, message: HaMessage) {
    const {term} = this.#office;
    if (message.term < term) {
      const isCommand = message.type === 'SetCommand' || message.type === 'RestartCommand';
      if (isCommand) this.#outbox.send(from, {type: 'Superseded', term}); // TM-03
      if (message.type !== 'Candidacy') return; // TM-02
    }
    if (message.term > term) this.#office.become('secondary', message.term); // TM-01
    this.#onMessage(from, message);
  }

  #onMessage(from: string, message: HaMessage) {
    const {failover, retrieval} = this.recovery;
    switch (message.type) {
      case 'Claim':
        return this.#onClaim(from);
      case 'Superseded':
        return; // TM-08
      case 'Candidacy':
        return this.#election.onCandidacy(from, message.term, message.datastores);
      case 'Alive':
        return this.liveness.onAlive(from);
      case 'AccessQuery':
        return this.#onAccessQuery(from, message);
      case 'SetCommand': {
        const {vm, value, generation} = message; // FB-17, FB-18
        const id = requestId(message);
        const told = (result: SetResult) => this.#outbox.send(from, {...id, type: 'SetResult', result});
        return this.#set(vm, value, generation, told, JSON.stringify([from, id]));
      }
      case 'AccessAnswer':
        return this.fallback.onAnswer(from, message);
      case 'SetResult':
        return this.fallback.onSetResult(from, message);
      case 'WaitRegister':
        return this.#waiting.onRegister(from, message);
      case 'BecameAccessible':
        return this.fallback.onBecameAccessible(message);
      case 'Retrieve':
        return retrieval.onRetrieve(from, message.term);
      case 'Retrieved':
        return retrieval.onRetrieved(message.term, message.retrievals);
      case 'VmStatus':
        return this.recovery.onStatus(from, message.vm, message.report);
      case 'PlaceQuery':
        return this.place.onQuery(from, message);
      case 'RestartCommand':
        return this.place.onCommand(from, message);
      case 'PlaceRegister':
        return this.place.onRegister(from, message);
      case 'PlaceAnswer':
        return failover.onAnswer(from, message);
      case 'RestartResult':
        return failover.onResult(from, message);
      case 'BecamePlaceable':
        return failover.onBecamePlaceable(message);
      case 'PlacePublished':
        if (this.#office.isPrimary) failover.onPublished(from, message.vm, message.standing);
    }
  }

  /** The Claim of the own term: LV-02, EL-17. */
  #onClaim(from: string) {
    const {self, hosts} = this.#config;
    if (this.#office.isPrimary || from === self || !hosts.includes(from)) return;
    if (this.#office.role !== 'secondary') this.#office.become('secondary');
    this.#office.leader = from;
    this.#outbox.set({type: 'Silence'});
    this.#outbox.send(from, {type: 'Alive', term: this.#office.term});
    this.recovery.tellAll();
  }

  /** FB-13, FB-30. */
  #onAccessQuery(from: string, message: MessageOf<'AccessQuery'>) {
    const accessible = this.#directory.access(message.vm)[message.scope];
    const reachable = this.#config.subsets === 'partition' ? [...this.#directory.reachable].sort() : [];
    this.#outbox.send(from, {...requestId(message), type: 'AccessAnswer', accessible, reachable});
  }

  /** The own storage module announces a change. */
  onAccessibility(vm: string) {
    this.fallback.onAccessibility(vm);
    this.#waiting.onAccessibility(vm);
    this.recovery.retrieval.readBack(); // RT-02
  }

  onIsolationChecked(isReached: boolean) {
    if (this.#office.isPrimary) this.liveness.onIsolationChecked(isReached);
    else this.#election.onIsolationChecked(isReached);
  }

  onTimer(timer: Timer) {
    switch (timer.type) {
      case 'Silence':
      case 'Election':
      case 'Isolation':
        return this.#election.onTimer(timer.type);
      case 'Heartbeat':
        if (!this.#office.isPrimary) return; // LV-09
        this.liveness.beat();
        return this.recovery.tellAll(); // HO-06
      case 'Host':
        return this.liveness.onPatienceOver(timer.host);
      case 'Retrieval':
        return this.recovery.retrieval.readBack(); // RT-05
      case 'Fallback':
        return this.fallback.onTimer(timer);
      case 'Failover':
        return this.recovery.failover.onTimer(timer);
    }
  }
}
