/** What an exploration counted: distinct states, and initial states with all successors. */
export type Counts = {readonly distinct: number; readonly generated: number};

/** A way to explore two-phase commit, ready to run as a process of its own. */
export type Contestant = {
  readonly name: string;
  readonly workers: number;
  readonly command: readonly [string, ...string[]];
  /** Where it runs; it may leave files there. */
  readonly folder: string;
  /**
   * Reads the counts off what it printed. Throws unless it says that it explored every state and found nothing wrong.
   */
  readonly counts: (output: string) => Counts;
  /** How many digits of a count it prints; null for all of them. */
  readonly digits: number | null;
};

/** Is the tool here? If so, with which versions of what; if not, why. */
export type Presence =
  | {readonly type: 'Present'; readonly versions: Readonly<Record<string, string>>}
  | {readonly type: 'Absent'; readonly why: string};

/** A model checker that may take part. */
export type Tool = {
  readonly name: string;
  readonly presence: () => Presence;
  /** With more managers than this it takes minutes, and takes part only where that is asked for. */
  readonly most: number;
  /** Makes it ready for so many resource managers, in a folder of its own. Throws when that fails. */
  readonly prepare: (managers: number, folder: string) => readonly Contestant[];
};

const rounded = (count: number, digits: number | null): number =>
  digits === null ? count : Number(count.toPrecision(digits));

/** Refuses to compare explorers that did not explore the same states. */
export const requireSame = (expected: Counts, found: Counts, {name, digits}: Contestant): void => {
  for (const what of ['distinct', 'generated'] as const) {
    if (rounded(expected[what], digits) === found[what]) continue;
    throw new RangeError(`${name} counts ${found[what]} ${what} states, not ${expected[what]}: nothing to compare`);
  }
};
