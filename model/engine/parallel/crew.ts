import type {System} from '../../define/system.js';
import type {Snapshot} from '../checkpoint/file.js';
import type {Keeper} from '../checkpoint/keeper.js';
import {isOutOfMemory} from '../errors.js';
import type {CheckLimits} from '../limits.js';
import type {Found, Standing} from '../search.js';
import {type Store, withSlack} from '../store.js';
import type {Table} from '../tables/table.js';
import {LOAD, logAfter, logFor, tableFor} from '../visited.js';
import {leaderOf} from './leader.js';
import {blocksOf, bytesOf, type Filled, filledBetween, inOrder, type Segment, segmentsOf} from './level.js';
import {CLAIMED, CONTROL_WORDS, COUNT, type Mishap, type Order, type Report, type Shared, STOP} from './messages.js';
import type {Partner, Thread} from './partner.js';
import {SharedLog, sharedValues} from './shared-log.js';
import {sharedCopy, shareOf} from './shared-table.js';

/** So many states must wait for the work to be shared. */
const WIDE = 1024;
const BREATHE_MS = 40;

/** Goes on with the help of the threads, when all are loaded and enough is to do. */
export const crewFor = (
  system: System,
  limits: CheckLimits,
  keeper: Keeper,
  threads: readonly Thread[],
  standing: Standing,
): Promise<Found> | 'soon' | null => {
  if (threads.length === 0) return null;
  if (!threads.every(({isLoaded}) => isLoaded)) return 'soon';
  const waiting = standing.expander.store.queue.count - standing.expanded;
  return waiting < WIDE ? null : new Crew(system, limits, keeper, threads, standing).run();
};

/**
 * Coordinates those who search together: the threads, and the search that was alone so far. Deals out levels, and has
 * everything rebuilt when the table or a slot has outgrown its room.
 */
export class Crew {
  readonly #system: System;
  readonly #limits: CheckLimits;
  readonly #standing: Standing;
  readonly #control = new Int32Array(new SharedArrayBuffer(4 * CONTROL_WORDS));
  readonly #counters: Float64Array;
  readonly #log: SharedLog;
  readonly #values = sharedValues();
  /** The one in this thread comes last: while it works, no order is sent. */
  readonly #members: readonly Partner[];
  #table: Table;
  /** States that are done, level by level; none where they need not be kept. */
  #kept: Filled[];
  #level: Filled[];
  #next: Filled[];
  #depth: number;
  #tableBytes = 0;
  readonly #mishaps: Mishap[];
  readonly #keeper: Keeper;
  /** Where the search kept its states that was alone so far. */
  readonly #store: Store;

  constructor(system: System, limits: CheckLimits, keeper: Keeper, threads: readonly Partner[], standing: Standing) {
    const {expander, expanded, end, depth, isKeeping, resumed} = standing;
    this.#store = expander.store;
    const {queue, visited} = this.#store;
    this.#system = system;
    this.#limits = limits;
    this.#standing = standing;
    this.#keeper = keeper;
    this.#depth = depth;
    this.#mishaps = [...resumed.failures];
    this.#counters = new Float64Array(new SharedArrayBuffer(16 * (threads.length + 1)));
    this.#counters.set([expander.generated, visited.count - (queue.count - expanded)], 2 * threads.length);
    this.#log = new SharedLog(this.#values, expander.vector.sharedSorts);
    this.#log.found();
    this.#control[COUNT] = visited.count;
    this.#kept = isKeeping ? filledBetween(queue, 0, expanded) : [];
    this.#level = filledBetween(queue, expanded, end);
    this.#next = filledBetween(queue, end, queue.count);
    this.#table = sharedCopy(visited);
    const [log, control, counters] = [this.#log, this.#control, this.#counters];
    const leader = leaderOf({system, expander, log, control, counters, table: this.#table, number: threads.length});
    this.#members = [...threads, leader];
  }

  async run(): Promise<Found> {
    const {depth} = this.#limits;
    try {
      await this.#begin();
      for (;;) {
        const cut = await this.#expand();
        if (cut !== null) return cut;
        if (this.#standing.isKeeping) this.#kept.push(...this.#level);
        this.#level = [];
        if (this.#next.length === 0 || this.#mishaps.length > 0) return await this.#end();
        if (depth !== undefined && this.#depth >= depth) return await this.#stop(`stopped at depth ${depth}`, []);
        this.#depth++;
        this.#level = this.#next;
        this.#next = [];
      }
    } catch (error) {
      if (isOutOfMemory(error)) return this.#exhausted();
      throw error;
    }
  }

  async #begin(): Promise<void> {
    const shared: Shared = {
      values: this.#values,
      control: this.#control.buffer as SharedArrayBuffer,
      counters: this.#counters.buffer as SharedArrayBuffer,
      table: shareOf(this.#table),
    };
    await this.#all({type: 'Begin', shared}, 'Joined');
  }

  get #limit(): number {
    return Math.floor(2 ** this.#table.log * LOAD);
  }

  /** Everything is expanded, or as much as is wanted: the search that was alone has every state again. */
  async #end(): Promise<Found> {
    const found = await this.#found(null);
    const {expander, isKeeping} = this.#standing;
    this.#log.leave();
    expander.store = this.#store;
    if (isKeeping) this.#store.gather(this.#table.layout, blocksOf([...this.#kept, ...this.#next]));
    return found;
  }

  /** Ends before everything was expanded, and saves what is left of the level. */
  async #stop(cut: string, left: readonly Segment[]): Promise<Found> {
    const found = await this.#found(cut);
    this.#keeper.save(() => this.#snapshot(found, left));
    return found;
  }

  #snapshot(found: Found, left: readonly Segment[]): Omit<Snapshot, 'seconds'> {
    const {expander, isKeeping} = this.#standing;
    const {layout, log} = this.#table;
    const {depth, generated, failures, tallies} = found;
    this.#log.catchUp();
    const level = inOrder(this.#level, left, layout.words);
    const next = blocksOf(this.#next);
    return {
      depth,
      generated,
      failures,
      tallies,
      initial: this.#standing.initial,
      words: layout.words,
      bits: [...layout.bits],
      texts: expander.vector.packedSorts.map(sort => (sort === null ? null : [...sort.texts])),
      level: level.slice(level.length - left.length),
      next,
      visited: isKeeping ? [...blocksOf(this.#kept), ...level, ...next] : this.#table.blocks(0, 2 ** log),
    };
  }

  /** Expands the level; answers what was found when the search is to stop before its end, else null. */
  async #expand(): Promise<Found | null> {
    let segments = segmentsOf(this.#level);
    const [depth, kept] = [this.#depth, this.#standing.isKeeping ? 0 : this.#depth];
    for (;;) {
      this.#control[CLAIMED] = 0;
      this.#control[STOP] = 0;
      const breath = this.#breathe();
      const [level, limit] = [this.#level, this.#limit];
      const paused = await this.#all({type: 'Expand', depth, kept, level, segments, limit}, 'Paused');
      const cut = breath();
      const left = paused.flatMap(({left: each}) => (each === null ? [] : [each]));
      segments = [...left, ...segments.slice(this.#control[CLAIMED]!)];
      this.#next.push(...paused.flatMap(({found}) => found));
      this.#tableBytes = Math.max(this.#tableBytes, bytesOf(this.#table, this.#kept, this.#level, this.#next));
      for (const {mishaps} of paused) this.#note(mishaps);
      const stuck = paused.some(each => each.stuck);
      const outgrown = paused.some(each => each.outgrown);
      const isTight =
        (stuck || outgrown || this.#control[COUNT]! > this.#limit) && !(await this.#rebuild(outgrown, stuck));
      if (stuck) continue; // states wait to be placed, which belong into a checkpoint
      if (cut !== null || isTight) return await this.#stop(cut ?? 'out of memory', segments);
      if (this.#keeper.isDue(performance.now())) {
        const found = await this.#found(null);
        this.#keeper.save(() => this.#snapshot(found, segments));
      }
      if (segments.length === 0) return null;
    }
  }

  /** Looks at the limits and tells the progress now and then; the answer ends that, and says what was cut. */
  #breathe(): () => string | null {
    const {signal, memoryBytes, states, onProgress} = this.#limits;
    let cut: string | null = null;
    const look = (): void => {
      const memory = process.memoryUsage.rss();
      const distinct = this.#control[COUNT]!;
      if (signal?.aborted === true) cut ??= 'interrupted';
      if (states !== undefined && distinct > states) cut ??= `stopped at ${states} states`;
      if (memoryBytes !== undefined && memory > memoryBytes) cut ??= 'out of memory';
      if (cut !== null || this.#keeper.isDue(performance.now())) Atomics.store(this.#control, STOP, 1);
      const seconds = (performance.now() - this.#standing.started) / 1000;
      onProgress?.({
        distinct,
        generated: this.#standing.resumed.generated + this.#sum(0),
        queue: distinct - this.#sum(1),
        depth: this.#depth,
        seconds,
        memoryBytes: memory,
      });
    };
    const timer = setInterval(look, BREATHE_MS);
    return () => {
      clearInterval(timer);
      look();
      return cut;
    };
  }

  #sum(which: 0 | 1): number {
    return this.#members.reduce((sum, _, n) => sum + this.#counters[2 * n + which]!, 0);
  }

  /**
   * Moves every state to a larger table, or to another layout; the members share the work. Answers whether there is
   * memory for that.
   */
  async #rebuild(outgrown: boolean, stuck: boolean): Promise<boolean> {
    const {memoryBytes} = this.#limits;
    this.#log.catchUp();
    const old = this.#table;
    const {sorts} = this.#standing.expander.vector;
    const sizes = this.#system.slots.map(({sort}) => sorts[sort]!.values.length);
    const layout = outgrown ? withSlack(sizes, old.layout) : old.layout;
    const tooFull = stuck || this.#control[COUNT]! > this.#limit;
    const parts = [this.#kept, this.#level, this.#next];
    const all = parts.flat();
    const blocks = outgrown ? all.map(({block}) => block) : [];
    const [workers, places] = [this.#members.length, 2 ** old.log];
    for (let log = Math.max(tooFull ? logAfter(old.log) : old.log, logFor(1.3 * this.#control[COUNT]!)); ; log++) {
      const table = tableFor(layout, log, true);
      const needed = process.memoryUsage.rss() + table.data.byteLength;
      if (!stuck && memoryBytes !== undefined && needed > memoryBytes) return false;
      this.#table = table;
      const shared = shareOf(table);
      const rebuilt = await Promise.all(
        this.#members.map((member, n) =>
          member.ask(
            {
              type: 'Rebuild',
              table: shared,
              from: Math.floor((places * n) / workers),
              to: Math.floor((places * (n + 1)) / workers),
              blocks: blocks.filter((_, i) => i % workers === n),
            },
            'Rebuilt',
          ),
        ),
      );
      if (rebuilt.some(each => each.stuck)) continue;
      if (!outgrown) return true;
      const moved = all.map((each, i) => ({...each, block: rebuilt[i % workers]!.blocks[Math.floor(i / workers)]!}));
      const [kept, level] = parts.map(({length}) => length) as [number, number, number];
      this.#kept = moved.slice(0, kept);
      this.#level = moved.slice(kept, kept + level);
      this.#next = moved.slice(kept + level);
      return true;
    }
  }

  #all<T extends Report['type']>(order: Order, type: T): Promise<Extract<Report, {type: T}>[]> {
    return Promise.all(this.#members.map(member => member.ask(order, type)));
  }

  /** Keeps each failure once. */
  #note(mishaps: readonly Mishap[]): void {
    const isSame = (a: Mishap, b: Mishap) => a.property === b.property && a.kind === b.kind;
    this.#mishaps.push(...mishaps.filter(each => !this.#mishaps.some(known => isSame(known, each))));
  }

  async #found(cut: string | null): Promise<Found> {
    const told = await this.#all({type: 'Tell'}, 'Told');
    const {resumed} = this.#standing;
    return {
      distinct: this.#control[COUNT]!,
      generated: told.reduce((sum, {generated}) => sum + generated, resumed.generated),
      depth: this.#depth,
      cut,
      failures: this.#mishaps,
      tallies: [...resumed.tallies, ...told.map(({tally}) => tally)],
      tableBytes: this.#tableBytes,
    };
  }

  /** What can still be said when memory was not to be had: whoever lacked it says no more. */
  #exhausted(): Found {
    const {generated, tallies} = this.#standing.resumed;
    const [distinct, failures, depth] = [this.#control[COUNT]!, this.#mishaps, this.#depth];
    const [cut, tableBytes] = ['out of memory', this.#tableBytes];
    return {distinct, generated: generated + this.#sum(0), depth, cut, failures, tallies, tableBytes};
  }
}
