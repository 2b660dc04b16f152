// The example of the README, as it stands there but for the names of the packages.

import test from 'ava';
import {conform, haSuite, resultText, type Subject} from '../../conformance/index.js';
import {type Config, type Event, eager, outcomes, restart, type State, step, term} from '../../src/index.js';

test('the example finds the fault that it speaks of', async t => {
  const decide = step(outcomes, eager); // stands for your implementation
  let [config, state]: [Config?, State?] = [];

  const subject: Subject<Config, Event> = {
    reset: given => {
      [config, state] = [given, restart({term: term(0)})];
    },
    step: event => {
      if (config === undefined || state === undefined) throw new Error('a step before the first reset');
      const {state: after, effects} = decide(config, state, event);
      state = after;
      return {effects: effects.filter(({type}) => type !== 'Report')}; // a fault: the platform is never told
    },
  };

  const result = await conform(haSuite(), subject);
  t.regex(resultText(result), /^fail: ha: FB-06 is broken\n/);
});
