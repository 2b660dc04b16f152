import type {Tally} from '../coverage.js';
import {layoutOf} from '../layout.js';
import type {CheckLimits} from '../limits.js';
import type {Mishap} from '../parallel/messages.js';
import type {Searcher} from '../search.js';
import {CheckpointError, loadCheckpoint, type Snapshot, saveCheckpoint} from './file.js';
import type {Identity} from './identity.js';

/** Seconds between two checkpoints, unless told otherwise. */
const EVERY_SECONDS = 60;

/** Where a search begins. */
export type Resumed = {
  /** Does it go on from a checkpoint? */
  readonly isUnderWay: boolean;
  readonly depth: number;
  /** The number of the first state that is not of the level at hand. */
  readonly end: number;
  readonly generated: number;
  readonly failures: readonly Mishap[];
  readonly tallies: readonly Tally[];
};

const FRESH: Resumed = {isUnderWay: false, depth: 0, end: 0, generated: 0, failures: [], tallies: []};

/** Saves a search now and then, and brings one back. */
export type Keeper = {
  /** Fills the expander's store from the checkpoint that is to be resumed, if one is. */
  readonly resume: (expander: Searcher) => Resumed;
  readonly isDue: (now: number) => boolean;
  /** Writes a checkpoint, where one is wanted. */
  readonly save: (snapshot: () => Snapshot) => void;
};

/** Keeps a search as the limits ask for; `known` says what it is a search of. */
export const keeperFor = ({checkpoint, resume}: CheckLimits, known: () => Identity): Keeper => {
  let saved = performance.now();
  return {
    resume: expander => (resume === undefined ? FRESH : restored(expander, loadCheckpoint(resume, known()))),
    isDue: now => checkpoint !== undefined && now - saved > 1000 * (checkpoint.everySeconds ?? EVERY_SECONDS),
    save: snapshot => {
      if (checkpoint === undefined) return;
      saveCheckpoint(checkpoint.file, known(), snapshot());
      saved = performance.now();
    },
  };
};

/** A search that is not kept. */
export const NOT_KEPT: Keeper = {resume: () => FRESH, isDue: () => false, save: () => {}};

const restored = ({vector, store}: Searcher, snapshot: Snapshot): Resumed => {
  vector.packedSorts.forEach((sort, n) => {
    for (const [id, text] of (snapshot.texts[n] ?? []).entries()) {
      if (sort?.knows(text) === false) sort.learn(text, JSON.parse(text));
      if (sort?.id(JSON.parse(text)) !== id) throw new CheckpointError('the checkpoint numbers its values differently');
    }
  });
  store.restore(layoutOf(snapshot.bits), snapshot);
  const end = [...snapshot.level].reduce((sum, {count}) => sum + count, 0);
  return {...snapshot, isUnderWay: true, end};
};
