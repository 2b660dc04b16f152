// Where the search begins is come to: else a plan would pass, and nothing would have been tried.

import test from 'ava';
import {isWanted} from '../../../conformance/cases/script.js';
import {GROUPS, NARROW} from '../../../conformance/host/narrow/narrow.js';
import {COVERED} from '../../../conformance/host/plans.js';
import {stepsOf} from '../../../conformance/host/scene.js';
import {conform, hostSuite, referenceOf, resultText, wholeHost} from '../../../conformance/index.js';
import {eager} from '../../../src/index.js';

const suite = hostSuite();

for (const [name, {length}] of Object.entries(COVERED)) {
  test(`the search of the plan "${name}" comes to the end of its scene, and goes on`, async t => {
    const plan = suite.plans.find(each => each.name === name) ?? t.fail();
    const steps = plan.length - length;
    const result = await conform({...suite, plans: [{...plan, length: steps + 1}]}, referenceOf(wholeHost, eager));
    t.is(result.verdict, 'pass', resultText(result));
    // Each case begins with a reset, and repeats what led to where it goes on: in a scene there is one way only.
    const inScene = (steps * (steps + 1)) / 2;
    t.true((result.plans[0]?.steps ?? 0) > inScene, `${result.plans[0]?.steps} steps, and ${inScene} in the scene`);
  });
}

test('no two narrow plans go by one name', t => {
  const names = GROUPS.flatMap(group => Object.keys(group));
  t.deepEqual(
    names.filter((name, index) => names.indexOf(name) < index),
    [],
  );
  t.is(Object.keys(NARROW).length, names.length);
});

for (const [name, {scene, forks}] of Object.entries(NARROW)) {
  test(`whatever the plan "${name}" speaks of comes about`, t => {
    const {world, config} = suite.plans.find(each => each.name === name) ?? t.fail();
    let level = [{world, state: wholeHost.start(config)}];
    for (const fork of [...stepsOf(scene).map(step => [step]), ...forks]) {
      const stimuli = level.flatMap(at => at.world.offers().map(({stimulus}) => stimulus));
      for (const step of fork) {
        t.true(
          stimuli.some(stimulus => isWanted(stimulus, step)),
          JSON.stringify(step),
        );
      }
      level = level.flatMap(at =>
        at.world.offers().map(offer => {
          const {state, effects} = eager(wholeHost.outcomes(config, at.state, offer.stimulus));
          return {state, world: at.world.after(offer, effects)};
        }),
      );
    }
  });
}
