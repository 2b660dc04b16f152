import {integer, model, next, range} from '../index.js';

/** Misra's search of a graph by several processes (ParReach.tla of the TLA+ examples). */
export const parallelReachability = model({
  name: 'parallel-reachability',
  summary: 'Processes mark together what can be reached in a graph (ParReach.tla).',
  options: {
    nodes: integer({default: 4, min: 2, max: 6, about: 'nodes, each with edges to the first two'}),
    processes: integer({default: 2, min: 1, max: 4, about: 'processes'}),
  },
  build(m, {nodes, processes}) {
    const everyone = range(processes);
    // TLC's choice of a graph in which each node has two successors.
    const successors = range(nodes).map(() => [0, 1]);
    const root = 0;
    const reachable = [0, 1];

    const marked = m.set<number>('marked');
    const vroot = m.set('vroot', [root]);
    const at = m.slots('at', everyone, 'pick' as 'pick' | 'visit' | 'spread' | 'done');
    const current = m.slots('u', everyone, root);
    const toVroot = m.sets<number, number>('toVroot', everyone);
    const allDone = m.fold('allDone', at.members, true, (all, label) => all && label === 'done');

    m.action('Pick', {each: everyone, fair: 'weak'}, (read, p: number) => {
      if (read(at(p)) !== 'pick') return [];
      if (read(vroot).length === 0) return [next(at(p).set('done'))];
      return read(vroot).map(v => next(at(p).set('visit'), current(p).set(v)));
    });
    m.action('Visit', {each: everyone, fair: 'weak'}, (read, p: number) => {
      if (read(at(p)) !== 'visit') return [];
      const u = read(current(p));
      return read(marked.has(u))
        ? [next(at(p).set('pick'), vroot.remove(u))]
        : [next(at(p).set('spread'), marked.add(u), toVroot(p).set(successors[u] ?? []))];
    });
    m.action('Spread', {each: everyone, fair: 'weak'}, (read, p: number) => {
      if (read(at(p)) !== 'spread') return [];
      if (read(toVroot(p)).length === 0) return [next(at(p).set('pick'))];
      return read(toVroot(p)).map(w => next(vroot.add(w), toVroot(p).remove(w)));
    });
    m.action('Terminating', read => (read(allDone) ? [next()] : []));

    m.eventually('Termination', read => read(allDone));

    m.invariant(
      'SpreadsOnlyThere',
      {each: everyone},
      (read, p) => read(at(p)) === 'spread' || read(toVroot(p)).length === 0,
    );
    m.invariant('VisitsKnownNodes', {each: everyone}, (read, p) => {
      const u = read(current(p));
      return read(at(p)) !== 'visit' || read(vroot.has(u)) || read(marked.has(u));
    });
    m.invariant('PartialCorrectness', read => !read(allDone) || reachable.every(node => read(marked.has(node))));
  },
});
