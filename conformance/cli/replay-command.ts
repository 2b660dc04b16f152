// How a failure is seen again: its choices, not a seed.

import type {Core} from '../cases/settlement.js';
import type {Line, LineOf} from '../report/stream.js';
import {linesOf} from '../report/summary.js';

/** A case as one word: plan and choices, as `a-fallback:3.0.2`; `+here` or `+elsewhere` names the core that heals. */
export const tokenOf = ({
  plan,
  choices,
  settled,
}: {
  readonly plan: string;
  readonly choices: readonly number[];
  readonly settled: {readonly core: Core} | null;
}): string => `${slugOf(plan)}:${choices.join('.')}${settled === null ? '' : `+${settled.core}`}`;

export const slugOf = (plan: string): string => plan.replaceAll(' ', '-');

/** A word for a shell. */
export const quoted = (word: string): string =>
  /^[\w./:=@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;

/** The command that shows a failure again. */
export const replayCommand = (
  failure: LineOf<'failure'>,
  lines: readonly Line[],
  words: readonly string[],
  {connect: address, repairs}: {readonly connect: string | null; readonly repairs: string | null},
): string => {
  const [run] = linesOf(lines, 'run');
  const subject = address === null ? ['--', ...words] : ['--connect', address];
  const judged = repairs === null ? [] : ['--repairs', repairs];
  const command = ['holdfast', 'conform', 'replay', tokenOf(failure), '--profile', run?.module ?? 'ha'];
  return [...command, ...judged, ...subject].map(quoted).join(' ');
};
