// Where each rule is: in the text of the specification, in the code, in explored transitions, in tests.

import fc from 'fast-check';
import {CATALOGUE} from '../../model/catalogue.js';
import {check, simulate} from '../../model/index.js';
import {
  createHost,
  eager,
  failoverOutcomes,
  type HostEvent,
  hostId,
  hostOutcomes,
  noFailover,
  RULES,
  type RuleId,
  term,
} from '../../src/index.js';
import {failoverConfig, failoverEvent, failoverMessage} from '../arbitraries/failover.js';
import {hostConfig, walk} from '../arbitraries/host.js';
import {textsIn, written} from './rule-text.js';

/** One exploration of a scene that belongs to the coverage. */
type Exploration = readonly [scene: string, choices: Readonly<Record<string, string>>];

const protect = (choices: Exploration[1]): Exploration => [
  'protect',
  {hosts: '3', views: '1', toggles: '1', only: 'NoMinorityCommit', ...choices},
];
const storage = (choices: Exploration[1]): Exploration => ['storage', {views: '1', toggles: '0', ...choices}];
const failover = (choices: Exploration[1]): Exploration => [
  'failover',
  {views: '0', crashes: '0', only: 'ListsExclusive', ...choices},
];

const cluster = (choices: Exploration[1]): Exploration => [
  'cluster',
  {messages: 'queued', views: '0', toggles: '0', only: 'ListsExclusive', ...choices},
];

/** Small ones. What they ask is true of every variant, so that none stops before its end. */
const EXPLORATIONS: readonly Exploration[] = [
  protect({views: '2', toggles: '2', 'lost-replies': '1', unreduced: 'true'}),
  protect({handovers: '1', 'early-timeouts': '1'}),
  protect({handovers: '1', toggles: '2', unreduced: 'true'}),
  protect({crashes: '1', losses: '1'}),
  protect({duplicates: '1', toggles: '2'}),
  protect({hosts: '4', subsets: 'complement', topology: 'graphs'}),
  protect({hosts: '4', subsets: 'partition', without: 'ask-everyone'}),
  protect({vms: '2', toggles: '2', without: 'parallel-fallbacks'}),
  protect({handovers: '1', profile: 'claimed'}),
  protect({views: '2', without: 'completion-report,every-responder'}),
  ['election', {hosts: '2', gateway: 'true', datastores: 'true', crashes: '1'}],
  ['election', {topology: 'links', cuts: '1', commands: '1'}],
  ['election', {cuts: '1', gateway: 'true'}],
  storage({toggles: '1'}),
  storage({toggles: '1', views: '1', unreduced: 'true'}),
  storage({locks: '1', crashes: '1'}),
  storage({views: '0', locks: '3'}),
  storage({views: '0', toggles: '1', creations: '2'}),
  storage({absences: '1', losses: '1'}),
  storage({crashes: '1', views: '0', unreduced: 'true'}),
  storage({profile: 'claimed', absences: '1', only: 'NoMinorityCommit'}),
  storage({views: '0', toggles: '1', locks: '1', notices: 'coarse'}),
  failover({views: '1'}),
  failover({crashes: '1'}),
  failover({views: '1', toggles: '1'}),
  failover({views: '1', splits: '1', attempts: '1'}),
  failover({toggles: '2'}),
  failover({vms: '2', capacity: '1', crashes: '1'}),
  failover({splits: '1', migrations: '1', without: 'lock-registration'}),
  failover({splits: '1', isolation: 'power-off'}),
  failover({views: '1', profile: 'claimed', placement: 'try'}),
  failover({toggles: '1', crashes: '1', profile: 'claimed'}),
  failover({views: '1', placement: 'publish'}),
  ['retrieve', {commits: '1'}],
  ['retrieve', {commits: '1', profile: 'claimed', only: 'MonotoneKnowledge'}],
  cluster({views: '2'}),
  cluster({views: '2', without: 'write-fencing', coarse: 'true'}),
  cluster({views: '2', placement: 'publish'}),
  cluster({crashes: '1'}),
  cluster({splits: '2', isolation: 'true', dirty: 'true', without: 'intent-generation'}),
  cluster({crashes: '1', elsewhere: 'true', attempts: '2'}),
  cluster({crashes: '1', placement: 'publish'}),
];

/** Clusters too large to be explored, walked at random: how often, and from which seed on. */
const SIMULATIONS: readonly (readonly [Exploration, {readonly runs: number; readonly seed: number}])[] = [
  [
    cluster({storage: 'slow', views: '3', toggles: '1', crashes: '1', without: 'storage-loss-trigger'}),
    {runs: 40, seed: 2},
  ],
  [
    cluster({toggles: '2', crashes: '2', vms: '2', capacity: '1', placement: 'try', attempts: '3'}),
    {runs: 10, seed: 1},
  ],
  [cluster({views: '2', toggles: '1', crashes: '2', vms: '2', capacity: '1', attempts: '3'}), {runs: 12, seed: 2}],
  [
    cluster({
      storage: 'slow',
      messages: 'any',
      timers: 'any',
      hosts: '4',
      query: 'namespace',
      views: '3',
      toggles: '3',
      splits: '2',
      crashes: '2',
      profile: 'claimed',
      with: 'directory-owner',
    }),
    {runs: 30, seed: 1},
  ],
];

/** What a host, or failover alone, does in any configuration about any events, likely or not: of no cluster, too. */
const walked = (): ReadonlySet<string> => {
  const fired = new Set<string>();
  const toOne = fc
    .array(failoverMessage, {maxLength: 20})
    .map((messages): readonly HostEvent[] => [
      {type: 'Restarted', reachable: []},
      ...messages.map((message): HostEvent => ({type: 'Received', network: 'ha', from: hostId('h1'), message})),
    ]);
  const walks = fc.sample(fc.tuple(hostConfig, fc.oneof(walk, toOne)), {numRuns: 300, seed: 1});
  for (const [config, events] of walks) {
    let host = createHost(config, eager);
    for (const event of events) {
      for (const {rules} of hostOutcomes(config, host.state, event)) for (const id of rules) fired.add(id);
      host = host.step(event).host;
    }
  }
  // A primary's failover by itself, from the beginning on, told of anything.
  for (const [config, events] of fc.sample(fc.tuple(failoverConfig, fc.array(failoverEvent)), {
    numRuns: 100,
    seed: 1,
  })) {
    events.reduce((state, event) => {
      const outcomes = failoverOutcomes(config, term(1), state, event);
      for (const {rules} of outcomes) for (const id of rules) fired.add(id);
      return outcomes[0].state;
    }, noFailover);
  }
  return fired;
};

/** For every rule, the scenes in which it fired; `walks` for those that fired in walks of a single host. */
export const firedIn = async (): Promise<ReadonlyMap<string, readonly string[]>> => {
  const fired = new Map<string, readonly string[]>();
  const note = (where: string, ids: Iterable<string>): void => {
    for (const id of ids) fired.set(id, [...new Set([...(fired.get(id) ?? []), where])]);
  };
  const modelOf = (scene: string) => {
    const entry = CATALOGUE.find(({name}) => name === scene);
    if (entry === undefined) throw new RangeError(`there is no scene ${scene}`);
    return entry.load();
  };
  const firing = (rules: readonly {readonly id: string; readonly generated: number}[]): readonly string[] =>
    rules.filter(({generated}) => generated > 0).map(({id}) => id);
  for (const [scene, choices] of EXPLORATIONS) {
    note(scene, firing((await check(await modelOf(scene), choices)).coverage.rules));
  }
  for (const [[scene, choices], limits] of SIMULATIONS) {
    note(scene, firing((await simulate(await modelOf(scene), choices, {...limits, steps: 200})).coverage.rules));
  }
  note('walks', walked());
  return fired;
};

export type Row = {
  readonly id: RuleId;
  readonly chapter: string | null;
  readonly files: readonly string[];
  readonly scenes: readonly string[];
  readonly tests: readonly string[];
};

/** A row for each rule. `fired` says in which scenes each fired. */
export const rowsOf = (fired: ReadonlyMap<string, readonly string[]>): readonly Row[] => {
  const code = textsIn('src', '.ts').filter(({text}) => !text.includes('satisfies Readonly<Record<'));
  // Of the library and of the scenes: what the suite says of implementations proves nothing of the reference.
  const tests = [
    ...textsIn('test/src', '.test.ts'),
    ...textsIn('test/model', '.test.ts'),
    ...textsIn('test/traces', '.txt'),
  ];
  return (Object.keys(RULES) as RuleId[]).map(id => ({
    id,
    chapter: written.find(rule => rule.id === id)?.chapter ?? null,
    files: code.filter(({text}) => text.includes(`'${id}'`)).map(({path}) => path),
    scenes: fired.get(id) ?? [],
    tests: tests.filter(({text}) => new RegExp(`\\b${id}\\b`).test(text)).map(({path}) => path),
  }));
};

/** What every rule has to have, and the rules that have it not. */
export const lacking = (rows: readonly Row[]) => {
  const without = (has: (row: Row) => boolean): readonly RuleId[] => rows.filter(row => !has(row)).map(({id}) => id);
  return {
    text: without(({chapter}) => chapter !== null),
    code: without(({files}) => files.length > 0),
    'an explored transition': without(({scenes}) => scenes.length > 0),
    'a test that names it': without(({tests}) => tests.length > 0),
  };
};
