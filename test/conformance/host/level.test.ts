// Level L1 of whole hosts: every situation within each small bound is judged. All bounds together take a minute of a
// processor; here it is some of the smallest.

import test from 'ava';
import {canonical} from '../../../conformance/canonical.js';
import {run} from '../../../conformance/cli/run.js';
import {met, subjectOf} from '../../../conformance/cli/subject.js';
import {conform, hostSuite, wholeHost} from '../../../conformance/index.js';
import {type Lane, withModule} from '../../../conformance/suites.js';
import {type ComposedState, eager, type HostConfig, type HostEvent, profile} from '../../../src/index.js';
import {inTypeScript} from '../conform-command.js';

const SMALL = ['a host that is back', 'a VM whose lock is held'];

const hardened = profile('hardened');

/** What is put to the reference in which state, as a lane tries it by one plan. */
const triedIn = async (lane: Lane, name: string): Promise<ReadonlySet<string>> => {
  const tried = new Set<string>();
  await withModule('host', hardened, lane, ({plans, ...suite}) => {
    let step = (_: HostEvent): readonly unknown[] => [];
    const reset = (config: HostConfig): void => {
      let state: ComposedState = wholeHost.start(config);
      step = event => {
        tried.add(canonical([state, event]));
        const did = eager(wholeHost.outcomes(config, state, event));
        state = did.state;
        return did.effects;
      };
    };
    const subject = {
      reset: (config: unknown) => reset(config as HostConfig),
      step: (event: unknown) => ({effects: step(event as HostEvent)}),
    };
    return conform({...suite, plans: plans.filter(plan => plan.name === name)}, subject);
  });
  return tried;
};

/** All that the bound of a plan lets happen to the reference, gone through way by way. */
const within = (name: string): ReadonlySet<string> => {
  const plan = hostSuite({repairs: hardened}).plans.find(each => each.name === name);
  if (plan === undefined) throw new Error(`there is no plan "${name}"`);
  const {config, world: first, length} = plan;
  const all = new Set<string>();
  const go = (state: ComposedState, world: typeof first, left: number): void => {
    for (const offer of left === 0 ? [] : world.offers()) {
      all.add(canonical([state, offer.stimulus]));
      const did = eager(wholeHost.outcomes(config, state, offer.stimulus));
      go(did.state, world.after(offer, did.effects), left - 1);
    }
  };
  go(wholeHost.start(config), first, length);
  return all;
};

for (const name of SMALL) {
  test(`at L1 all that can happen within the bound of "${name}" is tried, and at L0 only some of it`, async t => {
    const [all, full, core] = [within(name), await triedIn('full', name), await triedIn('core', name)];
    t.deepEqual(
      [...all].filter(each => !full.has(each)),
      [],
    );
    t.true([...all].some(each => !core.has(each)));
  });
}

test('a whole host that passes all of the lane full is at level L1', async t => {
  const subject = await met(subjectOf(inTypeScript('main.ts'), null), 10);
  const asked = {
    module: 'host',
    repairs: hardened,
    lane: 'full',
    steps: 100_000,
    seed: 1,
    failures: 1,
    isWanted: () => true,
    expectations: [],
    today: '2027-01-01',
    signal: null,
  } as const;
  const end = await withModule('host', hardened, 'full', ({plans, ...suite}) =>
    run(subject, {...suite, plans: plans.filter(({name}) => SMALL.includes(name))}, asked, () => {}),
  );
  t.like(end, {verdict: 'pass', level: 'L1'});
});
