// An HA module, written from spec/ (roles, fallback, messages), with all repairs. The rules stand beside. It asks one
// host at a time. `holdfast conform test --profile ha -- node --import=tsx main.ts`

import type {Start} from './holdfast-adapter.js';
import {
  type Access,
  callStorage,
  type Effect,
  type Event,
  echo,
  type Id,
  type Message,
  type Phase,
  send,
} from './messages.js';

/** What the primary knows of a VM. */
type Fallback = {
  readonly vm: string;
  readonly value: string;
  readonly generation: number;
  round: number;
  phase: Phase | 'idle';
  /** Asked in this round, in order. */
  asked: string[];
  commanded: string | null;
};

type Registration = Extract<Message, {type: 'WaitRegister'}>;

export class HaModule {
  readonly #others: readonly string[];
  #term = 0;
  #role: 'primary' | 'secondary' | 'down' = 'secondary';
  #fallbacks = new Map<string, Fallback>();
  /** By VM and primary. */
  #watches = new Map<string, {readonly primary: string; readonly registration: Registration}>();

  constructor(self: string, hosts: readonly string[]) {
    this.#others = hosts.filter(host => host !== self);
  }

  handle(event: Event): readonly Effect[] {
    if (this.#role === 'down') return event.type === 'Restarted' ? this.#become('secondary', this.#term) : []; // TM-11
    switch (event.type) {
      case 'Crashed':
        return this.#become('down', this.#term); // TM-09
      case 'Elected':
        return this.#onElected(event.term);
      case 'Received':
        return this.#onReceived(event.from, event.message, event.accessible);
      case 'Request':
        return this.#onRequest(event.vm, event.value, event.generation);
      case 'StorageReplied':
        return this.#onStorageReplied(event);
      case 'AccessibilityChanged':
        return this.#onAccessibility(event.vm, event.accessible);
      case 'TimerFired':
        return this.#onTimer(event);
      default:
        return [];
    }
  }

  /** Whoever changes role forgets what it knew, and its term outlives a crash. */
  #become(role: 'primary' | 'secondary' | 'down', term: number): readonly Effect[] {
    const effects: Effect[] = term === this.#term ? [] : [{type: 'Persist', durable: {term}}]; // TM-04
    for (const fallback of this.#fallbacks.values()) if (role === 'secondary') effects.push(...this.#stopped(fallback));
    this.#role = role;
    this.#term = term;
    this.#fallbacks = new Map();
    this.#watches = new Map();
    return effects;
  }

  #onElected(term: number): readonly Effect[] {
    if (this.#role !== 'secondary' || term <= this.#term) return []; // TM-06
    const persisted = this.#become('primary', term);
    return [...persisted, ...this.#others.map(host => send(host, {type: 'Claim', term}))]; // TM-05
  }

  #onReceived(from: string, message: Message, accessible: Access): readonly Effect[] {
    if (message.term < this.#term) {
      return message.type === 'SetCommand' ? [send(from, {type: 'Superseded', term: this.#term})] : []; // TM-02, TM-03
    }
    const settled = message.term > this.#term ? this.#become('secondary', message.term) : []; // TM-01
    return [...settled, ...this.#onMessage(from, message, accessible)];
  }

  #onMessage(from: string, message: Message, accessible: Access): readonly Effect[] {
    switch (message.type) {
      case 'AccessQuery': // FB-13
        return [this.#answer(from, message, accessible[message.scope])];
      case 'SetCommand': {
        const {term, round} = message; // FB-17
        return [callStorage(message, {type: 'Command', from, term, round})];
      }
      case 'WaitRegister':
        return this.onRegistration(from, message, accessible);
      case 'AccessAnswer': {
        const fallback = this.#running(message);
        const isAwaited = fallback?.phase === 'querying' && fallback.asked.at(-1) === from; // FB-25
        if (fallback === null || !isAwaited) return [];
        return message.accessible ? this.#command(fallback, from) : this.#askNext(fallback, accessible);
      }
      case 'SetResult': {
        const fallback = this.#running(message);
        const isExpected = fallback?.phase === 'commanding' && fallback.commanded === from; // FB-25
        return fallback !== null && isExpected ? this.#onResult(fallback, message.result, accessible) : [];
      }
      case 'BecameAccessible': {
        const fallback = this.#running(message);
        return fallback?.phase === 'waiting' ? this.#again(fallback) : []; // WT-06
      }
      default:
        return []; // TM-08
    }
  }

  /** Whom the own storage module reaches is told with the subset rule `partition` only (FB-30). */
  #answer(to: string, query: Id, accessible: boolean): Effect {
    return send(to, {...echo(query), type: 'AccessAnswer', accessible, reachable: []});
  }

  /** FB-23: only what answers the round that runs counts. */
  #running({vm, term, generation, round}: Id): Fallback | null {
    const fallback = this.#fallbacks.get(vm);
    const isOfRound = term === this.#term && generation === fallback?.generation && round === fallback.round;
    return fallback !== undefined && isOfRound ? fallback : null;
  }

  protected onRegistration(primary: string, registration: Registration, accessible: Access): readonly Effect[] {
    if (this.#role !== 'secondary') return []; // WT-10
    const key = JSON.stringify([registration.vm, primary]);
    const kept = this.#watches.get(key)?.registration;
    if (kept !== undefined && isOlder(registration, kept)) return []; // WT-08
    this.#watches.set(key, {primary, registration}); // WT-03
    return accessible[registration.scope] ? this.#notify(key) : []; // WT-04
  }

  #notify(key: string): readonly Effect[] {
    const watch = this.#watches.get(key);
    this.#watches.delete(key);
    return watch === undefined ? [] : [send(watch.primary, {...echo(watch.registration), type: 'BecameAccessible'})];
  }

  #onAccessibility(vm: string, accessible: Access): readonly Effect[] {
    const fallback = this.#fallbacks.get(vm);
    if (fallback?.phase === 'waiting' && accessible.namespace) return this.#again(fallback); // WT-06
    return [...this.#watches].flatMap(([key, {registration}]) =>
      registration.vm === vm && accessible[registration.scope] ? this.#notify(key) : [],
    ); // WT-05
  }

  #onRequest(vm: string, value: string, generation: number): readonly Effect[] {
    const known = this.#fallbacks.get(vm);
    if (this.#role !== 'primary' || (known !== undefined && generation < known.generation)) return []; // FB-02, FB-03
    const isSame = generation === known?.generation;
    if (isSame && value === known.value && known.phase !== 'idle') return []; // FB-04
    const stopped = known === undefined ? [] : this.#stopped(known);
    const round = isSame ? known.round + 1 : 0;
    const fallback: Fallback = {vm, value, generation, round, phase: 'idle', asked: [], commanded: null};
    this.#fallbacks.set(vm, fallback);
    return [...stopped, ...this.#start(fallback)];
  }

  #idOf({vm, generation, round}: Fallback): Id {
    return {term: this.#term, vm, generation, round};
  }

  #stopped({vm, phase, generation, round}: Fallback): readonly Effect[] {
    return phase === 'idle' ? [] : [{type: 'CancelTimer', timer: {type: 'Fallback', vm, phase, generation, round}}];
  }

  #enter(fallback: Fallback, phase: Phase | 'idle', effects: readonly Effect[]): readonly Effect[] {
    const stopped = this.#stopped(fallback);
    fallback.phase = phase;
    const {vm, generation, round} = fallback;
    const timer: readonly Effect[] =
      phase === 'idle' ? [] : [{type: 'SetTimer', timer: {type: 'Fallback', vm, phase, generation, round}}];
    return [...stopped, ...effects, ...timer];
  }

  /** FB-01: every round starts with a SET on the own host. */
  #start(fallback: Fallback): readonly Effect[] {
    fallback.asked = [];
    const {round} = fallback;
    return this.#enter(fallback, 'setting', [callStorage(fallback, {type: 'Own', term: this.#term, round})]);
  }

  #again(fallback: Fallback): readonly Effect[] {
    const stopped = this.#stopped(fallback);
    fallback.round += 1;
    fallback.phase = 'idle';
    return [...stopped, ...this.#start(fallback)];
  }

  #onStorageReplied({call, result, accessible}: Extract<Event, {type: 'StorageReplied'}>): readonly Effect[] {
    const {purpose, vm, generation} = call;
    const {term, round} = purpose;
    if (purpose.type === 'Command') {
      return [send(purpose.from, {type: 'SetResult', term, vm, generation, round, result})]; // FB-18
    }
    const fallback = this.#running({term, vm, generation, round}); // FB-24
    return fallback?.phase === 'setting' ? this.#onResult(fallback, result, accessible) : [];
  }

  #onResult(fallback: Fallback, result: string, accessible: Access): readonly Effect[] {
    const {vm, value, generation} = fallback;
    if (result === 'stale') return this.#enter(fallback, 'idle', []); // FB-08
    return result === 'ok'
      ? this.#enter(fallback, 'idle', [{type: 'Report', vm, value, generation}]) // FB-05, FB-06
      : this.#askNext(fallback, accessible);
  }

  #askNext(fallback: Fallback, accessible: Access): readonly Effect[] {
    const next = this.#others.find(host => !fallback.asked.includes(host));
    if (next === undefined) return accessible.namespace ? this.#again(fallback) : this.#register(fallback); // WT-02
    fallback.asked.push(next);
    const query: Message = {...this.#idOf(fallback), type: 'AccessQuery', scope: 'namespace'};
    return this.#enter(fallback, 'querying', [send(next, query)]); // FB-09, FB-10, FB-11
  }

  #command(fallback: Fallback, host: string): readonly Effect[] {
    fallback.commanded = host;
    const command: Message = {...this.#idOf(fallback), type: 'SetCommand', value: fallback.value};
    return this.#enter(fallback, 'commanding', [send(host, command)]); // FB-14
  }

  #register(fallback: Fallback): readonly Effect[] {
    const message: Message = {...this.#idOf(fallback), type: 'WaitRegister', scope: 'namespace'};
    return this.#enter(
      fallback,
      'waiting',
      this.#others.map(host => send(host, message)),
    ); // WT-01, WT-07
  }

  #onTimer({timer, accessible}: Extract<Event, {type: 'TimerFired'}>): readonly Effect[] {
    const fallback = this.#fallbacks.get(timer.vm);
    const {phase, generation, round} = timer;
    const isOwn = phase === fallback?.phase && generation === fallback.generation && round === fallback.round;
    if (fallback === undefined || !isOwn) return []; // TO-04
    return phase === 'waiting' ? this.#register(fallback) : this.#askNext(fallback, accessible); // TO-01 to TO-03
  }
}

const isOlder = (a: Registration, b: Registration): boolean =>
  a.term !== b.term ? a.term < b.term : a.generation !== b.generation ? a.generation < b.generation : a.round < b.round;

/** A module of a configuration, for the adapter. */
export const starting =
  (make: (self: string, hosts: readonly string[]) => HaModule): Start =>
  config => {
    const module = make(String(config['self']), config['hosts'] as readonly string[]);
    return event => module.handle(event as Event);
  };
