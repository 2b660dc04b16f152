// The log of one module as it is worked through: its next lines, who judges them, and what was found so far.

import {Refusal} from '../../model/cli/refusal.js';
import {REPAIRS, type RuleId} from '../../src/index.js';
import {at} from '../canonical.js';
import type {Network} from './facts.js';
import type {Allowance, Judge, Lined} from './judge.js';
import type {Logged, LogHead} from './log.js';
import type {ModuleReport, Place, Unjudged} from './validation.js';

/** A line of this module that has not been worked through yet. `at`: how far into its file, from 0 to 1. */
export type Waiting =
  | (Lined & {readonly type: 'Step'; readonly at: number})
  | {readonly type: 'Malformed'; readonly reason: string; readonly line: number; readonly at: number};

/** Nothing explains where the module stands, because lines are missing. `durable`: what it has persisted since. */
type Lost = {readonly from: Place; readonly reason: string; durable: unknown};

/** Lines that were worked through are dropped so many at a time. */
const MOST_DONE = 512;

export class Strand {
  readonly file: string;
  readonly head: LogHead;
  readonly judge: Judge;
  #queue: Waiting[] = [];
  #next = 0;
  /** The number of the last step. */
  seq = 0;
  /** Lines are missing, so not all that it has sent is known. */
  isLossy = false;
  /** What the next line waits for was looked for and not found in vain: what explains it is known. */
  isExplained = false;
  /** What the next line received is believed to have been sent in lines that are missing. */
  isBelieved = false;
  /** Steps were guessed, so where the module stands is not known for certain. */
  isGuessed = false;
  lost: Lost | null = null;
  steps = 0;
  #judged = 0;
  #states = 0;
  readonly #rules = new Map<RuleId, number>();
  readonly #roles = new Map<string, number>();
  readonly unjudged: Unjudged[] = [];

  constructor(file: string, head: LogHead, judge: Judge) {
    this.file = file;
    this.head = head;
    this.judge = judge;
  }

  get host(): string {
    return this.head.host;
  }

  get module(): Logged {
    return this.head.module;
  }

  /** Whether it may have sent something in lines that are missing: before the next one, or earlier. */
  get hasGaps(): boolean {
    const next = this.peek();
    return this.isLossy || (next?.type === 'Step' && next.step.seq !== this.seq + 1);
  }

  /** Whether messages of this network come from here. */
  speaks(network: Network): boolean {
    return this.module === 'host' || this.module === network;
  }

  push(line: Waiting): void {
    this.#queue.push(line);
  }

  /** The line so many after the next one. */
  peek(distance = 0): Waiting | undefined {
    return this.#queue[this.#next + distance];
  }

  get waiting(): number {
    return this.#queue.length - this.#next;
  }

  /** The next line is done. */
  drop(): void {
    this.isExplained = false;
    this.isBelieved = false;
    this.#next += 1;
    if (this.#next < MOST_DONE) return;
    this.#queue = this.#queue.slice(this.#next);
    this.#next = 0;
  }

  place(line: number, seq: number | null): Place {
    return {file: this.file, line, host: this.host, seq};
  }

  /** From here on nothing is judged, until the module starts again with a disk that is known. */
  lose(from: Place, reason: string): void {
    this.lost = {from, reason, durable: null};
    this.isLossy = true;
  }

  /** It is known again where the module stands; or its log has ended. */
  find(until: number | null): void {
    if (this.lost === null) return;
    this.unjudged.push({...this.lost.from, until, reason: this.lost.reason});
    this.lost = null;
    this.isGuessed = false;
  }

  count({rules, roles}: Allowance): void {
    this.#judged += 1;
    this.#states = Math.max(this.#states, this.judge.states());
    for (const rule of rules) this.#rules.set(rule, (this.#rules.get(rule) ?? 0) + 1);
    const [change = '', ...others] = roles;
    const [from, to] = change.split(' > ');
    if (others.length === 0 && from !== to) this.#roles.set(change, (this.#roles.get(change) ?? 0) + 1);
  }

  /** What it has shown so far. */
  report(): ModuleReport {
    return {
      host: this.host,
      module: this.module,
      file: this.file,
      repairs: repairsIn(this.head),
      steps: this.steps,
      judged: this.#judged,
      states: this.#states,
      rules: [...this.#rules].map(([id, steps]) => ({id, steps})).sort((a, b) => (a.id < b.id ? -1 : 1)),
      roles: [...this.#roles]
        .map(([change, steps]) => ({change, steps}))
        .sort((a, b) => (a.change < b.change ? -1 : 1)),
    };
  }
}

const repairsIn = ({config}: LogHead): readonly string[] =>
  REPAIRS.filter(repair => at(config, ['repairs', repair]) === true);

/** How many there are. Refuses two logs of one module: they are of two clusters, or parts of one log. */
export const distinct = (strands: readonly Strand[]): number => {
  for (const [index, {host, module, file}] of strands.entries()) {
    const other = strands.slice(0, index).find(each => each.host === host && each.module === module);
    if (other === undefined) continue;
    const advice = 'join the parts of one log in their order, and judge each cluster by itself';
    throw new Refusal(`${other.file} and ${file} are both logs of ${host} (${module}): ${advice}`);
  }
  return strands.length;
};
