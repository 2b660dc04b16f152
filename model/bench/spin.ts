import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import type {Contestant, Counts, Tool} from './contestant.js';
import {numbersIn, run, versionOf} from './program.js';
import {promelaOf} from './promela.js';

/**
 * SPIN's best exhaustive setting for this model: full states, no partial-order reduction (there is nothing to
 * reduce).
 */
const COMPILE = ['-O3', '-march=native', '-DSAFETY', '-DNOREDUCE', '-DNOFAIR', '-w', '-o', 'pan', 'pan.c'];

/** Reads SPIN's report. `transitions` includes the initial state, so it is what others call generated. */
export const spinCounts = (output: string): Counts => {
  numbersIn(/errors: (0)\b/, output, 'SPIN');
  if (/max search depth too small|out of memory/.test(output)) throw new RangeError('SPIN did not explore every state');
  const [distinct = 0] = numbersIn(/^\s*([\d.e+]+) states, stored$/m, output, 'SPIN');
  const [generated = 0] = numbersIn(/^\s*([\d.e+]+) transitions \(= stored\+matched\)$/m, output, 'SPIN');
  return {distinct, generated};
};

/** Slots of the hash table, as a power of two: more than there are states for each number of managers. */
const tableBits = (managers: number): number => (managers <= 8 ? 24 : managers === 9 ? 26 : 28);

export const spin: Tool = {
  name: 'SPIN',

  most: 10,
  presence: () => {
    const [own, compiler] = [versionOf('spin', ['-V']), versionOf('gcc', ['-dumpfullversion'])];
    if (own === null) return {type: 'Absent', why: 'there is no command `spin`'};
    if (compiler === null) return {type: 'Absent', why: 'there is no command `gcc` to compile its verifiers'};
    return {type: 'Present', versions: {SPIN: own, gcc: compiler}};
  },

  prepare: (managers, folder) => {
    writeFileSync(join(folder, 'model.pml'), promelaOf(managers));
    run('spin', ['-a', 'model.pml'], {cwd: folder});
    run('gcc', COMPILE, {cwd: folder});
    const contestant: Contestant = {
      name: 'SPIN, depth first',
      workers: 1,
      command: [join(folder, 'pan'), '-m10000', `-w${tableBits(managers)}`],
      folder,
      counts: spinCounts,
      digits: 8,
    };
    return [contestant];
  },
};
