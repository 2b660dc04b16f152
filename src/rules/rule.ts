import type {Repair} from '../profile/repairs.js';

/** The key words of RFC 2119. */
export type Level = 'MUST' | 'SHOULD' | 'MAY';

/** A rule of the specification. It applies where the repairs in `with` are all on and those in `without` all off. */
export type Rule = {
  readonly level: Level;
  readonly with: readonly Repair[];
  readonly without: readonly Repair[];
};

export const must = (...repairs: readonly Repair[]): Rule => ({level: 'MUST', with: repairs, without: []});
export const mustWithout = (...repairs: readonly Repair[]): Rule => ({level: 'MUST', with: [], without: repairs});
export const may = (...repairs: readonly Repair[]): Rule => ({level: 'MAY', with: repairs, without: []});
