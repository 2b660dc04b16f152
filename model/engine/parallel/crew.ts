import type {System} from '../../define/system.js';
import type {Snapshot} from '../checkpoint/file.js';
import type {Keeper} from '../checkpoint/keeper.js';
import type {CheckLimits} from '../limits.js';
import {BLOCK} from '../queue.js';
import type {Found, Standing} from '../search.js';
import {withSlack} from '../store.js';
import {CompactTable} from '../tables/compact.js';
import type {Block, Table} from '../tables/table.js';
import {LOAD, logFor, tableFor, type Visited} from '../visited.js';
import {
  CLAIMED,
  CONTROL_WORDS,
  COUNT,
  type Filled,
  type Mishap,
  type Order,
  type Report,
  type Segment,
  type Shared,
  type SharedTable,
  STOP,
} from './messages.js';
import type {Partner} from './partner.js';
import {SharedLog, sharedValues} from './shared-log.js';

/** A level must have so many states before threads are worth starting. */
const WIDE = 2048;
/** States that a thread claims at a time. */
const SEGMENT = 512;
const BREATHE_MS = 40;

/** Lets the threads go on from here, when there are any and the level is wide enough; null otherwise. */
export const crewFor = (
  system: System,
  limits: CheckLimits,
  keeper: Keeper,
  threads: readonly Partner[],
  standing: Standing,
): Promise<Found> | null =>
  threads.length === 0 || standing.expander.store.queue.count - standing.expanded < WIDE
    ? null
    : new Crew(system, limits, keeper, threads, standing).run();

/**
 * Coordinates the threads: deals out levels, and has everything rebuilt when the table or a slot has outgrown its
 * room.
 */
class Crew {
  readonly #system: System;
  readonly #limits: CheckLimits;
  readonly #standing: Standing;
  readonly #control = new Int32Array(new SharedArrayBuffer(4 * CONTROL_WORDS));
  readonly #counters: Float64Array;
  readonly #log: SharedLog;
  readonly #values = sharedValues();
  readonly #threads: readonly Partner[];
  #table: Table;
  #level: Filled[];
  #next: Filled[] = [];
  #depth: number;
  readonly #mishaps: Mishap[] = [];
  readonly #keeper: Keeper;

  constructor(system: System, limits: CheckLimits, keeper: Keeper, threads: readonly Partner[], standing: Standing) {
    const {expander, found} = standing;
    const {store, vector} = expander;
    this.#system = system;
    this.#limits = limits;
    this.#standing = standing;
    this.#threads = threads;
    this.#keeper = keeper;
    this.#depth = found.depth;
    this.#counters = new Float64Array(new SharedArrayBuffer(16 * threads.length));
    this.#log = new SharedLog(this.#values, vector.packedSorts);
    this.#log.found();
    this.#table = sharedCopy(store.visited);
    this.#control[COUNT] = store.visited.count;
    this.#level = levelOf(standing);
    store.abandon();
  }

  async run(): Promise<Found> {
    const {depth} = this.#limits;
    await this.#begin();
    while (this.#level.length > 0 && this.#mishaps.length === 0) {
      if (depth !== undefined && this.#depth >= depth) {
        this.#next = this.#level;
        return await this.#stop(`stopped at depth ${depth}`, []);
      }
      this.#depth++;
      const cut = await this.#expand();
      if (cut !== null) return cut;
      this.#level = this.#next;
      this.#next = [];
    }
    return await this.#found(null);
  }

  async #begin(): Promise<void> {
    const shared: Shared = {
      values: this.#values,
      control: this.#control.buffer as SharedArrayBuffer,
      counters: this.#counters.buffer as SharedArrayBuffer,
      table: this.#shared(),
    };
    await this.#all({type: 'Begin', shared}, 'Ready');
  }

  #shared(): SharedTable {
    const {layout, log, data} = this.#table;
    return {layout, log, buffer: data.buffer as SharedArrayBuffer, isCompact: this.#table instanceof CompactTable};
  }

  get #limit(): number {
    return Math.floor(2 ** this.#table.log * LOAD);
  }

  /** Ends before everything was expanded, and saves what is left of the level. */
  async #stop(cut: string, left: readonly Segment[]): Promise<Found> {
    const found = await this.#found(cut);
    this.#keeper.save(() => this.#snapshot(found, left));
    return found;
  }

  #snapshot(found: Found, left: readonly Segment[]): Omit<Snapshot, 'seconds'> {
    const {vector} = this.#standing.expander;
    const {layout, log} = this.#table;
    const {words} = layout;
    this.#log.catchUp();
    return {
      ...found,
      words,
      bits: [...layout.bits],
      texts: vector.packedSorts.map(sort => (sort === null ? null : [...sort.texts])),
      level: left.map(({block, from, to}) => ({
        states: this.#level[block]!.block.subarray(from * words, to * words),
        count: to - from,
      })),
      next: this.#next.map(({block, count}) => ({states: block, count})),
      visited: this.#table.blocks(0, 2 ** log),
    };
  }

  /** Expands the level; answers what was found when the search is to stop before its end, else null. */
  async #expand(): Promise<Found | null> {
    let segments = segmentsOf(this.#level);
    for (;;) {
      this.#control[CLAIMED] = 0;
      this.#control[STOP] = 0;
      const blocks = this.#level.map(({block}) => block);
      const breath = this.#breathe();
      const paused = await this.#all({type: 'Expand', blocks, segments, limit: this.#limit}, 'Paused');
      const cut = breath();
      const left = paused.flatMap(({left: each}) => (each === null ? [] : [each]));
      segments = [...left, ...segments.slice(this.#control[CLAIMED]!)];
      this.#next.push(...paused.flatMap(({found}) => found));
      for (const {mishaps} of paused) this.#mishaps.push(...mishaps);
      const stuck = paused.some(each => each.stuck);
      const outgrown = paused.some(each => each.outgrown);
      if (stuck || outgrown || this.#control[COUNT]! > this.#limit) await this.#rebuild(outgrown, stuck);
      if (cut !== null) return await this.#stop(cut, segments);
      if (this.#keeper.isDue(performance.now())) {
        const found = await this.#found(null);
        this.#keeper.save(() => this.#snapshot(found, segments));
      }
      if (segments.length === 0 && !stuck) return null;
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
      const expanded = this.#standing.expanded + this.#sum(1);
      onProgress?.({
        distinct,
        generated: this.#standing.found.generated + this.#sum(0),
        queue: distinct - expanded,
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
    return this.#threads.reduce((sum, _, n) => sum + this.#counters[2 * n + which]!, 0);
  }

  /** Moves every state to a larger table, or to another layout; the threads share the work. */
  async #rebuild(outgrown: boolean, stuck: boolean): Promise<void> {
    this.#log.catchUp();
    const old = this.#table;
    const {sorts} = this.#standing.expander.vector;
    const sizes = this.#system.slots.map(({sort}) => sorts[sort]!.values.length);
    const layout = outgrown ? withSlack(sizes, old.layout) : old.layout;
    const tooFull = stuck || this.#control[COUNT]! > this.#limit;
    const all = [...this.#level, ...this.#next];
    const blocks = outgrown ? all.map(({block}) => block) : [];
    const workers = this.#threads.length;
    const places = 2 ** old.log;
    for (let log = Math.max(old.log + (tooFull ? 1 : 0), logFor(1.3 * this.#control[COUNT]!)); ; log++) {
      this.#table = tableFor(layout, log, true);
      const shared = this.#shared();
      const rebuilt = await Promise.all(
        this.#threads.map((thread, n) =>
          thread.ask(
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
      if (!outgrown) return;
      const moved = all.map(({count}, i) => ({count, block: rebuilt[i % workers]!.blocks[Math.floor(i / workers)]!}));
      this.#level = moved.slice(0, this.#level.length);
      this.#next = moved.slice(this.#level.length);
      return;
    }
  }

  #all<T extends Report['type']>(order: Order, type: T): Promise<Extract<Report, {type: T}>[]> {
    return Promise.all(this.#threads.map(thread => thread.ask(order, type)));
  }

  async #found(cut: string | null): Promise<Found> {
    const told = await this.#all({type: 'Tell'}, 'Told');
    return {
      distinct: this.#control[COUNT]!,
      generated: told.reduce((sum, {generated}) => sum + generated, this.#standing.found.generated),
      depth: this.#depth,
      cut,
      failures: this.#mishaps,
      tallies: [...this.#standing.found.tallies, ...told.map(({tally}) => tally)],
    };
  }
}

/** The same states in memory that threads share, with room for some more. */
const sharedCopy = (visited: Visited): Table => {
  for (let log = logFor(4 * visited.count); ; log++) {
    const table = tableFor(visited.layout, log, true);
    const isPlaced = ({states, count}: Block) =>
      table.insert(states, 0, count, new Int32Array(count), 0, count) === count;
    if ([...visited.blocks()].every(isPlaced)) return table;
  }
};

/** The states of a sequential search that are not expanded yet, in memory that threads share. */
const levelOf = ({expander: {store}, expanded}: Standing): Filled[] => {
  const {words} = store.layout;
  const level: Filled[] = [];
  for (let from = expanded; from < store.queue.count; ) {
    const to = Math.min(store.queue.count, (Math.floor(from / BLOCK) + 1) * BLOCK);
    const block = new Int32Array(new SharedArrayBuffer(4 * words * (to - from)));
    block.set(store.queue.blockOf(from).subarray((from % BLOCK) * words, (from % BLOCK) * words + block.length));
    level.push({block, count: to - from});
    from = to;
  }
  return level;
};

const segmentsOf = (level: readonly Filled[]): readonly Segment[] =>
  level.flatMap(({count}, block) =>
    Array.from({length: Math.ceil(count / SEGMENT)}, (_, n) => ({
      block,
      from: n * SEGMENT,
      to: Math.min(count, (n + 1) * SEGMENT),
    })),
  );
