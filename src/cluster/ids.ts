import type {Brand} from '../kernel/brand.js';

export type HostId = Brand<string, 'HostId'>;
export type VmId = Brand<string, 'VmId'>;
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

export const hostId = (name: string): HostId => name as HostId;
export const vmId = (name: string): VmId => name as VmId;
export const objectId = (name: string): ObjectId => name as ObjectId;
export const term = (count: number): Term => count as Term;
export const generation = (count: number): Generation => count as Generation;
export const identity = (count: number): Identity => count as Identity;
export const epoch = (count: number): Epoch => count as Epoch;
export const configuration = (count: number): Configuration => count as Configuration;
export const round = (count: number): Round => count as Round;

export const nextGeneration = (current: Generation): Generation => generation(current + 1);
export const nextRound = (current: Round): Round => round(current + 1);
export const nextEpoch = (current: Epoch): Epoch => epoch(current + 1);
