// What a log shows of a module's surroundings: what is under way to it, which timers run, what it waits for. All of it
// is bounded: the oldest is forgotten.

import {canonical} from '../canonical.js';

/** The two networks: what is sent on one arrives on the same. */
export type Network = 'ha' | 'storage';

/** A message that was sent to the module, as its sender's log shows it. */
export type Underway = {readonly network: Network; readonly from: string; readonly message: unknown};

/** What is known where a guess has to be made. */
export type Facts = {
  readonly timers: readonly unknown[];
  /** Effects that something answers: calls, probes. */
  readonly asked: readonly unknown[];
  readonly messages: readonly Underway[];
  /** Whom the own storage module reached when something was last said of it. */
  readonly reachable: readonly string[] | null;
  /** Every number that stands under this name in the next lines, and in the last. */
  readonly numbers: (name: 'generation' | 'term') => readonly number[];
};

const MOST_TIMERS = 64;
const MOST_ASKED = 32;

const ANSWERED: Readonly<Record<string, string>> = {
  StorageReplied: 'CallStorage',
  Probed: 'Probe',
  IsolationChecked: 'CheckIsolation',
};

type Typed = {
  readonly type?: unknown;
  readonly timer?: unknown;
  readonly call?: unknown;
  readonly host?: unknown;
  readonly reachable?: unknown;
};

/** Follows the steps of one module. */
export class Follow {
  #timers = new Map<string, unknown>();
  #asked = new Map<string, unknown>();
  reachable: readonly string[] | null = null;

  /** One that goes its own way from here. */
  copy(): Follow {
    const other = new Follow();
    other.#timers = new Map(this.#timers);
    other.#asked = new Map(this.#asked);
    other.reachable = this.reachable;
    return other;
  }

  step(event: Typed, effects: readonly unknown[]): void {
    const {type} = event;
    if (type === 'TimerFired') this.#timers.delete(canonical(event.timer));
    if (type === 'Crashed') this.#timers.clear();
    const answered = typeof type === 'string' && Object.hasOwn(ANSWERED, type) ? ANSWERED[type] : undefined;
    if (answered !== undefined) this.#asked.delete(keyOf({...event, type: answered}));
    if (Array.isArray(event.reachable)) this.reachable = event.reachable;
    for (const effect of effects as readonly Typed[]) {
      switch (effect?.type) {
        case 'SetTimer':
          keep(this.#timers, canonical(effect.timer), effect.timer, MOST_TIMERS);
          break;
        case 'CancelTimer':
          this.#timers.delete(canonical(effect.timer));
          break;
        case 'CallStorage':
        case 'Probe':
        case 'CheckIsolation':
          keep(this.#asked, keyOf(effect), effect, MOST_ASKED);
          break;
      }
    }
  }

  facts(messages: readonly Underway[], numbers: Facts['numbers']): Facts {
    const {reachable} = this;
    return {timers: [...this.#timers.values()], asked: [...this.#asked.values()], messages, reachable, numbers};
  }
}

const keyOf = ({type, call, host}: Typed): string => canonical([type, call, host]);

/** Puts an entry last, and drops the first where there are too many. */
export const keep = <T>(map: Map<string, T>, key: string, value: T, most: number): void => {
  map.delete(key);
  map.set(key, value);
  if (map.size <= most) return;
  const [first] = map.keys();
  if (first !== undefined) map.delete(first);
};
