import type {Repair} from '../../src/index.js';

/** One place to look for a hazard: a scene, a size at which it can arise, and the property that it would break. */
export type Question = {
  readonly scene: string;
  /** Options of the scene, but for profile and repairs; as the command line takes them. */
  readonly choices: Readonly<Record<string, string>>;
  readonly property: string;
  /** Repairs that the hazard presupposes: without them something else goes wrong before it can arise. */
  readonly given: readonly Repair[];
};

/** What may go wrong, in words, and where the explorer is to look for it. */
export type Hazard = {
  readonly id: `H${number}`;
  readonly title: string;
  /** What would have to happen, as a storage engineer would tell it. */
  readonly story: string;
  /** What its authors expected of the protocol as claimed, before anybody had looked. */
  readonly predicted: 'found' | 'absent';
  /** The first is the one that the table shows. */
  readonly questions: readonly [Question, ...Question[]];
};

/** The questions about a hazard, their fields in a fixed order. */
export const questionsOf = ({questions}: Hazard): readonly Question[] =>
  questions.map(({scene, choices, property, given}) => ({scene, choices, property, given}));
