import type {Progress} from '../../report/result.js';

/** How far a simulation goes. Whatever comes first ends it. */
export type SimulationLimits = {
  /** What all chance comes from, from 0 to 2^53 - 1; drawn itself unless given. */
  readonly seed?: number;
  /** Walks; 1,000 unless given, or as many as there is time for. */
  readonly runs?: number;
  /** Steps of a walk; 100 unless given. */
  readonly steps?: number;
  readonly seconds?: number;
  /** Stop when more than this many distinct states were visited. */
  readonly states?: number;
  /** Memory in which distinct states are counted; 1 GiB unless given. When it is full the walks go on, uncounted. */
  readonly memoryBytes?: number;
  readonly signal?: AbortSignal;
  /** Called now and then. */
  readonly onProgress?: (progress: Progress) => void;
};
