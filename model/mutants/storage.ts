// Mutants of the storage modules.

import {
  type DirectoryEntry,
  type HostId,
  type StorageConfig,
  type StorageEffect,
  type StorageEvent,
  type StorageMessage,
  type StorageState,
  storageOutcomes,
} from '../../src/index.js';
import {doing, ignoring, keeping, type Mutants, mistaking} from './mutant.js';

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

/** It hears something else. */
const hearing = (change: (message: StorageMessage, state: StorageState) => StorageMessage) =>
  taking((config, state, event) => [
    config,
    state,
    event.type === 'Received' ? {...event, message: change(event.message, state)} : event,
  ]);

/** It does not hear of something. */
const deafTo =
  (when: (event: StorageEvent, state: StorageState) => boolean) =>
  ({storageOutcomes}: Relations) => ({
    storageOutcomes: ignoring(
      storageOutcomes,
      (_config, state) => state,
      (_config, state, event) => when(event, state),
    ),
  });

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

/** It forgets some of what is durable. */
const forgetting =
  (when: (event: StorageEvent) => boolean, change: (after: StorageState, before: StorageState) => StorageState) =>
  ({storageOutcomes}: Relations) => ({
    storageOutcomes: keeping(storageOutcomes, (after, _config, before, event) =>
      when(event) ? change(after, before) : after,
    ),
  });

const withCurrent = (entry: DirectoryEntry, current: readonly HostId[]): DirectoryEntry => ({
  ...entry,
  content: {...entry.content, register: {...entry.content.register, current}},
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
  'acknowledges-and-does-not-write': {
    does: 'says that it has written what it has not',
    fault: forgetting(
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
    does: 'takes every component for current',
    fault: hearing(message =>
      message.type === 'Joined'
        ? {
            ...message,
            components: message.components.map(entry => withCurrent(entry, entry.voters.map(({host}) => host).sort())),
          }
        : message,
    ),
    trials: [{...CUT, losses: '1'}],
  },
  'ignores-configuration-numbers': {
    does: 'takes what the first component holds for the newest',
    fault: taking((config, state, event) => [
      {...config, repairs: {...config.repairs, 'configuration-numbers': false}},
      state,
      event,
    ]),
    trials: [CUT],
  },
  'starts-on-any-component': {
    does: 'takes part of a quorum for all of it when it collects what there is',
    fault: hearing(message =>
      message.type === 'Joined'
        ? {...message, components: message.components.map(entry => ({...entry, voters: entry.voters.slice(0, 1)}))}
        : message,
    ),
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
    trials: [CUT],
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
    fault: forgetting(
      ({type}) => type === 'Crashed',
      after => ({...after, durable: {...after.durable, number: 0 as typeof after.durable.number}}),
    ),
    trials: [{...SMALL, crashes: '1'}],
  },
  'forgets-its-components': {
    does: 'forgets in a crash what its components hold',
    fault: forgetting(
      ({type}) => type === 'Crashed',
      after => ({...after, durable: {...after.durable, components: []}}),
    ),
    trials: [{...SMALL, crashes: '1'}],
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
  'carries-out-late-calls': {
    does: 'carries out a call of an earlier reign',
    fault: hearing((message, {durable}) => (message.type === 'Call' ? {...message, number: durable.number} : message)),
    trials: [{views: '2', toggles: '2', links: 'partitions'}],
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
  'answers-before-it-is-written': {
    does: 'answers ok to whoever takes the lock, held or not',
    fault: ({storageOutcomes}) => ({
      storageOutcomes: doing(storageOutcomes, effects =>
        effects.map(effect =>
          effect.type === 'Answer' && effect.result === 'held' ? {...effect, result: 'ok'} : effect,
        ),
      ),
    }),
    trials: [{views: '0', toggles: '0', locks: '2', links: 'partitions'}],
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
  'never-resynchronises': {
    does: 'leaves stale components stale',
    fault: deafTo(
      (event, state) =>
        isAbout(event, 'ComponentAck') &&
        state.role === 'up' &&
        (state.reign?.charges.some(({phase}) => phase === 'serving') ?? false) &&
        state.reign?.charges.every(charge => charge.phase === 'serving' && charge.work === null) === true,
    ),
    trials: [CUT],
  },
  'never-says-that-it-left': {
    does: 'changes its owner and does not tell the old one',
    fault: saying(message => (message.type === 'Left' ? [] : [message])),
    trials: [{...CUT, links: 'graphs'}],
  },
};
