// The world around a subject, played by the suite: what may be put to it next, within a bound.

import {type Draft, familiar, type Source} from './familiar.js';

/** How one kind of module's surroundings behave. `Facts` is plain data, the same whatever ids the subject chooses. */
export type Surroundings<Facts, Stimulus, Effect> = {
  readonly facts: Facts;
  /** What may happen of its own accord, by the kind that a bound counts. */
  readonly happenings: (facts: Facts) => readonly Happening<Stimulus>[];
  /** What may answer an effect, in an order that depends on nothing but the effect; empty if nothing ever does. */
  readonly answers: (facts: Facts, effect: Effect) => readonly Stimulus[];
  /** What becomes of an effect that could still be answered when this stimulus, or this later effect, comes. */
  readonly fateOnStimulus: (open: Effect, stimulus: Stimulus) => Fate;
  /** What becomes of an open effect when the module orders another. */
  readonly fateOnEffect: (open: Effect, effect: Effect) => Fate;
  /** What is known after a stimulus. */
  readonly learnt: (facts: Facts, stimulus: Stimulus) => Facts;
};

/** Something that can happen to the module under test. */
export type Happening<Stimulus> = {readonly kind: string; readonly stimulus: Stimulus};

/** `late`: overtaken, so that an answer is a race that was lost; it costs a repeat. */
export type Fate = 'open' | 'late' | 'over';

/** How much may happen. A search within a bound covers everything in it. */
export type Bound = {
  /** How often each kind of happening may come; a kind that is not named never does. */
  readonly happenings: Readonly<Record<string, number>>;
  /** How many answers may come twice, or too late. */
  readonly repeats: number;
  /** How many effects may be open for an answer at a time; the oldest are not answered any more, as if lost. */
  readonly open: number;
};

/** An effect that may still be answered. Once it has been, only the same answer may come again. */
export type Open<Effect> = {readonly effect: Effect; readonly late: boolean; readonly given: number | null};

/** What may be put to the subject, and where that comes from. */
export type Offer<Stimulus> = {
  readonly stimulus: Stimulus;
  /** The stimulus as JSON text. */
  readonly sent: string;
  readonly source: Source;
};

/** One moment. All of it is plain data but for its functions. */
export type World<Stimulus, Effect> = {
  readonly facts: unknown;
  /** What is left of the bound: counts that only go down. */
  readonly left: Readonly<Record<string, number>>;
  readonly open: readonly Open<Effect>[];
  /** The stimuli that may come next. */
  readonly offers: () => readonly Offer<Stimulus>[];
  /** The world after an offer was taken and the subject has done this; what `isLost` is not answered any more. */
  readonly after: (
    offer: Offer<Stimulus>,
    effects: readonly Effect[],
    isLost?: (effect: Effect) => boolean,
  ) => World<Stimulus, Effect>;
  /**
   * The same moment, from which whatever may happen may do so for ever; but no answer comes twice, or too late, and
   * none at all to effects that do not survive. Of those that do none was too old: a timer runs however old it is.
   */
  readonly unbounded: (survives: (effect: Effect) => boolean) => World<Stimulus, Effect>;
  /** The same moment, from which so much may happen as this bound says. */
  readonly within: (bound: Bound) => World<Stimulus, Effect>;
};

/** What is left of the repeats stands under this name; no happening has it. */
const REPEATS = ' repeats';

/** What is left of every kind that has no name of its own. */
const ANY = ' any';

/** The surroundings of one module, as cases are drawn from them. */
export const worldWithin = <Facts, Stimulus, Effect>(
  surroundings: Surroundings<Facts, Stimulus, Effect>,
  bound: Bound,
): World<Stimulus, Effect> =>
  moment(
    {...surroundings, ...familiar(surroundings)},
    bound.open,
    surroundings.facts,
    {...bound.happenings, [REPEATS]: bound.repeats},
    [],
    [],
  );

type Familiar<Facts, Stimulus, Effect> = Surroundings<Facts, Stimulus, Effect> &
  ReturnType<typeof familiar<Facts, Stimulus, Effect>>;

const ALWAYS = Number.POSITIVE_INFINITY;

const moment = <Facts, Stimulus, Effect>(
  surroundings: Familiar<Facts, Stimulus, Effect>,
  most: number,
  facts: Facts,
  left: Readonly<Record<string, number>>,
  open: readonly Open<Effect>[],
  forgotten: readonly Effect[],
): World<Stimulus, Effect> => {
  const {happening, answering, answers, fateOnStimulus, fateOnEffect, learnt} = surroundings;
  const isLeft = (kind: string): boolean => (left[kind] ?? left[ANY] ?? 0) > 0;
  const offers = (): readonly Offer<Stimulus>[] =>
    distinct([
      ...open.flatMap(({effect, late, given}, index) =>
        (late || given !== null) && !isLeft(REPEATS)
          ? []
          : answering(facts, effect, index).filter((_, answer) => given === null || given === answer),
      ),
      ...happening(facts).filter(({source}) => isLeft(source.kind)),
    ]);
  const after: World<Stimulus, Effect>['after'] = ({stimulus, source}, effects, isLost = () => false) => {
    const kept = open
      .map((entry, index) => (isAnswered(source, index) ? {...entry, given: source.answer} : entry))
      .flatMap(entry => fated(entry, fateOnStimulus(entry.effect, stimulus)));
    const still = effects.reduce<readonly Open<Effect>[]>(
      (entries, effect) => [
        ...entries.flatMap(entry => fated(entry, fateOnEffect(entry.effect, effect))),
        ...(answers(facts, effect).length > 0 ? [unanswered(effect)] : []),
      ],
      kept,
    );
    const spent = spentBy(source, open);
    const rest = spent === null ? left : {...left, [spent]: (left[spent] ?? left[ANY] ?? 0) - 1};
    const lost = forgotten.filter(
      old => fateOnStimulus(old, stimulus) === 'open' && effects.every(effect => fateOnEffect(old, effect) === 'open'),
    );
    const answerable = still.filter(({effect}) => !isLost(effect));
    return capped(most, learnt(facts, stimulus), rest, answerable, lost);
  };
  const capped = (
    cap: number,
    known: Facts,
    rest: Readonly<Record<string, number>>,
    entries: readonly Open<Effect>[],
    lost: readonly Effect[],
  ): World<Stimulus, Effect> => {
    const lasting = entries.filter(entry => isFresh(entry) || (rest[REPEATS] ?? 0) > 0);
    const cut = Math.max(0, lasting.length - cap);
    const now = lasting.slice(0, cut).flatMap(entry => (isFresh(entry) ? [entry.effect] : []));
    return moment(surroundings, cap, known, rest, lasting.slice(cut), [...lost, ...now]);
  };
  const within: World<Stimulus, Effect>['within'] = bound =>
    capped(bound.open, facts, {...bound.happenings, [REPEATS]: bound.repeats}, open, forgotten);
  const unbounded: World<Stimulus, Effect>['unbounded'] = survives => {
    const kept = [...forgotten.map(unanswered), ...open.filter(isFresh)].filter(({effect}) => survives(effect));
    return moment(surroundings, ALWAYS, facts, {[ANY]: ALWAYS, [REPEATS]: 0}, kept, []);
  };
  return {facts, left, open, offers, after, unbounded, within};
};

const unanswered = <Effect>(effect: Effect): Open<Effect> => ({effect, late: false, given: null});

/** Neither overtaken nor answered. */
export const isFresh = ({late, given}: Open<unknown>): boolean => !late && given === null;

const isAnswered = (source: Source, index: number): source is Extract<Source, {readonly type: 'Answer'}> =>
  source.type === 'Answer' && source.index === index;

const spentBy = <Effect>(source: Source, open: readonly Open<Effect>[]): string | null => {
  if (source.type === 'Happening') return source.kind;
  const entry = open[source.index];
  return entry === undefined || isFresh(entry) ? null : REPEATS;
};

const fated = <Effect>(entry: Open<Effect>, fate: Fate): readonly Open<Effect>[] => {
  if (fate === 'over') return [];
  return [fate === 'late' ? {...entry, late: true} : entry];
};

/** Two sources may offer the same stimulus: the first one counts, where the last one stands. */
const distinct = <Stimulus>(offers: readonly Draft<Stimulus>[]): readonly Offer<Stimulus>[] => {
  const known = new Map<string, Offer<Stimulus>>();
  for (const offer of offers.toReversed()) known.set(offer.key, offer);
  return [...known.values()].reverse();
};
