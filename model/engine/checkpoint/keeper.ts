import type {Tally} from '../coverage.js';
import {layoutOf} from '../layout.js';
import type {CheckLimits} from '../limits.js';
import type {Mishap} from '../parallel/messages.js';
import type {Searcher} from '../searcher.js';
import {CheckpointError, loadCheckpoint, type Snapshot, saveCheckpoint} from './file.js';
import type {Identity} from './identity.js';

/** Seconds between two checkpoints, unless told otherwise. */
const EVERY_SECONDS = 60;

/** Where a search begins. */
export type Resumed = {
  /** Does it go on from a checkpoint? */
  readonly isUnderWay: boolean;
  readonly depth: number;
  /** States of the queue that are done. */
  readonly expanded: number;
  readonly initial: number;
  /** The number of the first state that is not of the level at hand. */
  readonly end: number;
  readonly generated: number;
  readonly failures: readonly Mishap[];
  readonly tallies: readonly Tally[];
};

const FRESH: Resumed = {
  isUnderWay: false,
  depth: 0,
  expanded: 0,
  initial: 0,
  end: 0,
  generated: 0,
  failures: [],
  tallies: [],
};

/** Saves a search now and then, and brings one back. */
export type Keeper = {
  /** Fills the expander's store from the checkpoint that is to be resumed, if one is. */
  readonly resume: (expander: Searcher, isKeeping: boolean) => Resumed;
  readonly isDue: (now: number) => boolean;
  /** Writes a checkpoint, where one is wanted. */
  readonly save: (snapshot: () => Omit<Snapshot, 'seconds'>) => void;
  /** What the search has taken so far, with the time before the checkpoint that it goes on from. */
  readonly seconds: () => number;
};

/** Keeps a search as the limits ask for; `known` says what it is a search of. */
export const keeperFor = ({checkpoint, resume}: CheckLimits, known: () => Identity): Keeper => {
  const started = performance.now();
  let saved = started;
  let earlier = 0;
  const seconds = (): number => earlier + (performance.now() - started) / 1000;
  return {
    resume: (expander, isKeeping) => {
      if (resume === undefined) return FRESH;
      const snapshot = loadCheckpoint(resume, known());
      earlier = snapshot.seconds;
      return restored(expander, snapshot, isKeeping);
    },
    isDue: now => checkpoint !== undefined && now - saved > 1000 * (checkpoint.everySeconds ?? EVERY_SECONDS),
    save: snapshot => {
      if (checkpoint === undefined) return;
      saveCheckpoint(checkpoint.file, known(), {...snapshot(), seconds: seconds()});
      saved = performance.now();
    },
    seconds,
  };
};

/** A search that is not kept. */
export const NOT_KEPT: Keeper = {resume: () => FRESH, isDue: () => false, save: () => {}, seconds: () => 0};

const restored = ({vector, store}: Searcher, snapshot: Snapshot, isKeeping: boolean): Resumed => {
  vector.packedSorts.forEach((sort, n) => {
    for (const [id, text] of (snapshot.texts[n] ?? []).entries()) {
      if (sort?.knows(text) === false) sort.learn(text, JSON.parse(text));
      if (sort?.id(JSON.parse(text)) !== id) throw new CheckpointError('the checkpoint numbers its values differently');
    }
  });
  store.restore(layoutOf(snapshot.bits), snapshot, isKeeping);
  const [level, next] = [snapshot.level, snapshot.next].map(blocks =>
    [...blocks].reduce((sum, {count}) => sum + count, 0),
  );
  const end = store.queue.count - next!;
  const {depth, generated, failures, tallies, initial} = snapshot;
  return {isUnderWay: true, depth, generated, failures, tallies, initial, end, expanded: end - level!};
};
