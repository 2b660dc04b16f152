// Mutants of the storage modules.

import {
  type DirectoryEntry,
  type StorageConfig,
  type StorageEffect,
  type StorageEvent,
  type StorageMessage,
  type StorageState,
  storageOutcomes,
} from '../../src/index.js';
import {doing, keeping, type Mutants, mistaking} from './mutant.js';

/** What the scene calls. */
export const RELATIONS = {storageOutcomes};

type Relations = typeof RELATIONS;
type Given = Parameters<typeof storageOutcomes>;

const isAbout = (event: StorageEvent, ...types: readonly StorageMessage['type'][]): boolean =>
  event.type === 'Received' && types.includes(event.message.type);

/** It takes its situation for another one. */
const taking =
  (change: (config: StorageConfig, state: StorageState, event: StorageEvent) => Given) =>
  ({storageOutcomes}: Relations) => ({storageOutcomes: mistaking(storageOutcomes, change)});

/** It says something else. */
const saying =
  (change: (message: StorageMessage) => readonly StorageMessage[]) =>
  ({storageOutcomes}: Relations) => ({
    storageOutcomes: doing(storageOutcomes, effects =>
      effects.flatMap((effect): readonly StorageEffect[] =>
        effect.type === 'Send' ? change(effect.message).map(message => ({...effect, message})) : [effect],
      ),
    ),
  });

/** It remembers something else than it should. */
const remembering =
  (when: (event: StorageEvent) => boolean, change: (after: StorageState, before: StorageState) => StorageState) =>
  ({storageOutcomes}: Relations) => ({
    storageOutcomes: keeping(storageOutcomes, (after, _config, before, event) =>
      when(event) ? change(after, before) : after,
    ),
  });

const unprotected = (entry: DirectoryEntry): DirectoryEntry => ({
  ...entry,
  content: {...entry.content, register: {...entry.content.register, value: 'unprotected'}},
});

/** An acknowledgement that has not come of what is being written. */
const missingAck = (state: StorageState): StorageEvent | null => {
  const writing = state.role === 'up' ? state.reign?.charges.find(charge => charge.phase === 'serving') : undefined;
  if (writing?.phase !== 'serving' || writing.work === null) return null;
  const {object, entry, held} = writing;
  const from = entry.voters.find(({host}) => !held.includes(host))?.host;
  const {number} = state.durable;
  return from === undefined
    ? null
    : {type: 'Received', from, message: {type: 'ComponentAck', number, object, version: entry.version}};
};

const SMALL = {views: '1', toggles: '1', links: 'partitions'};
const CUT = {views: '2', toggles: '1', links: 'partitions'};

export const MUTANTS: Mutants<Relations> = {
  'one-component-is-a-quorum': {
    does: 'counts an acknowledgement more than has come, as if a quorum were one component fewer',
    fault: ({storageOutcomes}) => ({
      storageOutcomes: (config, state, event) => {
        const [begun] = storageOutcomes(config, state, event);
        const ack = missingAck(begun.state);
        if (ack === null) return [begun];
        const [ended] = storageOutcomes(config, begun.state, ack);
        return [{...ended, effects: [...begun.effects, ...ended.effects]}];
      },
    }),
    trials: [SMALL],
  },
  'remembers-what-it-did-not-write': {
    does: 'directs an object in the belief that it is unprotected, whatever was written',
    fault: remembering(
      () => true,
      after => {
        if (after.role === 'down' || after.reign === null) return after;
        const charges = after.reign.charges.map(charge =>
          charge.phase === 'serving' && charge.work === null ? {...charge, entry: unprotected(charge.entry)} : charge,
        );
        return {...after, reign: {...after.reign, charges}};
      },
    ),
    trials: [{...SMALL, views: '0'}],
  },
  'acknowledges-and-does-not-write': {
    does: 'says that it has written what it has not',
    fault: remembering(
      event => isAbout(event, 'ComponentWrite'),
      (after, before) => ({...after, durable: {...after.durable, components: before.durable.components}}),
    ),
    trials: [SMALL],
  },
  'never-acknowledges': {
    does: 'does not say that it has written',
    fault: saying(message => (message.type === 'ComponentAck' ? [] : [message])),
    trials: [SMALL],
  },
  'stale-components-vote': {
    does: 'lets every component vote, whatever its configuration number',
    fault: taking((config, state, event) => [
      {...config, repairs: {...config.repairs, 'configuration-numbers': false}},
      state,
      event,
    ]),
    trials: [CUT],
  },
  'serves-two-owners': {
    does: 'writes for whoever asks, of whatever reign',
    fault: ({storageOutcomes}) => ({
      storageOutcomes: (config, state, event) => {
        if (event.type !== 'Received' || event.message.type !== 'ComponentWrite' || state.role === 'down') {
          return storageOutcomes(config, state, event);
        }
        const {number} = event.message;
        const obedient = {...state, owner: event.from, durable: {...state.durable, number}};
        const [{state: after, effects, rules}] = storageOutcomes(config, obedient, event);
        const {owner} = state;
        const durable = {...after.durable, number: state.durable.number};
        return [{state: {...after, owner, durable} as StorageState, effects, rules}];
      },
    }),
    trials: [CUT, {...SMALL, only: 'ObeysItsOwner'}],
  },
  'breaks-its-promise': {
    does: 'follows an owner of a lower number than it has promised itself to',
    fault: taking((config, state, event) => [
      config,
      state.role === 'up' && event.type === 'Received' && event.message.type === 'Lead'
        ? {...state, durable: {...state.durable, number: (event.message.number - 1) as typeof event.message.number}}
        : state,
      event,
    ]),
    trials: [CUT],
  },
  'forgets-its-promise': {
    does: 'forgets in a crash which number it has promised itself to',
    fault: remembering(
      ({type}) => type === 'Crashed',
      after => ({...after, durable: {...after.durable, number: 0 as typeof after.durable.number}}),
    ),
    trials: [
      {...SMALL, crashes: '1'},
      {...SMALL, crashes: '1', only: 'NumbersRise'},
    ],
  },
  'numbers-as-it-likes': {
    does: 'takes itself for the first host when it numbers its reign',
    fault: taking((config, state, event) => [
      {...config, hosts: [config.self, ...config.hosts.filter(host => host !== config.self)]},
      state,
      event,
    ]),
    trials: [{...SMALL, toggles: '0', only: 'OneOwnerPerNumber'}],
  },
  'counts-votes-for-itself': {
    does: 'directs the objects itself wherever it is',
    fault: taking((config, state, event) => [
      {...config, repairs: {...config.repairs, 'directory-owner': false}},
      state,
      event,
    ]),
    trials: [{...SMALL, links: 'graphs'}],
  },
  'ignores-generations': {
    does: 'carries out a SET whatever its generation',
    fault: taking((config, state, event) => [
      {...config, repairs: {...config.repairs, generations: false}},
      state,
      event,
    ]),
    trials: [{views: '0', toggles: '2', links: 'partitions'}],
  },
  'ignores-identity': {
    does: 'carries out a call for a VM that was deleted on the one that was created anew',
    fault: taking((config, state, event) => [
      {...config, repairs: {...config.repairs, 'object-identity': false}},
      state,
      event,
    ]),
    trials: [{views: '0', toggles: '1', creations: '1', links: 'partitions'}],
  },
  'grants-a-lock-that-is-held': {
    does: 'answers ok to whoever takes the lock, held or not',
    fault: ({storageOutcomes}) => ({
      storageOutcomes: doing(storageOutcomes, effects =>
        effects.map(effect =>
          effect.type === 'Answer' && effect.result === 'held' ? {...effect, result: 'ok'} : effect,
        ),
      ),
    }),
    trials: [
      {views: '0', toggles: '0', locks: '2', links: 'partitions'},
      {views: '0', toggles: '0', locks: '2', links: 'partitions', only: 'LockExclusive'},
    ],
  },
  'votes-without-the-old-quorum': {
    does: 'gives up the votes of absent components on its own',
    fault: taking((config, state, event) => [
      {...config, repairs: {...config.repairs, 'quorum-recalculation': false}},
      state,
      event,
    ]),
    trials: [{views: '1', toggles: '1', absences: '2', links: 'partitions'}],
  },
  'never-publishes': {
    does: 'does not tell the members of its partition what is committed',
    fault: saying(message => (message.type === 'Publish' ? [] : [message])),
    trials: [SMALL],
  },
  'never-notifies': {
    does: 'does not announce changes to its HA module',
    fault: ({storageOutcomes}) => ({
      storageOutcomes: doing(storageOutcomes, effects => effects.filter(({type}) => type !== 'Changed')),
    }),
    trials: [{views: '1', toggles: '1', reads: '1', links: 'partitions'}],
  },
  'does-not-persist': {
    does: 'does not write to its disk what its components hold',
    fault: ({storageOutcomes}) => ({
      storageOutcomes: doing(storageOutcomes, effects => effects.filter(({type}) => type !== 'Persist')),
    }),
    trials: [{views: '0', toggles: '1', links: 'partitions', only: 'Persists'}],
  },
  'forgets-no-directory': {
    does: 'goes on saying that an object is accessible when its partition has another owner',
    fault: ({storageOutcomes}) => ({
      storageOutcomes: keeping(storageOutcomes, (after, _config, before) =>
        after.role === 'up' && before.role === 'up' && after.directory.length === 0
          ? {...after, directory: before.directory}
          : after,
      ),
    }),
    trials: [{views: '1', toggles: '0', links: 'partitions', only: 'KnowsAccess'}],
  },
  'answers-every-farewell': {
    does: 'says farewell to whoever says farewell',
    fault: ({storageOutcomes}) => ({
      storageOutcomes: doing(storageOutcomes, (effects, _config, _state, event) =>
        event.type === 'Received' && event.message.type === 'Left'
          ? [...effects, {type: 'Send', to: event.from, message: event.message}]
          : effects,
      ),
    }),
    trials: [{views: '2', toggles: '0', links: 'partitions', only: 'StorageRests'}],
  },
};
