import {anyOf, model, next} from '../index.js';

const INGREDIENTS = ['matches', 'paper', 'tobacco'] as const;
type Ingredient = (typeof INGREDIENTS)[number];

/** Patil's cigarette smokers (CigaretteSmokers.tla of the TLA+ examples). */
export const cigaretteSmokers = model({
  name: 'cigarette-smokers',
  summary: 'A dealer offers all ingredients but one, and who has that one smokes (CigaretteSmokers.tla).',
  build(m) {
    const offers = INGREDIENTS.map(missing => INGREDIENTS.filter(each => each !== missing));
    const smoking = m.slots('smoking', INGREDIENTS, false);
    const dealer = m.slot<readonly Ingredient[] | null>('dealer', anyOf<readonly Ingredient[] | null>(offers));

    m.action('StartSmoking', read => {
      const offer = read(dealer);
      if (offer === null) return [];
      return [next(dealer.set(null), ...INGREDIENTS.map(own => smoking(own).set(!offer.includes(own))))];
    });
    m.action('StopSmoking', read => {
      if (read(dealer) !== null) return [];
      const smoker = INGREDIENTS.filter(own => read(smoking(own)));
      return offers.map(offer => next(dealer.set(offer), ...smoker.map(own => smoking(own).set(false))));
    });

    m.invariant('AtMostOne', read => INGREDIENTS.filter(own => read(smoking(own))).length <= 1);
  },
});
