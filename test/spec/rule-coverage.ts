// Where each rule is: in the text of the specification, in the code, in explored transitions, in tests.

import {CATALOGUE} from '../../model/catalogue.js';
import {check} from '../../model/index.js';
import {RULES, type RuleId} from '../../src/index.js';
import {textsIn, written} from './rule-text.js';

/** One exploration of a scene that belongs to the coverage. */
export type Exploration = readonly [scene: string, choices: Readonly<Record<string, string>>];

const protect = (choices: Exploration[1]): Exploration => [
  'protect',
  {hosts: '3', views: '1', toggles: '1', only: 'NoMinorityCommit', ...choices},
];
const storage = (choices: Exploration[1]): Exploration => ['storage', {views: '1', toggles: '0', ...choices}];
const failover = (choices: Exploration[1]): Exploration => [
  'failover',
  {views: '0', crashes: '0', only: 'ListsExclusive', ...choices},
];

/** Small ones. What they ask is true of every variant, so that none stops before its end. */
export const EXPLORATIONS: readonly Exploration[] = [
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
  ['retrieve', {commits: '1'}],
  ['retrieve', {commits: '1', profile: 'claimed', only: 'MonotoneKnowledge'}],
];

/** For every rule, the scenes in which it fired. */
export const firedIn = async (
  explorations: readonly Exploration[],
  onEach: (exploration: Exploration, seconds: number) => void = () => {},
): Promise<ReadonlyMap<string, readonly string[]>> => {
  const fired = new Map<string, readonly string[]>();
  for (const exploration of explorations) {
    const [scene, choices] = exploration;
    const entry = CATALOGUE.find(({name}) => name === scene);
    if (entry === undefined) throw new RangeError(`there is no scene ${scene}`);
    const {coverage, seconds} = await check(await entry.load(), choices);
    for (const {id} of coverage.rules.filter(({generated}) => generated > 0)) {
      fired.set(id, [...new Set([...(fired.get(id) ?? []), scene])]);
    }
    onEach(exploration, seconds);
  }
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
  const tests = [...textsIn('test', '.ts'), ...textsIn('test', '.txt')];
  return (Object.keys(RULES) as RuleId[]).map(id => ({
    id,
    chapter: written.find(rule => rule.id === id)?.chapter ?? null,
    files: code.filter(({text}) => text.includes(`'${id}'`)).map(({path}) => path),
    scenes: fired.get(id) ?? [],
    tests: tests.filter(({text}) => new RegExp(`\\b${id}\\b`).test(text)).map(({path}) => path),
  }));
};
