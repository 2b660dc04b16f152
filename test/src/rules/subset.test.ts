// The rules of whom a primary asks next, each by an example: h2 of four hosts has failed to write by itself.

import test from 'ava';
import {
  type Config,
  type Event,
  electedPrimary,
  type Fallback,
  follower,
  generation,
  hostId,
  outcomes,
  profile,
  type Repair,
  round,
  type State,
  vmId,
} from '../../../src/index.js';
import {CONFIG, H1, H2, H3, NOWHERE, T} from './three-hosts.js';

const H4 = hostId('h4');
const V = vmId('v');
const ID = {vm: V, generation: generation(1), round: round(0)};
const asking = (subsets: Config['subsets'], ...minus: readonly Repair[]): Config => ({
  ...CONFIG,
  hosts: [H1, H2, H3, H4],
  subsets,
  repairs: profile('hardened', {minus}),
});
const primary = (fallback: Fallback): State => ({...electedPrimary(T), fallbacks: [fallback]});

/** h2 has tried, and nobody has been asked; its storage module reaches these hosts. */
const untried = primary({...ID, value: 'protected', phase: 'setting'});
const failed = (reachable: readonly (typeof H1)[]): Event => {
  const call = {...ID, value: 'protected', purpose: {type: 'Own', term: T, round: round(0)}} as const;
  return {type: 'StorageReplied', call, result: 'failed', ...NOWHERE, reachable};
};

/** h2 has asked h1, which says no. */
const askedH1 = primary({
  ...ID,
  value: 'protected',
  phase: 'querying',
  asked: [H1],
  awaited: [H1],
  positive: [],
  covered: [],
});
const denied = (reachable: readonly (typeof H1)[], saying: readonly (typeof H1)[] = []): Event => ({
  type: 'Received',
  from: H1,
  message: {type: 'AccessAnswer', term: T, ...ID, accessible: false, reachable: saying},
  ...NOWHERE,
  reachable,
});

/** The hosts that are asked next, one list for each outcome. */
const next = (config: Config, state: State, event: Event) =>
  outcomes(config, state, event).map(({effects}) =>
    effects.flatMap(effect => (effect.type === 'Send' && effect.message.type === 'AccessQuery' ? [effect.to] : [])),
  );

test('FB-26: complement asks at once those not asked yet that the own storage module does not reach', t => {
  const config = asking('complement');
  t.deepEqual(next(config, untried, failed([H1, H2])), [[H3, H4]]);
  t.deepEqual(next(config, askedH1, denied([H2, H4])), [[H3]]);
});

test('FB-27: partition asks one that neither the own storage module reaches nor that of any host which answered', t => {
  const config = asking('partition');
  t.deepEqual(next(config, untried, failed([H1, H2])), [[H3], [H4]]);
  t.deepEqual(next(config, askedH1, denied([H2])), [[H3], [H4]]);
  t.deepEqual(next(config, askedH1, denied([H2], [H1, H3])), [[H4]]);
});

test('FB-28: where the rule excludes all who are left they are asked all the same, as the rule asks', t => {
  t.deepEqual(next(asking('complement'), untried, failed([H1, H2, H3, H4])), [[H1, H3, H4]]);
  t.deepEqual(next(asking('partition'), askedH1, denied([H2, H3], [H1, H4])), [[H3], [H4]]);
});

test('FB-29: without ask-everyone they are not, and the VM waits', t => {
  for (const subsets of ['complement', 'partition'] as const) {
    const config = asking(subsets, 'ask-everyone');
    const [only, ...more] = outcomes(config, untried, failed([H1, H2, H3, H4]));
    t.deepEqual(more, []);
    t.deepEqual(only.state, primary({...ID, value: 'protected', phase: 'waiting'}));
    t.deepEqual(next(config, untried, failed([H1, H2, H3])), [[H4]]);
  }
});

test('FB-30: with partition a host that is asked says whom its storage module reaches, and else nobody', t => {
  const query = {type: 'AccessQuery', term: T, ...ID, scope: 'namespace'} as const;
  const asked: Event = {type: 'Received', from: H1, message: query, ...NOWHERE, reachable: [H2, H3]};
  const secondary = follower(T, H1);
  const told = (config: Config) =>
    outcomes(config, secondary, asked).flatMap(({effects}) =>
      effects.flatMap(effect =>
        effect.type === 'Send' && effect.message.type === 'AccessAnswer' ? [effect.message.reachable] : [],
      ),
    );
  t.deepEqual(told(asking('partition')), [[H2, H3]]);
  t.deepEqual(told(asking('complement')), [[]]);
});
