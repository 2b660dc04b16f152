import type {Counts} from './contestant.js';

/** What one run of a process cost. Null where this machine does not tell. */
export type Sample = {
  readonly wallSeconds: number;
  /** Of all its threads, in the kernel and outside. */
  readonly cpuSeconds: number | null;
  /** The most memory that it ever had resident. */
  readonly peakBytes: number | null;
};

/** All runs of one explorer on one model. */
export type Series = {
  readonly explorer: string;
  readonly workers: number;
  readonly managers: number;
  readonly counts: Counts;
  readonly samples: readonly Sample[];
};

export type Machine = {
  readonly processor: string;
  readonly cores: number;
  readonly memoryBytes: number;
  readonly system: string;
  /**
   * The processes that wanted to run when the benchmark began, averaged over a minute. Much more than 0 spoils the
   * times.
   */
  readonly load: number;
};

export type Results = {
  /** The day on which they were measured. */
  readonly date: string;
  readonly machine: Machine;
  readonly versions: Readonly<Record<string, string>>;
  readonly rounds: number;
  readonly series: readonly Series[];
  readonly notRun: readonly {readonly tool: string; readonly why: string}[];
};

/** The number in the middle, or half-way between the two there; null when one is missing. */
export const median = (values: readonly (number | null)[]): number | null => {
  const known = values.filter(value => value !== null).sort((a, b) => a - b);
  const [low, high] = [known[Math.ceil(known.length / 2) - 1], known[Math.floor(known.length / 2)]];
  return known.length < values.length || low === undefined || high === undefined ? null : (low + high) / 2;
};

/** The medians of a series. */
export const typical = ({samples}: Series): {readonly [K in keyof Sample]: number | null} => ({
  wallSeconds: median(samples.map(({wallSeconds}) => wallSeconds)),
  cpuSeconds: median(samples.map(({cpuSeconds}) => cpuSeconds)),
  peakBytes: median(samples.map(({peakBytes}) => peakBytes)),
});

/** Whoever took longer than this in the first round has run often enough. */
export const LONG_SECONDS = 20;
