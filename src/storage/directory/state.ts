import {type Configuration, configuration, type HostId, identity, type ObjectId} from '../../cluster/ids.js';
import type {ObjectLayout} from '../../cluster/layout.js';
import {type CallResult, createdObject, type ObjectCall} from '../namespace.js';
import type {StorageConfig} from './config.js';
import type {DirectoryEntry} from './entry.js';
import type {Known} from './messages.js';

/** Survives a crash: the highest number this host has promised itself to, and what its components hold, by object. */
export type StorageDurable = {
  readonly number: Configuration;
  readonly components: readonly DirectoryEntry[];
};

/** A call that the owner has taken, and whose it is. */
export type Taken = {readonly from: HostId; readonly call: ObjectCall};

/** Why an entry is being written: to begin a reign, for a call, to make components current, or to change votes. */
export type Work =
  | {readonly type: 'Establish'}
  | (Taken & {readonly type: 'Call'; readonly result: CallResult})
  | {readonly type: 'Resync'}
  | {readonly type: 'Recalculate'};

/**
 * One object, as its partition's owner sees it. `collecting`: too few votes have joined; `answers` is what the hosts
 * with components have answered, sorted by host, null where the component is lost. `serving`: `held` is who holds the
 * entry; it is committed once a quorum does, and then there is no `work`.
 */
export type Charge =
  | {
      readonly phase: 'collecting';
      readonly object: ObjectId;
      readonly answers: readonly {readonly host: HostId; readonly entry: DirectoryEntry | null}[];
    }
  | {
      readonly phase: 'serving';
      readonly object: ObjectId;
      readonly entry: DirectoryEntry;
      readonly held: readonly HostId[];
      readonly work: Work | null;
      readonly queue: readonly Taken[];
    };

export const unanswered = (object: ObjectId): Charge => ({phase: 'collecting', object, answers: []});

export type Serving = Extract<Charge, {readonly phase: 'serving'}>;

/** The reign of a directory owner. Its number is the one the host itself has promised. */
export type Reign = {readonly joined: readonly HostId[]; readonly charges: readonly Charge[]};

export type Up = {
  readonly role: 'up';
  readonly durable: StorageDurable;
  readonly reachable: readonly HostId[];
  /** Whom this host follows: itself where it has a reign, null where it seeks. */
  readonly owner: HostId | null;
  readonly reign: Reign | null;
  /** This host's replica of the directory, by object: what is accessible, as its owner said in the reign that lasts. */
  readonly directory: readonly Known[];
};

/** The state of one host's storage module. */
export type StorageState = Up | {readonly role: 'down'; readonly durable: StorageDurable};

export const objectsOf = ({vms}: StorageConfig): readonly ObjectLayout[] =>
  vms.flatMap(({namespace, disks}) => [namespace, ...disks]);

const START = {configuration: configuration(0), sequence: 0};

/** What a host keeps when the cluster is created: a component of every object that is laid out on it. */
export const firstDurable = (config: StorageConfig): StorageDurable => ({
  number: configuration(0),
  components: objectsOf(config)
    .filter(({components}) => components.some(({host}) => host === config.self))
    .map(layout => ({
      object: layout.object,
      version: START,
      content: createdObject(layout, identity(1)),
      voters: layout.components,
      former: null,
    }))
    .sort((a, b) => (a.object < b.object ? -1 : 1)),
});

/** A storage module that has just come up: it knows nothing but what is durable. */
export const awake = (durable: StorageDurable): Up => ({
  role: 'up',
  durable,
  reachable: [],
  owner: null,
  reign: null,
  directory: [],
});
