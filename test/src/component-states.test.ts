// What an operator is told of the components of an object. The reign of h1 has the number 4.

import test from 'ava';
import {componentStates, type StorageState} from '../../src/index.js';
import {
  acked,
  begun,
  H1,
  H2,
  H3,
  HOME,
  held,
  joined,
  keeping,
  newer,
  OWNER,
  play,
  step,
  up,
} from './rules/four-modules.js';

const told = (state: StorageState): string =>
  componentStates(state, HOME)
    .map(({state}) => state)
    .join(' ');

test('who has not joined is absent, and one that knows nothing newer is active', t => {
  t.is(told(begun), 'active absent absent');
});

test('a component that the newest entry does not name as current is stale, and one whose disk is lost is degraded', t => {
  const two = step(OWNER, begun, joined(H2, 4, newer)).state;
  t.is(told(two), 'stale active absent');
  t.is(told(step(OWNER, two, joined(H3, 4)).state), 'stale active degraded');
});

test('a stale or lost component is resyncing while the owner writes to it, and active in the end', t => {
  const stale = play(OWNER, begun, joined(H2, 4, newer), joined(H3, 4, newer)).state;
  t.is(told(stale), 'resyncing active active');
  const lost = play(OWNER, begun, joined(H2, 4), joined(H3, 4, held(H3))).state;
  t.is(told(lost), 'active resyncing active');
  t.is(told(play(OWNER, lost, acked(H3, 4, 1), acked(H2, 4, 1)).state), 'active active active');
});

test('only the owner tells', t => {
  t.is(told(up(H2, 4, {owner: H1})), '');
  t.is(told({role: 'down', durable: keeping(H1, 4)}), '');
});
