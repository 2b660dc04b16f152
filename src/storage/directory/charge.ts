// What the owner of a partition's directory does for one object: collect what its components hold, choose, write, and
// commit what a quorum holds.

import type {HostId} from '../../cluster/ids.js';
import {hostsOf, type ObjectLayout} from '../../cluster/layout.js';
import {union} from '../../kernel/sorted.js';
import {callOutcomes} from '../namespace.js';
import type {StorageConfig} from './config.js';
import {type DirectoryEntry, isNewer, isQuorum, isSame} from './entry.js';
import type {StorageMessageOf} from './messages.js';
import {type Charge, objectsOf, type Serving, type Taken, type Work} from './state.js';
import {become, charge, cite, type Step, send, store} from './step.js';
import {answer, learn} from './telling.js';

/** A host has joined the reign and says what its components hold; one that it does not name is lost. */
export const admit = (
  config: StorageConfig,
  before: Step,
  from: HostId,
  components: readonly DirectoryEntry[],
): Step => {
  const {reign} = before.state;
  if (reign === null) return before;
  const admitted = become(before, {reign: {...reign, joined: union(reign.joined, [from])}});
  return objectsOf(config).reduce((step, layout) => {
    const known = chargeOf(step, layout);
    if (known === null) return step;
    const hasComponent = hostsOf(layout).includes(from);
    if (known.phase === 'serving') return brief(config, step, known, from, hasComponent);
    if (!hasComponent) return step;
    const entry = components.find(({object}) => object === layout.object) ?? null;
    const answers = [...known.answers, {host: from, entry}].sort((a, b) => (a.host < b.host ? -1 : 1));
    return choose(config, charge(step, {...known, answers}), layout, answers);
  }, admitted);
};

export const chargeOf = ({state: {reign}}: Step, {object}: Pick<ObjectLayout, 'object'>): Charge | null =>
  reign?.charges.find(known => known.object === object) ?? null;

/** Who joins late is told what there is. */
const brief = ({self}: StorageConfig, step: Step, known: Serving, from: HostId, hasComponent: boolean): Step => {
  const {number} = step.state.durable;
  const {object, entry, work} = known;
  const written =
    hasComponent && from !== self ? send(cite(step, 'OB-21'), [from], {type: 'ComponentWrite', number, entry}) : step;
  const {version, content} = entry;
  return work === null
    ? send(cite(written, 'CH-02'), [from], {type: 'Publish', number, known: {object, version, content}})
    : written;
};

type Answers = Extract<Charge, {readonly phase: 'collecting'}>['answers'];

/** Begins to serve as soon as those who have answered are a quorum. */
const choose = (config: StorageConfig, step: Step, layout: ObjectLayout, answers: Answers): Step => {
  const numbers = config.repairs['configuration-numbers'];
  const chosen = numbers ? newest(answers) : whatever(answers);
  if (chosen === null) return cite(step, 'OB-03');
  const {entry, voting} = chosen;
  return isQuorum(layout, entry, voting)
    ? propose(config, cite(step, numbers ? 'OB-01' : 'OB-02'), layout, entry, {type: 'Establish'}, [])
    : cite(step, 'OB-03');
};

type Choice = {readonly entry: DirectoryEntry; readonly voting: readonly HostId[]};

const making = (entry: DirectoryEntry, current: readonly HostId[]): DirectoryEntry => ({
  ...entry,
  content: {...entry.content, register: {...entry.content.register, current}},
});

/** The newest entry counts. Of the components that it names as current, those that are lost do not vote (OB-01). */
export const newest = (answers: Answers): Choice | null => {
  const found = answers.flatMap(({host, entry}) => (entry === null ? [] : [{host, entry}]));
  const [first, ...others] = found.map(({entry}) => entry);
  if (first === undefined) return null;
  const entry = others.reduce((best, other) => (isNewer(other.version, best.version) ? other : best), first);
  const lost = answers.flatMap(({host, entry}) => (entry === null ? [host] : []));
  const current = entry.content.register.current.filter(host => !lost.includes(host));
  return {entry: making(entry, current), voting: found.map(({host}) => host)};
};

/** Without numbers nobody can tell: what the first of them holds counts, and all have a vote (OB-02). */
const whatever = (answers: Answers): Choice | null => {
  const entry = answers.find(({entry}) => entry !== null)?.entry ?? null;
  const voting = answers.map(({host}) => host);
  return entry === null ? null : {entry: making(entry, voting), voting};
};

/** Writes the next entry to every component whose host has joined, the own one first. */
export const propose = (
  config: StorageConfig,
  step: Step,
  layout: ObjectLayout,
  next: DirectoryEntry,
  work: Work,
  queue: readonly Taken[],
): Step => {
  const {reign, durable} = step.state;
  const {number} = durable;
  const sequence = next.version.configuration === number ? next.version.sequence + 1 : 1;
  const entry: DirectoryEntry = {...next, version: {configuration: number, sequence}};
  const targets = hostsOf(layout).filter(host => reign?.joined.includes(host) ?? false);
  const isHere = targets.includes(config.self);
  const known: Serving = {
    phase: 'serving',
    object: layout.object,
    entry,
    held: isHere ? [config.self] : [],
    work,
    queue,
  };
  const written = charge(isHere ? store(step, entry) : step, known);
  const others = targets.filter(host => host !== config.self);
  return settle(config, send(cite(written, 'OB-04'), others, {type: 'ComponentWrite', number, entry}), layout);
};

export const onAck = (
  config: StorageConfig,
  step: Step,
  from: HostId,
  {number, object, version}: StorageMessageOf<'ComponentAck'>,
): Step => {
  const layout = objectsOf(config).find(layout => layout.object === object);
  const known = layout === undefined ? null : chargeOf(step, layout);
  if (
    layout === undefined ||
    known?.phase !== 'serving' ||
    number !== step.state.durable.number ||
    !isSame(version, known.entry.version)
  ) {
    return cite(step, 'OB-09');
  }
  return settle(config, charge(cite(step, 'OB-08'), {...known, held: union(known.held, [from])}), layout);
};

/** Commits what a quorum holds, and goes on with what is next. */
const settle = (config: StorageConfig, step: Step, layout: ObjectLayout): Step => {
  const known = chargeOf(step, layout);
  if (known?.phase !== 'serving') return step;
  const {entry, held, work} = known;
  if (work === null) return proceed(config, step, layout, known);
  if (!isQuorum(layout, entry, held)) return step;
  const done: Serving = {...known, work: null};
  return proceed(config, commit(config, charge(cite(step, 'OB-10'), done), known, work), layout, done);
};

const commit = (config: StorageConfig, step: Step, {object, entry}: Serving, work: Work): Step => {
  const {version, content} = entry;
  const known = {object, version, content};
  const {number} = step.state.durable;
  // Where everybody counts for himself, everybody tells himself.
  const members = config.repairs['directory-owner'] ? (step.state.reign?.joined ?? []) : [];
  const told = send(
    cite(learn(step, known), 'CH-01'),
    members.filter(host => host !== config.self),
    {type: 'Publish', number, known},
  );
  return work.type === 'Call' ? answer(config, told, object, work, work.result, content.lock.epoch) : told;
};

const proceed = (config: StorageConfig, step: Step, layout: ObjectLayout, known: Serving): Step => {
  const {entry, held, queue} = known;
  if (entry.former !== null) {
    const final = {...entry, former: null};
    return propose(config, cite(step, 'OB-17'), layout, final, {type: 'Recalculate'}, queue);
  }
  const [taken, ...rest] = queue;
  if (taken !== undefined) return run(config, step, layout, {...known, queue: rest}, taken);
  const {current} = entry.content.register;
  const caughtUp = held.filter(host => !current.includes(host));
  return caughtUp.length === 0
    ? step
    : propose(config, cite(step, 'OB-11'), layout, making(entry, union(current, caughtUp)), {type: 'Resync'}, []);
};

/** Carries out a call as the contract says, on what was committed last; the result counts once a quorum holds it. */
export const run = (config: StorageConfig, step: Step, layout: ObjectLayout, known: Serving, taken: Taken): Step => {
  const {entry, queue} = known;
  const contract = {layout: {...layout, components: entry.voters}, repairs: config.repairs};
  const [{state: content, effects, rules}] = callOutcomes(
    contract,
    entry.content,
    step.state.reign?.joined ?? [],
    taken.call,
  );
  const ruled = rules.reduce(cite, cite(step, 'OB-12'));
  const result = effects[0]?.result ?? 'failed';
  return propose(config, ruled, layout, {...entry, content}, {type: 'Call', ...taken, result}, queue);
};
