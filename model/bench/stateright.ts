import {join} from 'node:path';
import type {Contestant, Counts, Tool} from './contestant.js';
import {run, versionOf} from './program.js';

const PROJECT = join(import.meta.dirname, 'stateright');
const TARGET = join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'holdfast-bench');

/** Reads the line that our program prints: it asserts by itself that the invariant holds. */
export const staterightCounts = (output: string): Counts => {
  const {distinct, generated}: Counts = JSON.parse(output);
  return {distinct, generated};
};

const dependencyVersion = (): string =>
  /^stateright v(\S+)$/m.exec(run('cargo', ['tree', '--locked', '--prefix', 'none'], {cwd: PROJECT}))?.[1] ?? 'unknown';

const STRATEGIES = [
  {word: 'bfs', name: 'Stateright, breadth first, by fingerprints'},
  {word: 'dfs', name: 'Stateright, depth first, by fingerprints'},
];

export const stateright: Tool = {
  name: 'Stateright',

  most: 10,
  presence: () => {
    const compiler = versionOf('rustc', ['--version']);
    if (compiler === null || versionOf('cargo', ['--version']) === null) {
      return {type: 'Absent', why: 'there is no command `cargo`'};
    }
    try {
      return {type: 'Present', versions: {Stateright: dependencyVersion(), rustc: compiler}};
    } catch {
      return {type: 'Absent', why: 'cargo cannot fetch the crate'};
    }
  },

  prepare: (managers, folder) => {
    run('cargo', ['build', '--release', '--locked', '--quiet'], {
      cwd: PROJECT,
      env: {CARGO_TARGET_DIR: TARGET, RUSTFLAGS: '-C target-cpu=native'},
    });
    return STRATEGIES.flatMap(({word, name}) =>
      [1, 2].map(
        (workers): Contestant => ({
          name,
          workers,
          command: [join(TARGET, 'release', 'two-phase-commit'), word, `${workers}`, `${managers}`],
          folder,
          counts: staterightCounts,
          digits: null,
        }),
      ),
    );
  },
};
