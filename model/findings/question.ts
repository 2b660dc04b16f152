import type {Question} from './hazard.js';

type More = Partial<Pick<Question, 'given' | 'lacking' | 'conceded' | 'without' | 'among' | 'asks' | 'ends'>>;

/** Asks about a property of a scene; nothing is given or conceded unless it is said. */
export const ask = (
  scene: string,
  property: string,
  choices: Question['choices'],
  {given = [], lacking = [], conceded = null, ...more}: More = {},
): Question => ({scene, choices, property, given, lacking, conceded, ...more});
