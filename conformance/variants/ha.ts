// HA modules that look odd and are right: the suite has to accept every one.

import {type Config, type Event, eager, outcomes, type Policy, patient} from '../../src/index.js';
import {randomFrom} from '../cases/random.js';
import {haModule} from '../ha/specification.js';
import type {Subject} from '../subject.js';
import {referenceOf} from '../subjects.js';
import {renamed} from './renamed.js';
import {backwards, later, reordered} from './reply.js';

/** An implementation that conforms although it differs. */
export type Variant<Config, Stimulus> = {
  /** What is odd about it; completes "it ...". */
  readonly name: string;
  /** Makes a new one. */
  readonly subject: () => Subject<Config, Stimulus>;
};

/** Goes on hearing while it may, and then takes the last of what is allowed. Asks everyone at once. */
const last: Policy = allowed => {
  const hearing = allowed.find(({rules}) => rules.includes('FB-15'));
  const isCommand = allowed[0].rules.includes('FB-14');
  return hearing ?? (isCommand ? allowed.at(-1) : undefined) ?? allowed[0];
};

/** Chooses by chance. Each reset begins the same sequence of choices, so that it is deterministic like the others. */
const byChance = (seed: number): Subject<Config, Event> => {
  let random = randomFrom(seed);
  const subject = referenceOf(haModule, allowed => allowed[random(allowed.length)] ?? allowed[0]);
  return {
    reset: config => {
      random = randomFrom(seed);
      return subject.reset(config);
    },
    step: subject.step,
  };
};

const oneAtATime = (): Subject<Config, Event> =>
  referenceOf(
    {...haModule, outcomes: (config, state, event) => outcomes({...config, subsets: 'one'}, state, event)},
    eager,
  );

/** Implementations of the HA module that differ, and all conform. */
export const haVariants: readonly Variant<Config, Event>[] = [
  {name: 'asks everyone, and commands the first that says yes', subject: () => referenceOf(haModule, eager)},
  {name: 'asks as few as possible, and hears all whom it asked', subject: () => referenceOf(haModule, patient)},
  {name: 'asks one host at a time', subject: oneAtATime},
  {name: 'commands the last of several that said yes', subject: () => referenceOf(haModule, last)},
  {name: 'chooses by chance', subject: () => byChance(1)},
  {
    name: 'sends to one host after the other in another order',
    subject: () => reordered(haModule, referenceOf(haModule, eager)),
  },
  {
    name: 'numbers its rounds in threes, and names its calls and timers anew each time',
    subject: () => renamed(haModule, referenceOf(haModule, eager)),
  },
  {name: 'writes the fields of its effects in another order', subject: () => backwards(referenceOf(haModule, eager))},
  {name: 'cancels a timer that has fired', subject: () => referenceOf({...haModule, outcomes}, eager)},
  {name: 'answers later', subject: () => later(referenceOf(haModule, eager))},
];
