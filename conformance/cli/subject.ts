// The subject as the command line names it: a program after `--`, or an address.

import {Refusal} from '../../model/cli/refusal.js';
import {VERSION} from '../../model/engine/version.js';
import {profile, type Repairs, repairsOf} from '../../src/index.js';
import {Breakdown} from '../adapter/breakdown.js';
import type {Open} from '../adapter/channel.js';
import {type Connection, connected} from '../adapter/connection.js';
import {program} from '../adapter/program.js';
import type {Hello, ModuleName} from '../adapter/protocol.js';
import {addressOf, socket} from '../adapter/socket.js';
import {isRepair} from '../suites.js';

export const SUITE = `holdfast ${VERSION}`;

/** How to get at it. Refuses what names no subject, or two. */
export const subjectOf = (words: readonly string[], address: string | null): Open => {
  if (address === null) {
    if (words.length > 0) return program(words);
    throw new Refusal('there is no subject: name its command after --, or its address with --connect');
  }
  if (words.length > 0) throw new Refusal('--connect and a command after -- are two subjects: name one');
  const found = addressOf(address);
  if (found === null) throw new Refusal(`--connect takes tcp:HOST:PORT or unix:PATH, not "${address}"`);
  return socket(found);
};

/** A subject that has said who it is. */
export type Met = {readonly connection: Connection; readonly said: Hello};

/** Throws a Breakdown where there is nobody, or somebody else; then nothing is left running. */
export const met = async (open: Open, timeoutSeconds: number): Promise<Met> => {
  const connection = await connected(open, 1000 * timeoutSeconds);
  try {
    return {connection, said: await connection.hello(SUITE)};
  } catch (thrown) {
    await connection.close();
    if (thrown instanceof Breakdown) throw withComplaints(thrown, connection);
    throw thrown;
  }
};

/** So many more connections to a subject. Throws a Breakdown where one cannot be made; then none is left running. */
export const crewOf = async (open: Open, timeoutSeconds: number, size: number): Promise<readonly Connection[]> => {
  const all = await Promise.allSettled(Array.from({length: size}, () => met(open, timeoutSeconds)));
  const made = all.flatMap(each => (each.status === 'fulfilled' ? [each.value.connection] : []));
  const failed = all.find(each => each.status === 'rejected');
  if (failed === undefined) return made;
  await Promise.all(made.map(connection => connection.close()));
  throw failed.reason;
};

/** What a subject wrote to its standard error often tells why it broke down. */
const withComplaints = (breakdown: Breakdown, {complaints}: Connection): Breakdown => {
  const last = complaints().trim();
  return last === '' ? breakdown : new Breakdown(breakdown.outcome, `${breakdown.message}\n${last}`);
};

export type RepairChoice = 'claimed' | 'hardened' | null;

/** The repairs that it is judged by: those that were asked for, else those that it names, else all. */
export const repairsFor = (choice: RepairChoice, {repairs}: Hello): Repairs => {
  if (choice !== null) return profile(choice);
  if (repairs === undefined) return profile('hardened');
  const unknown = repairs.find(name => !isRepair(name));
  if (unknown !== undefined) throw new Breakdown('wrong-shape', `hello names a repair that does not exist: ${unknown}`);
  return repairsOf(repairs.filter(isRepair));
};

/** Which module is meant, where nothing was asked for: the only one that it has. */
export const moduleFor = (asked: ModuleName | null, {modules}: Hello): ModuleName => {
  const [only, ...others] = modules;
  if (asked !== null) return asked;
  if (only !== undefined && others.length === 0) return only;
  throw new Refusal(`--profile says which of its modules is meant: ${modules.join(', ')}`);
};
