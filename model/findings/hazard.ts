import type {Repair} from '../../src/index.js';

/** One place to look for a hazard: a scene, a size at which it can arise, and the property that it would break. */
export type Question = {
  readonly scene: string;
  /** Options of the scene, but for profile and repairs; as the command line takes them. */
  readonly choices: Readonly<Record<string, string>>;
  readonly property: string;
  /** Repairs that the hazard presupposes: without them something else goes wrong before it can arise. */
  readonly given: readonly Repair[];
  /** Repairs that `claimed` has and another reading of the claims has not: that reading is asked about. */
  readonly lacking: readonly Repair[];
  /** Why even the hardened protocol does not keep the property; null where it does. */
  readonly conceded: string | null;
  /** Repairs that neither profile has here, because they keep the hazard from arising by themselves. */
  readonly without?: readonly Repair[];
  /** The repairs that are tried, where an exploration takes minutes; if not said, all that the scene heeds. */
  readonly among?: readonly Repair[];
  /** For those who read the answer: what this question is about, where a hazard has several. */
  readonly asks?: string;
  /** For those who read the counterexample: what has come of it at its end, with the values concerned. */
  readonly ends?: string;
};

/** How bad it gets, by variant: the least bound with which a property holds in the hardened protocol. */
export type Measure = {
  readonly scene: string;
  readonly choices: Readonly<Record<string, string>>;
  readonly property: string;
  /** The option of the scene that is the bound, and the largest bound that is tried; the least is 1. */
  readonly bound: string;
  readonly largest: number;
  readonly variants: Readonly<Record<string, Readonly<Record<string, string>>>>;
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
  readonly measures?: readonly Measure[];
};

/** What decides the answers, the fields in a fixed order; not the words for those who read them. */
export const questionsOf = (questions: readonly Question[]): readonly Question[] =>
  questions.map(({scene, choices, property, given, lacking, conceded, without, among}) => ({
    scene,
    choices,
    property,
    given,
    lacking,
    conceded,
    ...(without === undefined ? {} : {without}),
    ...(among === undefined ? {} : {among}),
  }));
