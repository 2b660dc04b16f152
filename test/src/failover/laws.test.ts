// Laws of failover and of the VM runtime: true of every state and event that the types allow, reachable or not.

import test, {type ExecutionContext} from 'ava';
import fc from 'fast-check';
import {next as nextStage} from '../../../src/failover/stage.js';
import {
  attendantOutcomes,
  type FailoverConfig,
  type FailoverState,
  type FailoverTimer,
  failoverOutcomes,
  isApplicable,
  isOnRestartList,
  isOnWaitList,
  noFailover,
  type Repairs,
  type RuleId,
  runtimeOutcomes,
  type Stage,
} from '../../../src/index.js';
import {next as nextPower, type Power} from '../../../src/runtime/power.js';
import {aTerm} from '../../arbitraries/cluster.js';
import {
  attendantEvent,
  failoverConfig,
  failoverEvent,
  failoverState,
  placeWatches,
  runtimeConfig,
  runtimeEvent,
  runtimeState,
} from '../../arbitraries/failover.js';
import {frozen} from '../../arbitraries/frozen.js';

const RUNS = {numRuns: 2000};

type Answer = {readonly state: unknown; readonly effects: readonly object[]; readonly rules: readonly RuleId[]};

const always = <T extends [unknown, ...unknown[]]>(
  t: ExecutionContext,
  inputs: {[I in keyof T]: fc.Arbitrary<T[I]>},
  holds: (...values: T) => boolean,
): void => {
  t.notThrows(() => fc.assert(fc.property(...inputs, holds), RUNS));
};

const survivesJson = (value: unknown): boolean => {
  const text = JSON.stringify(value);
  return text === JSON.stringify(JSON.parse(text));
};

const RELATIONS = {
  failover: (t: ExecutionContext, holds: (answers: readonly Answer[], repairs: Repairs) => boolean) =>
    always(t, [failoverConfig, aTerm, failoverState, failoverEvent], (config, term, state, event) =>
      holds(failoverOutcomes(frozen(config), term, frozen(state), frozen(event)), config.repairs),
    ),
  attendant: (t: ExecutionContext, holds: (answers: readonly Answer[], repairs: Repairs) => boolean) =>
    always(t, [failoverConfig, placeWatches, attendantEvent], (config, state, event) =>
      holds(attendantOutcomes(frozen(config), frozen(state), frozen(event)), config.repairs),
    ),
  runtime: (t: ExecutionContext, holds: (answers: readonly Answer[], repairs: Repairs) => boolean) =>
    always(t, [runtimeConfig, runtimeState, runtimeEvent], (config, state, event) =>
      holds(runtimeOutcomes(frozen(config), frozen(state), frozen(event)), config.repairs),
    ),
};

for (const [name, relation] of Object.entries(RELATIONS)) {
  test(`${name}: every event has an outcome that cites a rule, and the inputs are not touched`, t => {
    relation(t, answers => answers.length > 0 && answers.every(({rules}) => rules.length > 0));
  });

  test(`${name}: states and effects are plain data`, t => {
    relation(t, answers => answers.every(({state, effects}) => survivesJson(state) && survivesJson(effects)));
  });

  test(`${name}: what an outcome cites applies under the repairs that are on`, t => {
    relation(t, (answers, repairs) => answers.every(({rules}) => rules.every(rule => isApplicable(rule, repairs))));
  });
}

test('the stage of a VM changes along rows of the table only', t => {
  const TRIGGERS = [
    ...(['settled', 'chosen', 'listed', 'turned', 'commanded'] as const),
    ...(['failed', 'postponed', 'crowded', 'denied', 'spent'] as const),
  ];
  const follows = (stage: Stage): readonly Stage[] => TRIGGERS.flatMap(trigger => nextStage(stage, trigger) ?? []);
  const within = (steps: number, from: readonly Stage[]): readonly Stage[] =>
    steps === 0 ? from : within(steps - 1, [...new Set([...from, ...from.flatMap(follows)])]);
  always(t, [failoverConfig, aTerm, failoverState, failoverEvent], (config, term, state, event) =>
    failoverOutcomes(config, term, state, event).every(({state: after}) =>
      after.inventory.every(entry => {
        const before = state.inventory.find(({vm}) => vm === entry.vm);
        return before === undefined || within(4, [before.stage]).includes(entry.stage);
      }),
    ),
  );
});

test('the power of a VM changes along a row of the table only', t => {
  const TRIGGERS = ['requested', 'granted', 'denied', 'lost', 'regained', 'ended', 'received'] as const;
  always(t, [runtimeConfig, runtimeState, runtimeEvent], (config, state, event) =>
    runtimeOutcomes(config, state, event).every(({state: after}) =>
      [...state, ...after].every(({vm}) => {
        const powerIn = (list: typeof state): Power => list.find(other => other.vm === vm)?.power ?? 'stopped';
        const [before, now] = [powerIn(state), powerIn(after)];
        return (
          event.type === 'Crashed' || before === now || TRIGGERS.some(trigger => nextPower(before, trigger) === now)
        );
      }),
    ),
  );
});

test('a VM is in the inventory once, and on one list at most', t => {
  always(t, [failoverConfig, aTerm, failoverState, failoverEvent], (config, term, state, event) =>
    failoverOutcomes(config, term, state, event).every(({state: {inventory}}) => {
      const names = inventory.map(({vm}) => vm);
      const isSorted = names.every((vm, index) => index === 0 || (names[index - 1] ?? '') < vm);
      return isSorted && inventory.every(entry => !(isOnRestartList(entry) && isOnWaitList(entry)));
    }),
  );
});

test('a delay has its timer; with timeouts, silence and a wait that is registered have; and nothing else has', t => {
  const timed = ({repairs, placement}: FailoverConfig, {inventory}: FailoverState) =>
    inventory
      .flatMap(entry => {
        const {vm, stage, round, attempts} = entry;
        const isSilent = stage === 'starting' || (stage === 'placing' && entry.awaited.length > 0);
        const isRegistered = ['lacking', 'waiting', 'exhausted'].includes(stage) && placement !== 'publish';
        const isTimed = stage === 'delayed' || (repairs.timeouts && (isSilent || isRegistered));
        return isTimed ? [`${vm} ${stage} ${round} ${attempts}`] : [];
      })
      .sort();
  const nameOf = ({vm, stage, round, attempt}: FailoverTimer): string => `${vm} ${stage} ${round} ${attempt}`;
  always(t, [failoverConfig, aTerm, failoverState, failoverEvent], (config, term, state, event) =>
    failoverOutcomes(config, term, state, event).every(({state: after, effects}) => {
      const running = new Set(timed(config, state));
      for (const effect of effects) {
        if (effect.type === 'CancelTimer') running.delete(nameOf(effect.timer));
        if (effect.type === 'SetTimer') running.add(nameOf(effect.timer));
      }
      return JSON.stringify([...running].sort()) === JSON.stringify(timed(config, after));
    }),
  );
});

test('FO-23: a host is commanded only when it said or published that it can, or where places are tried', t => {
  always(t, [failoverConfig, aTerm, failoverState, failoverEvent], (config, term, state, event) =>
    failoverOutcomes(config, term, state, event).every(({effects, state: after}) =>
      effects.every(effect => {
        if (effect.type !== 'Send' || effect.message.type !== 'RestartCommand') return true;
        const {vm} = effect.message;
        const before = state.inventory.find(entry => entry.vm === vm);
        const said = before?.stage === 'placing' && before.candidates.includes(effect.to);
        const says =
          event.type === 'Received' &&
          event.from === effect.to &&
          event.message.type === 'PlaceAnswer' &&
          event.message.standing.capacity;
        const now = after.inventory.find(entry => entry.vm === vm);
        const publishes =
          config.placement === 'publish' &&
          after.published.some(place => place.vm === vm && place.host === effect.to && place.standing.capacity);
        const isAllowed = said || says || publishes || config.placement === 'try';
        return now?.stage === 'starting' && now.on === effect.to && isAllowed;
      }),
    ),
  );
});

test('a primary starts with nothing, which is a valid state for every event', t => {
  always(t, [failoverConfig, aTerm, failoverEvent], (config, term, event) =>
    failoverOutcomes(config, term, noFailover, event).every(({state}) => state.inventory.length <= 1),
  );
});

test('a crash leaves nothing of the runtime, and what is left takes every event', t => {
  always(t, [runtimeConfig, runtimeState, runtimeEvent], (config, state, event) =>
    runtimeOutcomes(config, state, {type: 'Crashed'}).every(
      ({state: after}) => after.length === 0 && runtimeOutcomes(config, after, event).length > 0,
    ),
  );
});

test('RS-01 RS-04: a VM comes to run by a lock that was taken, or with the lock that it had where it came from', t => {
  always(t, [runtimeConfig, runtimeState, runtimeEvent], (config, state, event) =>
    runtimeOutcomes(config, state, event).every(({state: after}) =>
      after.every(instance => {
        const before = state.find(({vm}) => vm === instance.vm);
        if (instance.power !== 'running' || before?.power === 'running' || before?.power === 'stalled') return true;
        const isTaken = event.type === 'LockAnswered' && event.answer.type === 'taken' && event.seen.access.all;
        return isTaken || event.type === 'MigratedIn';
      }),
    ),
  );
});
