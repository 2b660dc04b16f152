// A symmetry that the model does not have is refused while the model is searched, and so is one that does not rename.

import test from 'ava';
import {type Builder, next, occursIn, range} from '../../../model/index.js';
import {refused} from '../engine/refusal.js';

const hosts = ['p', 'q', 'r'];

/** Each host votes for one, be it itself. */
const voting = (m: Builder) => {
  const vote = m.slots<string, string | null>('vote', hosts, null);
  m.action('Vote', {each: hosts.flatMap(h => hosts.map(whom => [h, whom] as const))}, (read, [h, whom]) =>
    read(vote(h)) === null ? [next(vote(h).set(whom))] : [],
  );
  m.allowDeadlock();
  return vote;
};

test('a renaming that makes one key of several', t =>
  refused(
    t,
    m => {
      const vote = voting(m);
      m.symmetry(hosts, {families: [vote], renamed: [occursIn(vote, whom => (whom === null ? null : 'p'))]});
    },
    /the declared symmetry is wrong: what is renamed in vote\[.\] turns "[qr]" into "p", and back into "p"/,
  ));

test('a renaming that throws, or asks for what is no key', async t => {
  const renames = (value: (whom: string | null, rename: (host: string) => string) => string | null) => (m: Builder) => {
    const vote = voting(m);
    m.symmetry(hosts, {families: [vote], renamed: [occursIn(vote, value)]});
  };
  await refused(
    t,
    renames(() => {
      throw new Error('oh');
    }),
    /in what symmetry renames in vote\[.\]: oh \(vote\[.\] = null\)/,
  );
  await refused(
    t,
    renames((whom, rename) => rename(whom ?? 'nobody')),
    /the symmetry of \["p","q","r"\] was asked to rename "nobody"/,
  );
});

test('an action that tells one key from the others', t =>
  refused(
    t,
    m => {
      const count = m.slots('count', hosts, 0);
      m.symmetry(hosts, {families: [count]});
      m.action('Go', {each: hosts}, (read, h) => (read(count(h)) < (h === 'p' ? 1 : 2) ? [next(count(h).set(2))] : []));
      m.action('Back', {each: hosts}, (read, h) => (h !== 'p' && read(count(h)) === 2 ? [next(count(h).set(0))] : []));
      m.allowDeadlock();
    },
    /the declared symmetry is wrong: exchanging "p" and "q" changes what Back may do/,
  ));

test('an invariant that tells one key from the others', t =>
  refused(
    t,
    m => {
      const isSet = m.slots('isSet', hosts, false);
      m.symmetry(hosts, {families: [isSet]});
      m.action('Set', {each: hosts}, (read, h) => (read(isSet(h)) ? [] : [next(isSet(h).set(true))]));
      m.invariant('NotQ', read => !read(isSet('q')) || range(3).every(n => read(isSet(hosts[n]!))));
      m.allowDeadlock();
    },
    /the declared symmetry is wrong: exchanging "." and "." changes whether NotQ holds \(in \{"isSet\[p\]":/,
  ));
