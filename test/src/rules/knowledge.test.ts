// The rules of what hosts know of objects, each by an example. The owner is h1, and its reign has the number 4.

import test from 'ava';
import {
  configuration,
  type StorageConfig,
  type StorageEvent,
  storageAccess,
  storageReading,
} from '../../../src/index.js';
import {
  acked,
  began,
  configOf,
  H1,
  H2,
  H3,
  H4,
  HOME,
  held,
  joined,
  keeping,
  numbered,
  play,
  published,
  received,
  step,
  type Up,
  up,
  V,
  VM,
  version,
} from './four-modules.js';

const publish = (number: number, known: ReturnType<typeof published>, from = H1): StorageEvent =>
  received(from, {...numbered('Publish', number), known});
const follower = up(H2, 4, {owner: H1});
const knowing: Up = {...follower, directory: [published(4, 2)]};
const notices = (config: StorageConfig, state: Up, event: StorageEvent) =>
  step(config, state, event).effects.filter(({type}) => type === 'Changed');

/** h1 serves the object in its reign 4: h2 has joined it, and h4, which has no component. Nothing is committed yet. */
const serving = play(
  configOf(H1),
  {role: 'down', durable: keeping(H1, 0)},
  began,
  joined(H4, 4),
  joined(H2, 4, held(H2)),
).state;
const publications = ({sent}: ReturnType<typeof step>) =>
  sent.flatMap(([to, message]) => (message.type === 'Publish' ? [[to, message.number, message.known] as const] : []));

test('CH-01: what an owner commits it publishes to every member, and knows itself', t => {
  t.deepEqual(serving.directory, []);
  const committed = step(configOf(H1), serving, acked(H2, 4, 1));
  const known = {object: HOME.object, version: version(4, 1), content: held(H1).content};
  t.deepEqual(
    publications(committed),
    [H2, H4].map(host => [host, configuration(4), known]),
  );
  t.deepEqual(committed.state.directory, [known]);
});

test('CH-02: who joins while nothing is under way is published what was committed last, and else nothing', t => {
  const join = joined(H3, 4, held(H3));
  t.deepEqual(publications(step(configOf(H1), serving, join)), []);
  const committed = step(configOf(H1), serving, acked(H2, 4, 1)).state;
  const [known] = committed.directory;
  t.deepEqual(publications(step(configOf(H1), committed, join)), [[H3, configuration(4), known]]);
});

test('CH-03: what the owner publishes is known from then on, and the object is accessible', t => {
  t.false(storageAccess(follower, VM).namespace);
  const {state} = step(configOf(H2), follower, publish(4, published(4, 1, 'protected')));
  t.deepEqual(state.directory, [published(4, 1, 'protected')]);
  t.true(storageAccess(state, VM).namespace);
  t.is(storageReading(state, VM)?.value, 'protected');
  t.deepEqual(step(configOf(H2), knowing, publish(4, published(4, 3))).state.directory, [published(4, 3)]);
});

test('CH-04: what another host, another reign or an older version says is ignored', t => {
  const strays = [
    publish(4, published(4, 3), H3),
    publish(3, published(4, 3)),
    publish(5, published(4, 3)),
    publish(4, published(4, 2, 'protected')),
    publish(4, published(4, 1)),
  ];
  for (const event of strays) {
    const {state, effects} = step(configOf(H2), knowing, event);
    t.deepEqual(state, knowing);
    t.deepEqual(effects, []);
  }
});

test('CH-06: without cache-notices only a change of accessibility is told', t => {
  const config = configOf(H2, 'cache-notices');
  t.deepEqual(notices(config, follower, publish(4, published(4, 1))), [{type: 'Changed', vm: V}]);
  t.deepEqual(notices(config, knowing, received(H1, numbered('Left', 4))), [{type: 'Changed', vm: V}]);
  t.deepEqual(notices(config, knowing, publish(4, published(4, 3, 'protected'))), []);
  t.deepEqual(notices(configOf(H2), knowing, publish(4, published(4, 3, 'protected'))), [{type: 'Changed', vm: V}]);
});
