import type {Brand} from '../kernel/brand.js';

/** Names a host. Compared as text. */
export type HostId = Brand<string, 'HostId'>;

/** Names a VM, for as long as it exists. */
export type VmId = Brand<string, 'VmId'>;

/** Names an object of the object store. */
export type ObjectId = Brand<string, 'ObjectId'>;

/** Numbers the elections: at most one primary in a term. */
export type Term = Brand<number, 'Term'>;

/** Numbers the user's intents for one VM: the platform counts every power-on and power-off. */
export type Generation = Brand<number, 'Generation'>;

/** Numbers the objects of one VM: a VM that is created anew has a new namespace object. */
export type Identity = Brand<number, 'Identity'>;

/** Counts the times that an object's lock was taken. */
export type Epoch = Brand<number, 'Epoch'>;

/** Numbers the reigns of directory owners; no two owners ever use the same. */
export type Configuration = Brand<number, 'Configuration'>;

/** Numbers a primary's attempts at one generation, from 0. */
export type Round = Brand<number, 'Round'>;

/** A text as the id of a host. */
export const hostId = (name: string): HostId => name as HostId;

/** A text as the id of a VM. */
export const vmId = (name: string): VmId => name as VmId;

/** A text as the id of an object. */
export const objectId = (name: string): ObjectId => name as ObjectId;

/** A number as a term. */
export const term = (count: number): Term => count as Term;

/** A number as a generation. */
export const generation = (count: number): Generation => count as Generation;

/** A number as an identity. */
export const identity = (count: number): Identity => count as Identity;

/** A number as an epoch. */
export const epoch = (count: number): Epoch => count as Epoch;

/** A number as the number of a reign. */
export const configuration = (count: number): Configuration => count as Configuration;

/** A number as a round. */
export const round = (count: number): Round => count as Round;

/** The generation after this one. */
export const nextGeneration = (current: Generation): Generation => generation(current + 1);

/** The round after this one. */
export const nextRound = (current: Round): Round => round(current + 1);

/** The epoch after this one. */
export const nextEpoch = (current: Epoch): Epoch => epoch(current + 1);
