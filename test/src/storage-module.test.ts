// Laws of the storage module, true of any state and event that the types allow, reachable or not.

import test from 'ava';
import fc from 'fast-check';
import {
  isNewer,
  recalculated,
  type StorageConfig,
  type StorageEvent,
  type StorageState,
  storageOutcomes,
} from '../../src/index.js';
import {layout, someHosts} from '../arbitraries/cluster.js';
import {frozen} from '../arbitraries/frozen.js';
import {durableStorage, stateAndStorageEvent, storageConfig, storageEvent} from '../arbitraries/storage.js';

const always = (
  holds: (
    before: StorageState,
    event: StorageEvent,
    outcome: ReturnType<typeof storageOutcomes>[0],
    config: StorageConfig,
  ) => boolean,
): void =>
  fc.assert(
    fc.property(storageConfig, stateAndStorageEvent, (config, [state, event]) =>
      storageOutcomes(frozen(config), frozen(state), frozen(event)).every(outcome =>
        holds(state, event, outcome, config),
      ),
    ),
    {numRuns: 5000},
  );

test('every state and event has an outcome with a rule, none of them is changed, and what results is plain data', t => {
  t.notThrows(() =>
    always((_state, _event, outcome) => {
      const text = JSON.stringify(outcome);
      return outcome.rules.length > 0 && JSON.stringify(JSON.parse(text)) === text;
    }),
  );
});

test('DR-17: a changed durable state is persisted first, and nothing else is persisted', t => {
  t.notThrows(() =>
    always(({durable}, _event, {state, effects}) => {
      const [first, ...others] = effects.map(({type}) => type);
      const changed = JSON.stringify(durable) !== JSON.stringify(state.durable);
      return (!changed || first === 'Persist') && !others.includes('Persist');
    }),
  );
});

test('a host never promises itself to a lower number than it has', t => {
  t.notThrows(() => always(({durable}, _event, {state}) => state.durable.number >= durable.number));
});

test('DR-01: a host begins reigns only with numbers that are its own', t => {
  t.notThrows(() =>
    always(({durable}, _event, {state, effects}, {self, hosts}) => {
      const leads = effects.some(effect => effect.type === 'Send' && effect.message.type === 'Lead');
      const {number} = state.durable;
      return !leads || number === durable.number || number % hosts.length === hosts.indexOf(self);
    }),
  );
});

test('OB-05 OB-22: with an owner, a component never takes a write that is older than what it holds', t => {
  t.notThrows(() =>
    always((before, event, {state}, {repairs}) => {
      if (!repairs['directory-owner'] || event.type !== 'Received' || event.message.type !== 'ComponentWrite')
        return true;
      return before.durable.components.every(held => {
        const now = state.durable.components.find(({object}) => object === held.object);
        return now !== undefined && !isNewer(held.version, now.version);
      });
    }),
  );
});

test('CH-05: with cache-notices, nothing that a host knows changes without a notification', t => {
  t.notThrows(() =>
    always((before, _event, {state, effects}, {repairs}) => {
      if (!repairs['cache-notices'] || before.role === 'down' || state.role === 'down') return true;
      const told = effects.some(({type}) => type === 'Changed');
      const reads = ({directory}: typeof before) =>
        JSON.stringify(
          directory.map(({object, content: {identity, register}}) => [
            object,
            identity,
            register.value,
            register.generation,
          ]),
        );
      return told || reads(before) === reads(state) || onlyDisks(before, state);
    }),
  );
});

/** GET tells nothing of disks, and a VM whose other objects are lost stays as inaccessible as it was. */
const onlyDisks = (before: StorageState, after: StorageState): boolean => {
  const homes = (state: StorageState) =>
    state.role === 'up'
      ? JSON.stringify(
          state.directory
            .filter(({object}) => object !== 'disk')
            .map(({object, content: {identity, register}}) => [object, identity, register.value, register.generation]),
        )
      : '';
  return homes(before) === homes(after);
};

test('what a crash leaves is a state that restarts, and goes on without a throw', t => {
  t.notThrows(() =>
    fc.assert(
      fc.property(
        storageConfig,
        durableStorage,
        someHosts,
        fc.array(storageEvent, {maxLength: 8}),
        (config, durable, reachable, events) => {
          const stored = JSON.parse(JSON.stringify(durable));
          let [{state}] = storageOutcomes(config, {role: 'down', durable: stored}, {type: 'Restarted', reachable});
          if (state.role !== 'up') return false;
          for (const event of events) [{state}] = storageOutcomes(config, frozen(state), event);
          return state.durable.number >= durable.number;
        },
      ),
      {numRuns: 2000},
    ),
  );
});

test('recalculated votes are of those present, never add up to an even number with a replica, and take nothing away', t => {
  t.notThrows(() =>
    fc.assert(
      fc.property(layout, someHosts, ({components}, present) => {
        const voters = recalculated(components, present);
        const total = voters.reduce((sum, {votes}) => sum + votes, 0);
        return (
          voters.every(({host, votes}) => {
            const before = components.find(component => component.host === host);
            return present.includes(host) && before !== undefined && votes >= before.votes;
          }) &&
          (total % 2 === 1 || !voters.some(({kind}) => kind === 'replica'))
        );
      }),
      {numRuns: 2000},
    ),
  );
});
