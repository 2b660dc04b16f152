// Runs that are written down are told once.

import type {Choose} from './run.js';
import type {Story} from './simulation.js';

/** No wait of a story takes more moves than this. */
const LONGEST_WAIT = 2000;

/** Tells it once. */
export const byStory = <World, M>({steps}: Story<World, M>): Choose<World, M> => {
  const left = [...steps];
  let begun: {readonly world: World; readonly number: number} | null = null;
  return (_, number, next, world) => {
    for (let step = left[0]; step !== undefined; step = left[0]) {
      if (step.type === 'Owes') {
        for (const {name, says, wrong} of step.goals) {
          const reason = wrong(world);
          if (reason !== null) return {type: 'Violated', property: name, says, reason};
        }
      } else if (step.type === 'Happens') {
        const {what} = step;
        const move = step.move(world);
        left.shift();
        return move === null ? {type: 'Untold', reason: `${what}: that cannot happen here`} : {type: 'Told', move};
      } else {
        begun ??= {world, number};
        const isOver = step.isOver(begun.world, world);
        if (!isOver && number - begun.number < LONGEST_WAIT && next !== null) return 'next';
        begun = null;
        if (!isOver) return {type: 'Untold', reason: 'what was waited for does not come'};
      }
      left.shift();
    }
    return 'settle';
  };
};
