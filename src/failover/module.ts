// The primary's failover: hands each event to the VMs it concerns, and gives VMs on the restart list their turn.

import {match} from 'ts-pattern';
import {type HostId, round, type Term, type VmId} from '../cluster/ids.js';
import {mapAll, type NonEmpty, nonEmpty} from '../kernel/nonempty.js';
import {ignored, type Outcome, type Outcomes} from '../kernel/outcome.js';
import {difference, union} from '../kernel/sorted.js';
import type {RuleId} from '../rules.js';
import type {PowerOnResult} from '../runtime/events.js';
import {choose, settle} from './choice.js';
import type {FailoverConfig} from './config.js';
import {type Entry, enter, type Memory} from './entry.js';
import type {FailoverEffect, FailoverEvent, Retrieval} from './events.js';
import {onHostBack, onHostGone, onNotice, onPlaceAnswer, onReport, onRestartResult, onTimer} from './orchestrator.js';
import {onPublished, published} from './publication.js';
import {place} from './restart.js';
import type {Orchestrated, Orchestration, Primary, Published} from './transition.js';

/** What a primary knows of failures. It starts empty, and a primary that steps down forgets it. */
export type FailoverState = {
  /** Sorted by VM: every VM it knows to be, or to have been, protected. */
  readonly inventory: readonly Entry[];
  /** The hosts that liveness does not call running, sorted. */
  readonly gone: Primary['gone'];
  /** What each host that is up has published last: only where places are published. */
  readonly published: Primary['published'];
};

/** What a new primary knows of failures: nothing. */
export const noFailover: FailoverState = {inventory: [], gone: [], published: []};

type Decisions = Outcomes<FailoverState, FailoverEffect>;
type Decision = Outcome<FailoverState, FailoverEffect>;

/** Every outcome that the specification allows a primary of this term. Total and pure. */
export const failoverOutcomes = (
  config: FailoverConfig,
  term: Term,
  state: FailoverState,
  event: FailoverEvent,
): Decisions => {
  const decided = match(event)
    .with({type: 'Protected'}, ({vm, generation, host}) =>
      learn(state, vm, known => {
        if (known !== null && generation <= known.generation) return ignored(known, 'FO-02');
        const memory = {vm, generation, value: 'protected', host, attempts: 0, round: roundOf(known)} as const;
        return host === null || state.gone.includes(host)
          ? [renew(primaryIn(config, term, state), known, memory, ['FO-01', 'FO-39'])]
          : [settle({config}, known ?? enter.watched(memory), memory, ['FO-01'])];
      }),
    )
    .with({type: 'Unprotected'}, ({vm, generation}) =>
      learn(state, vm, known => {
        if (known !== null && generation < known.generation) return ignored(known, 'FO-02');
        const memory = {vm, generation, value: 'unprotected', host: null, attempts: 0, round: roundOf(known)} as const;
        return [settle({config}, known ?? enter.watched(memory), memory, ['FO-03'])];
      }),
    )
    .with({type: 'Retrieved'}, ({retrieval}) =>
      learn(state, retrieval.vm, known => onRetrieved(primaryIn(config, term, state), known, retrieval)),
    )
    .with({type: 'HostChanged'}, ({host, running}) => {
      const gone = running ? difference(state.gone, [host]) : union(state.gone, [host]);
      if (gone.length === state.gone.length) return ignored(state, 'FO-34');
      const react = running ? onHostBack : onHostGone;
      const now = withdrawn({...state, gone}, place => !running && place.host === host);
      return ofAll(now, entry => react(primaryIn(config, term, now), entry, host));
    })
    .with({type: 'VmReported'}, ({from, vm, report}) =>
      state.gone.includes(from)
        ? ignored(state, 'FO-34')
        : ofOne(state, vm, (entry, primary) => onReport(primary, entry, from, report)),
    )
    .with({type: 'Published'}, ({from, vm, standing}) => {
      if (config.placement !== 'publish' || state.gone.includes(from)) return ignored(state, 'FO-34');
      const before = state.published.find(known => known.vm === vm && known.host === from)?.standing ?? null;
      const all = published(state.published, {vm, host: from, standing});
      const now = all === state.published ? state : {...state, published: all};
      return crossed([{state: now, effects: [], rules: ['FO-50']}], () =>
        ofOne(now, vm, (entry, primary) => onPublished(primary, entry, before, standing)),
      );
    })
    .with({type: 'TimerFired'}, ({timer}) => ofOne(state, timer.vm, (entry, primary) => onTimer(primary, entry, timer)))
    .with({type: 'Received', message: {type: 'PlaceAnswer'}}, ({from, message}) =>
      ofOne(state, message.vm, (entry, primary) => onPlaceAnswer(primary, entry, from, message)),
    )
    .with({type: 'Received', message: {type: 'RestartResult'}}, ({from, message}) => {
      const {vm, result} = message;
      const now = withdrawn(state, place => place.vm === vm && isRefuted(place, from, result));
      return ofOne(now, vm, (entry, primary) => onRestartResult(primary, entry, from, message));
    })
    .with({type: 'Received', message: {type: 'BecamePlaceable'}}, ({message}) =>
      ofOne(state, message.vm, (entry, primary) => onNotice(primary, entry, message)),
    )
    .with({type: 'Received'}, () => ignored(state, 'FO-34'))
    .exhaustive();
  return giveTurns(config, term, decided);

  function ofOne(before: FailoverState, vm: VmId, act: (entry: Entry, primary: Primary) => Orchestration): Decisions {
    const entry = before.inventory.find(known => known.vm === vm);
    return entry === undefined ? ignored(before, 'FO-34') : kept(before, act(entry, primaryIn(config, term, before)));
  }
};

const primaryIn = (config: FailoverConfig, term: Term, {gone, published}: FailoverState): Primary => ({
  config,
  term,
  gone,
  published,
});

/** Storage has turned out to be otherwise: who says now that the VM can be started says something new. */
const isRefuted = ({host}: Published, from: HostId, {type}: PowerOnResult): boolean =>
  type === 'locked' || type === 'inaccessible' || (type === 'capacity' && host === from);

/** What is published is believed until its host is gone or an attempt has refuted it (FO-50). */
const withdrawn = (state: FailoverState, isOver: (place: Published) => boolean): FailoverState =>
  state.published.some(isOver) ? {...state, published: state.published.filter(place => !isOver(place))} : state;

/** Of one generation, unprotected comes after protected. */
const isNews = ({value, generation}: Retrieval, known: Entry): boolean =>
  generation > known.generation ||
  (generation === known.generation && value === 'unprotected' && known.value === 'protected');

/** GET has told of a VM. One that is not known to run is to be restarted. */
const onRetrieved = (primary: Primary, known: Entry | null, retrieval: Retrieval): Orchestration => {
  const {vm, value, generation} = retrieval;
  const {repairs, schedule} = primary.config;
  if (known !== null && !isNews(retrieval, known)) return ignored(known, 'FO-02');
  const memory = {vm, generation, value, host: null, attempts: 0, round: roundOf(known)};
  if (value === 'unprotected') return [settle(primary, known ?? enter.watched(memory), memory, ['FO-03'])];
  const attempts = repairs['shared-attempts'] ? Math.min(retrieval.attempts, schedule.length) : 0;
  const counted = repairs['shared-attempts'] ? ('FO-40' as const) : ('FO-41' as const);
  return [renew(primary, known, {...memory, attempts}, ['FO-39', counted])];
};

/** The rounds of a VM are counted on whatever becomes of it. */
const roundOf = (known: Entry | null): Memory['round'] => known?.round ?? round(0);

/** Ends what was under way for an older generation, and has the VM restarted for this one. */
const renew = (primary: Primary, known: Entry | null, memory: Memory, because: NonEmpty<RuleId>): Orchestrated => {
  const ended = known === null ? [] : settle(primary, known, memory, because).effects;
  const chosen = choose(primary, enter.watched(memory), memory, because);
  return {...chosen, effects: [...ended, ...chosen.effects]};
};

/** Acts on the entry of a VM that may not be in the inventory yet. */
const learn = (state: FailoverState, vm: VmId, act: (known: Entry | null) => Orchestration): Decisions =>
  kept(state, act(state.inventory.find(known => known.vm === vm) ?? null));

/** Acts on every entry in turn: every combination of what each allows. Those that ignore the event add no rule. */
const ofAll = (state: FailoverState, act: (entry: Entry) => Orchestration): Decisions =>
  state.inventory.reduce<Decisions>(
    (before, entry) => crossed(before, ({state}) => kept(state, act(entry))),
    [{state, effects: [], rules: ['FO-34']}],
  );

/** A VM that is queued is placed when fewer are in work than may be; of several, the one of the highest priority. */
const giveTurns = (config: FailoverConfig, term: Term, before: Decisions): Decisions => {
  const after = crossed(before, ({state}) => {
    const queued = nextInTurn(config, state);
    return queued === null ? null : kept(state, place(primaryIn(config, term, state), queued));
  });
  return after.every(({state}, index) => state === before[index]?.state) ? before : giveTurns(config, term, after);
};

const nextInTurn = ({plans, concurrency}: FailoverConfig, {inventory}: FailoverState) => {
  const inWork = inventory.filter(({stage}) => stage === 'placing' || stage === 'starting').length;
  const priorityOf = (vm: VmId): number => plans.find(plan => plan.vm === vm)?.priority ?? 0;
  const [first] = inventory
    .flatMap(entry => (entry.stage === 'queued' ? [entry] : []))
    .sort((a, b) => priorityOf(b.vm) - priorityOf(a.vm));
  return first === undefined || inWork >= concurrency ? null : first;
};

/** Each outcome followed by each that it allows; null where it allows nothing more. */
const crossed = (before: Decisions, more: (decision: Decision) => Decisions | null): Decisions => {
  const all = before.flatMap((decision): NonEmpty<Decision> => {
    const followed = more(decision);
    return followed === null ? [decision] : mapAll(followed, next => joined(decision, next));
  });
  return nonEmpty(all) ?? before;
};

const joined = (first: Decision, then: Decision): Decision => {
  const isIdle = (decision: Decision) => decision.rules.length === 1 && decision.rules[0] === 'FO-34';
  const rules = isIdle(then) ? first.rules : isIdle(first) ? then.rules : nonEmpty([...first.rules, ...then.rules]);
  return {state: then.state, effects: [...first.effects, ...then.effects], rules: rules ?? then.rules};
};

/** The state with the entry of one VM as it is now, and without what is published of it where that counts no more. */
const kept = (before: FailoverState, all: Orchestration): Decisions =>
  mapAll(all, ({state: entry, effects, rules, anew = false}) => ({
    state: withdrawn(placed(before, entry), ({vm}) => anew && vm === entry.vm),
    effects,
    rules,
  }));

/** Where nothing has changed, the state is the very same. */
const placed = (state: FailoverState, entry: Entry): FailoverState =>
  state.inventory.includes(entry)
    ? state
    : {
        ...state,
        inventory: [...state.inventory.filter(({vm}) => vm !== entry.vm), entry].sort((a, b) => (a.vm < b.vm ? -1 : 1)),
      };
