import {answer, type Explore} from './answer.js';
import type {Answer, Finding} from './finding.js';
import {type Hazard, questionsOf} from './hazard.js';

/** Asks everything that there is to ask about a hazard. */
export const findingOn = async (hazard: Hazard, explore: Explore): Promise<Finding> => {
  const began = performance.now();
  const answers: Answer[] = [];
  for (const question of questionsOf(hazard)) answers.push(await answer(question, explore));
  return {hazard: hazard.id, answers, seconds: Math.round((performance.now() - began) / 100) / 10};
};
