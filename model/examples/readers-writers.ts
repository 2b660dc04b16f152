import {flag, integer, model, next, occursIn, range, setOf} from '../index.js';

type Request = {readonly kind: 'read' | 'write'; readonly actor: number};

/** Readers and writers who are served in the order of their requests (ReadersWriters.tla of the TLA+ examples). */
export const readersWriters = model({
  name: 'readers-writers',
  summary: 'Readers share a resource, writers have it alone, a queue keeps it fair (ReadersWriters.tla).',
  options: {
    actors: integer({default: 3, min: 1, max: 5, about: 'actors, each of which may read and write'}),
    symmetry: flag({about: 'search one state for all that differ in names only; claims nothing of behaviours'}),
  },
  build(m, {actors, symmetry}) {
    const everyone = range(actors);
    const readers = m.set<number>('readers');
    const writers = m.set<number>('writers');
    const queue = m.channel<Request, string>('waiting', ['resource'], {kind: 'fifo'});
    const waiting = queue('resource');

    for (const kind of ['read', 'write'] as const) {
      m.action(kind === 'read' ? 'TryRead' : 'TryWrite', {each: everyone, fair: 'weak'}, (read, actor: number) =>
        read(waiting).some(request => request.kind === kind && request.actor === actor)
          ? []
          : [next(waiting.send({kind, actor}))],
      );
    }
    m.receive(queue, {name: 'ReadOrWrite', fair: 'weak'}, (read, _, {kind, actor}) => {
      if (read(writers).length > 0) return [];
      if (kind === 'read') return [next(readers.add(actor))];
      return read(readers).length === 0 ? [next(writers.add(actor))] : [];
    });
    m.action('Stop', {fair: 'weak'}, read => [
      ...read(readers).map(actor => next(readers.remove(actor))),
      ...read(writers)
        .filter(actor => !read(readers.has(actor)))
        .map(actor => next(writers.remove(actor))),
    ]);

    m.invariant(
      'Safety',
      read => read(writers).length === 0 || (read(writers).length === 1 && read(readers).length === 0),
    );
    if (symmetry) {
      const renamed = (group: readonly number[], to: (actor: number) => number) => setOf(group.map(to));
      const renamedQueue = (requests: readonly Request[], to: (actor: number) => number) =>
        requests.map(({kind, actor}) => ({kind, actor: to(actor)}));
      m.symmetry(everyone, {
        renamed: [occursIn(readers, renamed), occursIn(writers, renamed), occursIn(waiting, renamedQueue)],
      });
      return;
    }

    for (const [name, group] of [
      ['Readers', readers],
      ['Writers', writers],
    ] as const) {
      m.alwaysEventually(`${name} come`, {each: everyone}, (read, actor) => read(group.has(actor)));
      m.alwaysEventually(`${name} leave`, {each: everyone}, (read, actor) => !read(group.has(actor)));
    }
  },
});
