// What storage modules say to each other. `number` is that of the reign which the message is about.

import type {Configuration, Epoch, ObjectId} from '../../cluster/ids.js';
import type {CallResult, NamespaceObject, ObjectCall} from '../namespace.js';
import type {DirectoryEntry, Version} from './entry.js';

/** What a host knows of one object: what its owner told it last. */
export type Known = {
  readonly object: ObjectId;
  readonly version: Version;
  readonly content: NamespaceObject;
};

type Numbered = {readonly number: Configuration};

/** What storage modules say to each other. */
export type StorageMessage =
  | (Numbered & {readonly type: 'Hello'})
  | (Numbered & {readonly type: 'Lead'})
  | (Numbered & {readonly type: 'Refused'; readonly promised: Configuration})
  | (Numbered & {readonly type: 'Joined'; readonly components: readonly DirectoryEntry[]})
  | (Numbered & {readonly type: 'Left'})
  | (Numbered & {readonly type: 'ComponentWrite'; readonly entry: DirectoryEntry})
  | (Numbered & {readonly type: 'ComponentAck'; readonly object: ObjectId; readonly version: Version})
  | (Numbered & {readonly type: 'Publish'; readonly known: Known})
  | (Numbered & {readonly type: 'Call'; readonly object: ObjectId; readonly call: ObjectCall})
  | (Numbered & {
      readonly type: 'Reply';
      readonly object: ObjectId;
      readonly call: ObjectCall;
      readonly result: CallResult;
      readonly epoch: Epoch;
    });

/** A message of one type. */
export type StorageMessageOf<T extends StorageMessage['type']> = Extract<StorageMessage, {readonly type: T}>;
