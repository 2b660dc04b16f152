// Whole hosts on one storage network, with one VM: users, links and processes do what a list of choices says.

import {
  type ComposedState,
  downHost,
  firstHostDurable,
  generation,
  type HostConfig,
  type HostEffect,
  type HostEvent,
  type HostId,
  hostId,
  hostOutcomes,
  identity,
  mirrored,
  objectId,
  profile,
  type StorageMessage,
  vmId,
} from '../../../src/index.js';

const HOSTS = [hostId('h1'), hostId('h2'), hostId('h3')] as const;
const VM = vmId('v');
const HOME = objectId('home');

const configOf = (self: HostId): HostConfig => ({
  self,
  hosts: HOSTS,
  repairs: profile('hardened'),
  vms: [{vm: VM, namespace: mirrored(HOME, 'namespace', HOSTS), disks: []}],
  elector: 'builtin',
  datastores: 0,
  isolationResponse: 'power-off',
  subsets: 'any',
  plans: [{vm: VM, stored: true, priority: 0}],
  placement: 'ask',
  scope: 'all',
  schedule: [0, 1],
  concurrency: 1,
  notices: 'per-vm',
  capacity: 2,
  cleanByDefault: false,
});

/** So many deliveries and notices are enough for any cluster of this size to come to rest. */
const PATIENCE = 3000;

type Mail = {readonly from: HostId; readonly to: HostId; readonly message: StorageMessage};
type Move = () => void;

const linkOf = (a: HostId, b: HostId): string => [a, b].sort().join();

export class Cluster {
  /** What is wrong: a sentence each. */
  readonly faults: string[] = [];
  readonly #choices: Iterator<number>;
  readonly #states = new Map<HostId, ComposedState>(
    HOSTS.map(host => [host, downHost(firstHostDurable(configOf(host)))]),
  );
  readonly #up = new Set<HostId>();
  readonly #cut = new Set<string>();
  /** What each host is still to hear of who is reachable, and what it heard last. */
  readonly #views = new Map<HostId, (readonly HostId[])[]>(HOSTS.map(host => [host, []]));
  readonly #ghosts = new Set<HostId>();
  /** How many of its user's power-ons each host has not answered. */
  readonly #unanswered = new Map<HostId, number>();
  /** Every lock that was ever seen in the VM's object. */
  readonly #locks: {readonly holder: HostId | null; readonly epoch: number}[] = [];
  #mail: readonly Mail[] = [];
  #generation = 0;
  #identity = 1;

  constructor(choices: Iterable<number>) {
    this.#choices = choices[Symbol.iterator]();
    for (const host of HOSTS) this.#restart(host);
    this.#settle();
  }

  /** Lets something happen; answers whether there are choices left. */
  happen(): boolean {
    const [move, host, other] = [this.#next(), this.#next(), this.#next()];
    if (move === null || host === null || other === null) return false;
    const moves = this.#movesOf(HOSTS[host % HOSTS.length]!, HOSTS[other % HOSTS.length]!);
    moves[move % moves.length]!();
    return true;
  }

  /** Every link works, every host is up, and all that is under way arrives. */
  heal(): void {
    this.#cut.clear();
    for (const host of HOSTS) if (!this.#up.has(host)) this.#restart(host);
    this.#look();
    this.#settle();
    for (const host of HOSTS) {
      this.#fireGhost(host);
      this.#settle();
    }
    this.#judge();
  }

  #next(): number | null {
    const {value, done} = this.#choices.next();
    return done === true ? null : value;
  }

  /** What may happen to a host, and between it and another; what happens more often comes more than once. */
  #movesOf(host: HostId, other: HostId): readonly Move[] {
    const deliver: Move = () => this.#deliver();
    const notice: Move = () => this.#notice();
    const powerOn: Move = () => this.#powerOn(host);
    const powerOff: Move = () =>
      this.#step(host, {type: 'PowerOff', vm: VM, generation: generation(++this.#generation)});
    const always = [deliver, deliver, deliver, deliver, deliver, deliver, notice, () => this.#cutOrMend(host, other)];
    if (!this.#up.has(host)) return [...always, () => this.#restart(host)];
    return [
      ...always,
      powerOn,
      powerOn,
      powerOff,
      powerOff,
      () => this.#step(host, {type: 'Created', vm: VM, identity: identity(++this.#identity)}),
      () => this.#crash(host),
      () => {
        for (const each of HOSTS) if (each !== host) this.#cutOrMend(host, each);
      },
      () => this.#fireGhost(host),
    ];
  }

  /** If it runs. */
  #fireGhost(host: HostId): void {
    if (this.#ghosts.delete(host)) this.#step(host, {type: 'TimerFired', timer: {type: 'Ghost', vm: VM}});
  }

  #powerOn(host: HostId): void {
    this.#unanswered.set(host, (this.#unanswered.get(host) ?? 0) + 1);
    this.#step(host, {type: 'PowerOn', vm: VM, generation: generation(this.#generation)});
  }

  #restart(host: HostId): void {
    this.#up.add(host);
    this.#views.set(host, []);
    this.#step(host, {type: 'Restarted', reachable: this.#audible(host)});
    this.#look();
  }

  /** What waits to be sent to it is lost, and so is whom it owed an answer. */
  #crash(host: HostId): void {
    this.#step(host, {type: 'Crashed'});
    this.#up.delete(host);
    this.#ghosts.delete(host);
    this.#unanswered.delete(host);
    this.#mail = this.#mail.filter(({to}) => to !== host);
    this.#look();
  }

  #cutOrMend(a: HostId, b: HostId): void {
    if (a === b) return;
    if (!this.#cut.delete(linkOf(a, b))) this.#cut.add(linkOf(a, b));
    this.#look();
  }

  #audible(host: HostId): readonly HostId[] {
    return HOSTS.filter(other => other === host || (this.#up.has(other) && !this.#cut.has(linkOf(host, other))));
  }

  /** Whoever hears others than before is told so at some time. */
  #look(): void {
    for (const host of this.#up) this.#views.get(host)!.push(this.#audible(host));
  }

  /** Something arrives, in whatever order; answers whether anything could. */
  #deliver(): boolean {
    const able = this.#mail.filter(({from, to}) => this.#up.has(to) && !this.#cut.has(linkOf(from, to)));
    const mail = able[(this.#next() ?? 0) % Math.max(1, able.length)];
    if (mail === undefined) return false;
    this.#mail = this.#mail.filter(each => each !== mail);
    this.#step(mail.to, {type: 'Received', network: 'storage', from: mail.from, message: mail.message});
    return true;
  }

  #notice(): boolean {
    const able = HOSTS.filter(each => this.#up.has(each) && this.#views.get(each)!.length > 0);
    const host = able[(this.#next() ?? 0) % Math.max(1, able.length)];
    if (host === undefined) return false;
    this.#step(host, {type: 'ViewChanged', reachable: this.#views.get(host)!.shift()!});
    return true;
  }

  #settle(): void {
    for (let n = 0; this.#notice() || this.#deliver(); n++) {
      if (n < PATIENCE) continue;
      this.faults.push('it never comes to rest');
      return;
    }
  }

  #step(host: HostId, event: HostEvent): void {
    const before = this.#states.get(host)!;
    const outcomes = hostOutcomes(configOf(host), before, event);
    const {state, effects, rules} = outcomes[(this.#next() ?? 0) % outcomes.length]!;
    this.#states.set(host, state);
    for (const effect of effects) this.#carryOut(host, effect);
    for (const {object, content} of this.#directoryOf(host)) if (object === HOME) this.#locks.push(content.lock);
    const [instance] = before.runtime;
    if (!rules.includes('RS-14') || instance === undefined || !('epoch' in instance) || this.#identity > 1) return;
    const isTaken = this.#locks.some(
      lock => lock.epoch > instance.epoch && lock.holder !== null && lock.holder !== host,
    );
    if (!isTaken) this.faults.push(`${host} ends its VM of epoch ${instance.epoch}, and nobody else took the lock`);
  }

  #carryOut(host: HostId, effect: HostEffect): void {
    if (effect.type === 'Send' && effect.network === 'storage') {
      this.#mail = [...this.#mail, {from: host, to: effect.to, message: effect.message}];
    }
    if (effect.type === 'PoweredOn') this.#unanswered.set(host, (this.#unanswered.get(host) ?? 0) - 1);
    if (effect.type === 'SetTimer' && effect.timer.type === 'Ghost') this.#ghosts.add(host);
    if (effect.type === 'CancelTimer' && effect.timer.type === 'Ghost') this.#ghosts.delete(host);
  }

  #directoryOf(host: HostId) {
    const {storage} = this.#states.get(host)!;
    return storage.role === 'up' ? storage.directory : [];
  }

  /** What must be so once all has healed. */
  #judge(): void {
    const executing = HOSTS.filter(host => this.#states.get(host)!.runtime.length > 0);
    if (executing.length > 1) this.faults.push(`it executes on ${executing}`);
    for (const host of HOSTS) {
      const {pending, runtime} = this.#states.get(host)!;
      if (pending.length > 0) this.faults.push(`${host} waits for an answer to ${JSON.stringify(pending)}`);
      if ((this.#unanswered.get(host) ?? 0) !== 0) this.faults.push(`${host} has not answered its user once each time`);
      for (const {power} of runtime) if (power !== 'running') this.faults.push(`on ${host} it is ${power}`);
      const lock = this.#directoryOf(host).find(({object}) => object === HOME)?.content.lock;
      const [instance] = executing.flatMap(each => this.#states.get(each)!.runtime);
      const owed = instance !== undefined && 'epoch' in instance ? `${executing[0]} ${instance.epoch}` : 'null';
      const held = lock === undefined ? 'unknown' : lock.holder === null ? 'null' : `${lock.holder} ${lock.epoch}`;
      if (held !== owed) this.faults.push(`to ${host} the lock is ${held}, and what executes is ${owed}`);
    }
  }
}
