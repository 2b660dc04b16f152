import {answer, type Explore} from './answer.js';
import type {Answer, Figures, Finding} from './finding.js';
import {type Hazard, type Measure, questionsOf} from './hazard.js';

/** Asks everything that there is to ask about a hazard. */
export const findingOn = async (hazard: Hazard, explore: Explore): Promise<Finding> => {
  const began = performance.now();
  const answers: Answer[] = [];
  for (const question of questionsOf(hazard.questions)) answers.push(await answer(question, explore));
  const figures: Figures[] = [];
  for (const measure of hazard.measures ?? []) figures.push(await measured(measure, explore));
  return {hazard: hazard.id, answers, figures, seconds: Math.round((performance.now() - began) / 100) / 10};
};

const measured = async (measure: Measure, explore: Explore): Promise<Figures> => {
  const least: Record<string, number | null> = {};
  for (const [name, choices] of Object.entries(measure.variants)) {
    least[name] = await leastBound({...measure, choices: {...measure.choices, ...choices}}, explore);
  }
  return {...measure, least};
};

/** The least bound with which the property holds; null where none up to the largest does. */
const leastBound = async (
  {scene, choices, property, bound, largest}: Measure,
  explore: Explore,
): Promise<number | null> => {
  for (let tried = 1; tried <= largest; tried++) {
    const {verdict} = await explore(scene, {...choices, only: property, [bound]: String(tried)});
    if (verdict === 'holds') return tried;
    if (verdict === 'incomplete') return null;
  }
  return null;
};
