// What became of the mutants, kept as a file.

import type {Result} from '../report/result.js';
import {isOfPremise, MUTATED_SCENES, type MutatedScene, type Trial, trialsOf} from './scenes.js';

/** `property` is the one that failed first, after so many steps; null where all hold. */
export type Kill = Trial & {
  readonly verdict: Result['verdict'];
  readonly property: string | null;
  readonly steps: number | null;
  readonly distinct: number;
};

export type Kills = {readonly generated: string; readonly version: string; readonly kills: readonly Kill[]};

const GENERATED = 'by `holdfast mutants --keep spec/mutants.json`; do not edit';

export const killsBy = (version: string, kills: readonly Kill[]): Kills => ({generated: GENERATED, version, kills});

export const killOf = ({scene, mutant, choices}: Trial, {verdict, violation, distinct}: Result): Kill => ({
  scene,
  mutant,
  choices,
  verdict,
  property: violation?.property.replace(/[ ([].*$/, '') ?? null,
  steps: violation === null ? null : violation.trace.length - 1,
  distinct,
});

/** Whether the trial came out as it has to: violated, or, for a mutant that does no harm, held. */
export const isAsExpected = ({scene, mutant, verdict, choices, property}: Kill): boolean => {
  const known = mutant === null ? undefined : sceneOf(scene).mutants[mutant];
  const named = choices['only'];
  return known?.harmless === undefined
    ? verdict === 'violated' && (named === undefined || property === named)
    : verdict === 'holds';
};

export const sceneOf = (name: string): MutatedScene => {
  const found = MUTATED_SCENES.find(({scene}) => scene === name);
  if (found === undefined) throw new RangeError(`no mutants of ${name}`);
  return found;
};

export const allTrials = (): readonly Trial[] => MUTATED_SCENES.flatMap(trialsOf);

/** The kills by a property of a scene. */
export const killsWith = (kills: readonly Kill[], scene: string, property: string): readonly Kill[] =>
  kills.filter(kill => kill.scene === scene && kill.property === property && !isOfPremise(kill));

/** How the premise of a property of a scene came about, or null. */
export const premiseOf = (kills: readonly Kill[], scene: string, property: string): Kill | null =>
  kills.find(kill => isOfPremise(kill) && kill.scene === scene && kill.property === property) ?? null;

export const textOfKills = (kills: Kills): string => `${JSON.stringify(kills, null, 1)}\n`;
