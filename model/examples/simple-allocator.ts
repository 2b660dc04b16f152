import {flag, integer, model, next, occursIn, product, range, setOf, subsets} from '../index.js';

const isSubset = <T>(part: readonly T[], whole: readonly T[]) => part.every(element => whole.includes(element));
const minus = <T>(whole: readonly T[], part: readonly T[]) => whole.filter(element => !part.includes(element));

/** Merz's allocator of resources to clients (SimpleAllocator.tla of the TLA+ examples). */
export const simpleAllocator = model({
  name: 'simple-allocator',
  summary: 'Clients ask for sets of resources, get some of them at a time and return them (SimpleAllocator.tla).',
  options: {
    clients: integer({default: 3, min: 1, max: 6, about: 'clients'}),
    resources: integer({default: 2, min: 1, max: 6, about: 'resources'}),
    keepUntilSatisfied: flag({about: 'nobody need return anything before all that it asked for was granted'}),
    symmetry: flag({about: 'search one state for all that differ in names only; claims nothing of behaviours'}),
  },
  build(m, {clients, resources, keepUntilSatisfied, symmetry}) {
    const everyone = range(clients);
    const requests = subsets(range(resources)).filter(wanted => wanted.length > 0);
    const unsat = m.sets<number, number>('unsat', everyone);
    const alloc = m.sets<number, number>('alloc', everyone);
    const available = m.fold('available', alloc.members, range(resources), minus);

    m.action('Request', {each: everyone}, (read, c) =>
      read(unsat(c)).length === 0 && read(alloc(c)).length === 0
        ? requests.map(wanted => next(unsat(c).set(wanted)))
        : [],
    );
    m.action('Allocate', {each: everyone, fair: 'strong'}, (read, c: number) => {
      const grantable = read(unsat(c)).filter(resource => read(available).includes(resource));
      return requests
        .filter(granted => isSubset(granted, grantable))
        .map(granted => next(...granted.flatMap(resource => [alloc(c).add(resource), unsat(c).remove(resource)])));
    });
    // A client need not return a part of what it holds, but everything, some day.
    m.action('ReturnSome', {each: everyone}, (read, c) =>
      requests
        .filter(returned => isSubset(returned, read(alloc(c))) && returned.length < read(alloc(c)).length)
        .map(returned => next(...returned.map(resource => alloc(c).remove(resource)))),
    );
    const isDue = (wanted: readonly number[]) => wanted.length === 0 || !keepUntilSatisfied;
    m.action('ReturnAll', {each: everyone, fair: 'weak'}, (read, c) =>
      read(alloc(c)).length > 0 && isDue(read(unsat(c))) ? [next(alloc(c).set([]))] : [],
    );
    m.action('ReturnEarly', {each: everyone}, (read, c) =>
      read(alloc(c)).length > 0 && !isDue(read(unsat(c))) ? [next(alloc(c).set([]))] : [],
    );

    m.invariant(
      'ResourceMutex',
      {each: product(everyone, everyone)},
      (read, a, b) => a === b || minus(read(alloc(a)), read(alloc(b))).length === read(alloc(a)).length,
    );
    if (symmetry) {
      const renamed = (held: readonly number[], to: (resource: number) => number) => setOf(held.map(to));
      m.symmetry(everyone, {families: [unsat, alloc]});
      m.symmetry(range(resources), {renamed: [occursIn(unsat, renamed), occursIn(alloc, renamed)]});
      return;
    }

    m.leadsTo(
      'ClientsWillReturn',
      {each: everyone},
      (read, c) => read(unsat(c)).length === 0,
      (read, c) => read(alloc(c)).length === 0,
    );
    m.leadsTo(
      'ClientsWillObtain',
      {each: product(everyone, range(resources))},
      (read, c, resource) => read(unsat(c)).includes(resource),
      (read, c, resource) => read(alloc(c)).includes(resource),
    );
    m.alwaysEventually('InfOftenSatisfied', {each: everyone}, (read, c) => read(unsat(c)).length === 0);
  },
});
