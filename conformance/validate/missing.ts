// Lines that are not there, by their numbers.

import {at} from '../canonical.js';
import type {Lined} from './judge.js';
import {LOOKAHEAD} from './lookahead.js';
import type {Strand} from './strand.js';

/** Why this line does not stand where its number says; null where lines before it are missing. */
export const misplaced = (strand: Strand, {step: {seq}}: Lined): string | null => {
  if (seq <= strand.seq) return `step ${seq} comes after step ${strand.seq}`;
  const wanted = strand.seq + 1;
  for (let distance = 1; distance <= LOOKAHEAD; distance++) {
    const ahead = strand.peek(distance);
    if (ahead?.type === 'Step' && ahead.step.seq === wanted) {
      return `step ${seq} stands where step ${wanted} belongs, which is line ${ahead.line}`;
    }
  }
  return null;
};

/**
 * Whether it is known where the module stands before this line. Where it was lost, it is known again when the module
 * starts anew with a disk that is known: as the line says, or as the module has persisted since.
 */
export const isFollowed = (strand: Strand, lined: Lined): boolean => {
  const {lost} = strand;
  if (lost === null) return true;
  const {effects, durable} = lined.step;
  const isStart = strand.judge.isStart(lined);
  const known = durable ?? lost.durable ?? null;
  if (isStart && known !== null) {
    strand.find(lined.line);
    strand.judge.restart(known);
    return true;
  }
  const persisted = effects.filter(effect => at(effect, ['type']) === 'Persist').at(-1);
  lost.durable = at(persisted, ['durable']) ?? (isStart ? null : lost.durable);
  return false;
};
