import type {Brand} from '../kernel/brand.js';

export type HostId = Brand<string, 'HostId'>;
export type VmId = Brand<string, 'VmId'>;
export type ObjectId = Brand<string, 'ObjectId'>;

/** Numbers the elections: at most one primary in a term. */
export type Term = Brand<number, 'Term'>;

/** Numbers the user's intents for one VM: the platform counts every power-on and power-off. */
export type Generation = Brand<number, 'Generation'>;

/** Numbers a primary's attempts at one generation, from 0. */
export type Round = Brand<number, 'Round'>;

export const hostId = (name: string): HostId => name as HostId;
export const vmId = (name: string): VmId => name as VmId;
export const objectId = (name: string): ObjectId => name as ObjectId;
export const term = (count: number): Term => count as Term;
export const generation = (count: number): Generation => count as Generation;
export const round = (count: number): Round => count as Round;

export const nextGeneration = (current: Generation): Generation => generation(current + 1);
export const nextRound = (current: Round): Round => round(current + 1);
