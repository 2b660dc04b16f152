// Draws vectors from the explored space of a plan: one for each way in which a kind of stimulus is answered.

import {createHash} from 'node:crypto';
import type {RuleId} from '../../src/index.js';
import {at, canonical, replaced} from '../canonical.js';
import type {World} from '../cases/world.js';
import {withoutIdle} from '../oracle/oracle.js';
import type {IdUse, Specification} from '../specification.js';
import type {Plan, Suite} from '../suite.js';
import {VECTOR_FORMAT, type Vector, type VectorAnswer, type VectorStep} from './vector.js';

/** How many situations of each plan are looked at. */
const MOST_SITUATIONS = 800;

/** What is allowed, in the relation's own ids. */
type Answer<State, Effect> = {
  readonly effects: readonly Effect[];
  readonly states: readonly State[];
  readonly rules: readonly RuleId[];
  /** Effects that may be there or not, as they cancel what does not run. */
  readonly idle: readonly Effect[];
};

type Taken<State, Stimulus, Effect> = {
  readonly stimulus: Stimulus;
  readonly answers: readonly Answer<State, Effect>[];
  readonly follow: number;
};

type Place<State, Stimulus, Effect> = {
  readonly states: readonly State[];
  readonly world: World<Stimulus, Effect>;
  readonly way: readonly Taken<State, Stimulus, Effect>[];
};

/** The vectors of all plans that are covered whole. The same each time. */
export const drawn = <Config, State, Stimulus, Effect>(
  module: Vector['module'],
  {specification, plans}: Suite<Config, State, Stimulus, Effect>,
): readonly Vector[] =>
  plans
    .filter(({walks}) => walks === null)
    .flatMap(plan => waysOf(specification, plan).map(way => written(module, specification, plan, way)));

type Ways<State, Stimulus, Effect> = readonly (readonly Taken<State, Stimulus, Effect>[])[];

/** Breadth first, so that each way is a shortest one; those that another one begins with are left out. */
const waysOf = <Config, State, Stimulus, Effect>(
  specification: Specification<Config, State, Stimulus, Effect>,
  {config, world, length}: Plan<Config, Stimulus, Effect>,
): Ways<State, Stimulus, Effect> => {
  const known = new Set<string>();
  const seen = new Set<string>();
  const ways: Taken<State, Stimulus, Effect>[][] = [];
  let level: readonly Place<State, Stimulus, Effect>[] = [{states: [specification.start(config)], world, way: []}];
  while (level.length > 0 && seen.size < MOST_SITUATIONS) {
    const next: Place<State, Stimulus, Effect>[] = [];
    for (const place of level) {
      for (const offer of place.world.offers()) {
        const answers = answersTo(specification, config, place.states, offer.stimulus);
        for (const [follow, {effects, states, rules}] of answers.entries()) {
          const way = [...place.way, {stimulus: offer.stimulus, answers, follow}];
          const kinds = effects.map(specification.kindOf).join();
          const key = [specification.tellStimulus(offer.stimulus).replace(/\d+/g, '#'), rules.join(), kinds].join('|');
          if (!known.has(key)) ways.push(way);
          known.add(key);
          const after = place.world.after(offer, effects);
          const situation = canonical([states, after.facts, after.left, after.open]);
          if (seen.has(situation) || seen.size >= MOST_SITUATIONS || way.length >= length) continue;
          seen.add(situation);
          next.push({states, world: after, way});
        }
      }
    }
    level = next;
  }
  const begun = new Set(ways.map(way => keyOf(way.slice(0, -1))));
  return ways.filter(way => !begun.has(keyOf(way)));
};

const keyOf = <State, Stimulus, Effect>(way: readonly Taken<State, Stimulus, Effect>[]): string =>
  canonical(way.map(({stimulus, follow}) => [stimulus, follow]));

/** Every answer once, with all states that it may lead to. */
const answersTo = <Config, State, Stimulus, Effect>(
  specification: Specification<Config, State, Stimulus, Effect>,
  config: Config,
  states: readonly State[],
  stimulus: Stimulus,
): readonly Answer<State, Effect>[] => {
  const answers = new Map<string, Answer<State, Effect>>();
  for (const [before, outcome] of states.flatMap(state =>
    specification.outcomes(config, state, stimulus).map(outcome => [state, outcome] as const),
  )) {
    const effects = withoutIdle(specification, config, before, outcome.effects);
    const key = canonical(effects);
    const known = answers.get(key) ?? {effects, states: [], rules: [], idle: []};
    const after = new Map([...known.states, outcome.state].map(state => [canonical(state), state]));
    answers.set(key, {
      effects,
      states: [...after.values()],
      rules: [...new Set([...known.rules, ...outcome.rules])],
      idle: [...known.idle, ...outcome.effects.filter(effect => !effects.includes(effect))],
    });
  }
  return [...answers.values()];
};

const written = <Config, State, Stimulus, Effect>(
  module: Vector['module'],
  specification: Specification<Config, State, Stimulus, Effect>,
  {name, config}: Plan<Config, Stimulus, Effect>,
  way: readonly Taken<State, Stimulus, Effect>[],
): Vector => {
  const places = new Places();
  const steps = way.map(({stimulus, answers, follow}): VectorStep => {
    const event = specification
      .idsInStimulus(config, stimulus)
      .reduce((value, use) => places.given(value, use), stimulus);
    const orders = answers
      .flatMap(({effects}) => effects.filter(effect => at(effect, ['type']) === 'SetTimer'))
      .map(order => specification.idsInEffect(config, order).reduce((value, use) => places.given(value, use), order));
    const idle = [...(at(stimulus, ['type']) === 'TimerFired' ? [event] : []), ...orders].map(value =>
      at(value, ['timer']),
    );
    const needless = answers.flatMap(answer => answer.idle.map(effect => at(effect, ['timer'])));
    const optional = new Map(
      [...idle, ...needless].map(timer => [canonical(timer), {type: 'CancelTimer', timer}] as const),
    );
    const allow = answers.map(
      ({effects, rules}): VectorAnswer => ({
        effects: effects.map(effect =>
          specification.idsInEffect(config, effect).reduce((value, use) => places.chosen(value, use), effect),
        ),
        order: effects.flatMap((late, second) =>
          effects.slice(0, second).flatMap((early, first): [number, number][] => {
            return specification.ordering(early, late) === null ? [] : [[first, second]];
          }),
        ),
        rules: [...rules],
      }),
    );
    return {event: event as Record<string, unknown>, allow, follow, optional: [...optional.values()]};
  });
  const hash = createHash('sha256')
    .update(canonical([module, name, steps]))
    .digest('hex');
  return {
    format: VECTOR_FORMAT,
    id: `V-${hash.slice(0, 8)}`,
    module,
    plan: name,
    config: config as Record<string, unknown>,
    steps,
  };
};

/** Ids are the module's own: a vector says only where the same one stands again. */
class Places {
  readonly #numbers = new Map<string, number>();

  /** An id in an effect: the module chooses it, or repeats it. */
  chosen<T>(value: T, {path, space, use}: IdUse): T {
    if (use === 'free') return replaced(value, path, '*');
    const key = canonical([space, at(value, path)]);
    const number = this.#numbers.get(key) ?? this.#numbers.size + 1;
    this.#numbers.set(key, number);
    return replaced(value, path, `${use === 'renews' || use === 'adds' ? '?' : '$'}${number}`);
  }

  /** An id in an event: that of the module, if it was one. */
  given<T>(value: T, {path, space}: IdUse): T {
    const number = this.#numbers.get(canonical([space, at(value, path)]));
    return number === undefined ? value : replaced(value, path, `$${number}`);
  }
}
