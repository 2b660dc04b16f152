import test from 'ava';
import {systemOf} from '../../../model/engine/system.js';
import {chameneos} from '../../../model/examples/chameneos.js';
import {paxos} from '../../../model/examples/paxos.js';
import {paxosCommit} from '../../../model/examples/paxos-commit.js';
import {readersWriters} from '../../../model/examples/readers-writers.js';
import {simpleAllocator} from '../../../model/examples/simple-allocator.js';
import {twoPhaseCommit} from '../../../model/examples/two-phase-commit.js';
import {audit, check, type Model} from '../../../model/index.js';
import {type Named, orbitCount, orders, type Renaming, reachable, sorted} from './brute-orbits.js';

type Options = Readonly<Record<string, number>>;
type Order = readonly number[];

/** What an order of the numbers makes of a number. */
const at = (order: Order, key: unknown): number => order[Number(key)] as number;

/** Each slot under its new name, with its new value. */
const renamed = (state: Named, rename: (name: string, value: unknown) => readonly [string, unknown]): Named =>
  Object.fromEntries(Object.entries(state).map(([name, value]) => rename(name, value)));

/** `rm[2]` as `rm` and 2; a slot that stands alone has the key -1. */
const parsed = (name: string): readonly [family: string, key: number] => {
  const [, family = name, key = '-1'] = /^(\w+)\[(\d+)\]$/.exec(name) ?? [];
  return [family, Number(key)];
};

const moved =
  (order: Order, value: (family: string, value: unknown) => unknown): Renaming =>
  state =>
    renamed(state, (name, held) => {
      const [family, key] = parsed(name);
      return [key < 0 ? name : `${family}[${at(order, key)}]`, value(family, held)];
    });

const inSet = (order: Order, set: unknown): readonly unknown[] =>
  sorted((set as readonly unknown[]).map(each => (typeof each === 'number' ? at(order, each) : each)));

const pairs = <A>(first: readonly A[], second: readonly A[]): readonly (readonly [A, A])[] =>
  first.flatMap(a => second.map(b => [a, b] as const));

type Vote = {readonly bal: number; readonly val: number};
const voted = (order: Order, {bal, val}: Vote): Vote => ({bal, val: val < 0 ? val : at(order, val)});

type Example = {
  readonly model: Model;
  readonly sizes: readonly Options[];
  /** Every renaming, in the test's own words. */
  readonly renamings: (options: Options) => readonly Renaming[];
};

const COLORS = ['blue', 'red', 'yellow'];

const EXAMPLES: readonly Example[] = [
  {
    model: twoPhaseCommit,
    sizes: [{rms: 2}, {rms: 3}, {rms: 4}],
    renamings: ({rms = 0}) =>
      orders(rms).map(order =>
        moved(order, (family, value) => (family === 'tmPrepared' || family === 'msgs' ? inSet(order, value) : value)),
      ),
  },
  {
    model: simpleAllocator,
    sizes: [
      {clients: 2, resources: 2},
      {clients: 3, resources: 2},
      {clients: 2, resources: 3},
    ],
    renamings: ({clients = 0, resources = 0}) =>
      pairs(orders(clients), orders(resources)).map(([c, r]) => moved(c, (_, value) => inSet(r, value))),
  },
  {
    model: chameneos,
    sizes: [
      {creatures: 2, meetings: 2},
      {creatures: 3, meetings: 2},
    ],
    renamings: ({creatures = 0}) =>
      pairs(orders(creatures), orders(3)).map(([c, colors]) =>
        moved(c, (family, value) => {
          if (family === 'meetingPlace') return value === null ? null : at(c, value);
          if (family !== 'creature') return value;
          const {color, met} = value as {color: string; met: number};
          return {color: color === 'faded' ? color : COLORS[at(colors, COLORS.indexOf(color))], met};
        }),
      ),
  },
  {
    model: readersWriters,
    sizes: [{actors: 2}],
    renamings: ({actors = 0}) =>
      orders(actors).map(order => state => ({
        readers: inSet(order, state['readers']),
        writers: inSet(order, state['writers']),
        'waiting[resource]': (state['waiting[resource]'] as {kind: string; actor: number}[]).map(({kind, actor}) => ({
          kind,
          actor: at(order, actor),
        })),
      })),
  },
  {
    model: paxos,
    sizes: [
      {acceptors: 2, values: 2, maxBallot: 1},
      {acceptors: 3, values: 1, maxBallot: 1},
      {acceptors: 2, values: 3, maxBallot: 0},
    ],
    renamings: ({acceptors = 0, values = 0}) =>
      pairs(orders(acceptors), orders(values)).map(([a, v]) =>
        moved(a, (family, value) => {
          if (family === 'phase1a') return value;
          if (family === 'phase2a' || family === 'phase2b') {
            return sorted((value as Vote[]).map(vote => voted(v, vote)));
          }
          type Promised = {readonly bal: number; readonly voted: Vote};
          if (family === 'phase1b') {
            return sorted((value as Promised[]).map(({bal, voted: vote}) => ({bal, voted: voted(v, vote)})));
          }
          const {maxBal, voted: vote} = value as {maxBal: number; voted: Vote};
          return {maxBal, voted: voted(v, vote)};
        }),
      ),
  },
  {
    model: paxosCommit,
    sizes: [
      {rms: 2, acceptors: 2, ballots: 1},
      {rms: 1, acceptors: 2, ballots: 2},
      {rms: 2, acceptors: 3, ballots: 1},
      {rms: 3, acceptors: 2, ballots: 1},
    ],
    renamings: ({rms = 0, acceptors = 0}) =>
      pairs(orders(rms), orders(acceptors)).map(
        ([r, a]) =>
          (state: Named) =>
            renamed(state, (name, value) => {
              const [family, key] = parsed(name);
              if (key < 0) return [name, value];
              const isSeat = family === 'acceptor' || family === 'phase1b' || family === 'phase2b';
              if (!isSeat) return [`${family}[${at(r, key)}]`, value];
              return [`${family}[${at(r, Math.floor(key / acceptors)) * acceptors + at(a, key % acceptors)}]`, value];
            }),
      ),
  },
];

for (const {model, sizes, renamings} of EXAMPLES) {
  for (const options of sizes) {
    const said = Object.entries(options).map(([name, value]) => ` --${name} ${value}`);
    test(`${model.name}${said.join('')} has a state for each orbit`, async t => {
      const states = reachable(systemOf(model, options), 5000);
      const orbits = states === null ? null : orbitCount(systemOf(model, options), states, renamings(options));
      t.true(states !== null && orbits !== null);
      const {verdict, distinct} = await check(model, {...options, symmetry: true});
      t.deepEqual([verdict, distinct], ['holds', orbits ?? 0]);
      const audited = await audit(model, {...options, symmetry: true});
      t.deepEqual(
        audited.reductions.map(({reduction, verdict, full, reduced}) => [reduction, verdict, full, reduced]),
        [['symmetry', 'proved', states?.size ?? 0, orbits]],
      );
    });
  }
}

test('two-phase commit has 314, 553, 920 and 1461 orbits with 5 to 8 resource managers', async t => {
  const counts: number[] = [];
  for (const rms of [5, 6, 7, 8]) counts.push((await check(twoPhaseCommit, {rms, symmetry: true})).distinct);
  t.deepEqual(counts, [314, 553, 920, 1461]);
});
