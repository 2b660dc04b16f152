// Where the search begins is come to: else a plan would pass, and nothing would have been tried.

import test from 'ava';
import {COVERED} from '../../../conformance/host/plans.js';
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
