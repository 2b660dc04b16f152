// Where the specification allows several outcomes, whether some implementation that conforms takes each of them.

import {careful, eager, type Policy, patient, preferring, type Repairs} from '../../src/index.js';
import {type Random, randomFrom} from '../cases/random.js';
import type {World} from '../cases/world.js';
import type {Specification} from '../specification.js';
import type {Plan, Suite} from '../suite.js';

/** One of several outcomes that are allowed at once: by which rules, and with what kinds of effects. */
export type Alternative = {
  readonly module: string;
  readonly rules: string;
  readonly effects: string;
  /** By how many of the variants it is taken. */
  readonly variants: number;
};

/** Walks of each variant through each plan, and through one in which so far there was nothing to choose. */
const [WALKS, FEW] = [150, 25];

/** A variant is a policy: what it chooses where it may. */
const variants = (random: Random): readonly Policy[] => [
  eager,
  careful,
  patient,
  preferring('ST-05'),
  allowed => allowed[random(allowed.length)] ?? allowed[0],
];

/**
 * What is met on random walks through all but the narrow plans, under each variant. The same each time. `heed` comes
 * before each walk.
 */
export const alternativesOf = async <Config extends {readonly repairs: Repairs}, State, Stimulus, Effect>(
  {specification, plans}: Suite<Config, State, Stimulus, Effect>,
  heed: () => Promise<void>,
): Promise<readonly Alternative[]> => {
  const met = new Map<string, {readonly rules: string; readonly effects: string; readonly takers: Set<number>}>();
  for (const plan of plans.filter(({stories, isNarrow}) => stories === undefined && isNarrow !== true)) {
    let most = FEW;
    for (let walk = 0; walk < most; walk++) {
      await heed();
      const random = randomFrom(walk);
      for (const [variant, policy] of variants(randomFrom(WALKS + walk)).entries()) {
        walked(specification, plan, policy, random, (offered, taken) => {
          most = WALKS;
          for (const each of offered) {
            const known = met.get(each.key) ?? {...each, takers: new Set<number>()};
            if (each.key === taken) known.takers.add(variant);
            met.set(each.key, known);
          }
        });
      }
    }
  }
  return [...met.values()].map(({rules, effects, takers}) => ({
    module: specification.module,
    rules,
    effects,
    variants: takers.size,
  }));
};

type Offered = {readonly key: string; readonly rules: string; readonly effects: string};

const walked = <Config, State, Stimulus, Effect>(
  specification: Specification<Config, State, Stimulus, Effect>,
  {config, world: first, length}: Plan<Config, Stimulus, Effect>,
  policy: Policy,
  random: Random,
  onChoice: (offered: readonly Offered[], taken: string) => void,
): void => {
  const {start, outcomes, withoutNeedless} = specification;
  let state = start(config);
  let world: World<Stimulus, Effect> = first;
  for (let step = 0; step < length; step++) {
    const offers = world.offers();
    const offer = offers[random(Math.max(1, offers.length))];
    if (offer === undefined) return;
    const allowed = outcomes(config, state, offer.stimulus);
    const did = policy(allowed);
    if (allowed.length > 1)
      onChoice(
        allowed.map(each => offeredAs(specification, each)),
        offeredAs(specification, did).key,
      );
    state = did.state;
    world = world.after(offer, withoutNeedless(offer.stimulus, did.effects) as readonly Effect[]);
  }
};

/** To whom something goes is left out, and how often: which hosts are asked is told by how many. */
const offeredAs = <Config, State, Stimulus, Effect>(
  {kindOf}: Specification<Config, State, Stimulus, Effect>,
  {rules, effects}: {readonly rules: readonly string[]; readonly effects: readonly Effect[]},
): Offered => {
  const kinds = effects.map(kindOf);
  const told = [...new Set(kinds)].map(kind => {
    const many = kinds.filter(other => other === kind).length;
    return many === 1 ? kind : `${many} ${kind}`;
  });
  const [cited, ordered] = [[...new Set(rules)].join(' '), told.join(', ') || '(nothing)'];
  return {key: `${cited}: ${ordered}`, rules: cited, effects: ordered};
};
