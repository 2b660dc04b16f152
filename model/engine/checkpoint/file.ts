import {closeSync, fsyncSync, openSync, readSync, renameSync, statSync, unlinkSync, writeFileSync} from 'node:fs';
import type {Tally} from '../coverage.js';
import type {Mishap} from '../parallel/messages.js';
import type {Block} from '../tables/table.js';
import type {Identity} from './identity.js';
import {sha256} from './sha256.js';

/** A search that stopped between two states: enough to go on as if it had not. */
export type Snapshot = {
  /** The level being expanded, and the size of a packed state in words. */
  readonly depth: number;
  readonly words: number;
  readonly bits: readonly number[];
  /** By sort: the values that it holds, as texts by id; null for sorts that are not packed. */
  readonly texts: readonly (readonly string[] | null)[];
  readonly generated: number;
  /** What the search has taken so far. */
  readonly seconds: number;
  readonly failures: readonly Mishap[];
  readonly tallies: readonly Tally[];
  readonly initial: number;
  /**
   * States of the level that are left, states of the next level so far, and all states: each packed, in blocks. A
   * search that keeps every state has all of them in the order in which they were found, these last.
   */
  readonly level: Iterable<Block>;
  readonly next: Iterable<Block>;
  readonly visited: Iterable<Block>;
};

/** The number is that of the format, to which belongs how states are packed. */
const MAGIC = 'holdfast checkpoint 3\n';
const SECTIONS = ['level', 'next', 'visited'] as const;
const DIGEST_BYTES = 32;

/** A checkpoint that cannot be written, or cannot be gone on from, with the reason. */
export class CheckpointError extends Error {
  override readonly name = 'CheckpointError';
}

/**
 * Writes a snapshot next to `path` and renames it, so that a file of that name is always a whole one. Layout: magic
 * line, length of the header (8 hexadecimal digits), header (JSON), the three sections, SHA-256 of all that. Throws a
 * CheckpointError where that cannot be done; the checkpoint before stays.
 */
export const saveCheckpoint = (path: string, identity: Identity, snapshot: Snapshot): void => {
  const scratch = `${path}.part`;
  try {
    const file = openSync(scratch, 'w');
    try {
      write(file, identity, snapshot);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(scratch, path);
  } catch (error) {
    discard(scratch);
    throw new CheckpointError(`the checkpoint ${path} cannot be written: ${(error as Error).message}`);
  }
};

/** Removes what was begun of a checkpoint, if that can be done. */
const discard = (scratch: string): void => {
  try {
    unlinkSync(scratch);
  } catch {
    // It is in nobody's way: the next checkpoint is written over it.
  }
};

const write = (file: number, identity: Identity, {level, next, visited, ...head}: Snapshot): void => {
  const hash = sha256();
  const put = (bytes: Uint8Array): void => {
    hash.update(bytes);
    writeFileSync(file, bytes); // where the disk is nearly full, writeSync writes a part of it and says nothing
  };
  const header = Buffer.from(JSON.stringify({identity, ...head}));
  put(Buffer.from(`${MAGIC}${header.length.toString(16).padStart(8, '0')}`));
  put(header);
  for (const blocks of [level, next, visited]) {
    for (const {states, count} of blocks) {
      if (count === 0) continue;
      put(Buffer.from(Int32Array.of(count).buffer));
      // Copied, because what is written may lie in memory that threads share.
      put(Buffer.from(states.slice(0, count * head.words).buffer));
    }
    put(Buffer.from(Int32Array.of(0).buffer));
  }
  writeFileSync(file, hash.digest());
};

/** Reads a checkpoint of this very search. Throws a CheckpointError that says what is wrong with it otherwise. */
export const loadCheckpoint = (path: string, identity: Identity): Snapshot => {
  const reader = new Reader(path);
  try {
    const head = reader.head(identity);
    const [level, next, visited] = SECTIONS.map(() => reader.section(head.words));
    reader.end();
    return {...head, level: level!, next: next!, visited: visited!};
  } finally {
    reader.close();
  }
};

type Head = Omit<Snapshot, (typeof SECTIONS)[number]>;

class Reader {
  readonly #path: string;
  readonly #file: number;
  readonly #hash = sha256();
  #at = 0;

  constructor(path: string) {
    this.#path = path;
    const readable = <T>(read: () => T): T => {
      try {
        return read();
      } catch (error) {
        return this.#fail(`cannot be read: ${(error as Error).message}`);
      }
    };
    // Asked before it is opened: to open a pipe is to wait for somebody at its other end.
    if (!readable(() => statSync(path)).isFile()) this.#fail('is no file');
    this.#file = readable(() => openSync(path, 'r'));
  }

  close(): void {
    closeSync(this.#file);
  }

  #fail(why: string): never {
    throw new CheckpointError(`the checkpoint ${this.#path} ${why}`);
  }

  #take(count: number): Buffer {
    const left = statSync(this.#path).size - this.#at;
    if (count < 0 || count > left) this.#fail('is truncated');
    const bytes = Buffer.alloc(count);
    for (let done = 0; done < count; ) {
      const read = readSync(this.#file, bytes, done, count - done, this.#at + done);
      if (read === 0) this.#fail('is truncated');
      done += read;
    }
    this.#at += count;
    return bytes;
  }

  #hashed(count: number): Buffer {
    const bytes = this.#take(count);
    this.#hash.update(bytes);
    return bytes;
  }

  head(expected: Identity): Head {
    const start = statSync(this.#path).size < MAGIC.length ? '' : this.#hashed(MAGIC.length).toString();
    if (start !== MAGIC) this.#fail('is no checkpoint of holdfast');
    const header = this.#hashed(Number.parseInt(this.#hashed(8).toString(), 16)).toString();
    const parsed = (() => {
      try {
        return JSON.parse(header) as Head & {identity: Identity};
      } catch {
        return this.#fail('is damaged');
      }
    })();
    if (typeof parsed?.identity?.version !== 'string' || !Number.isInteger(parsed.words)) this.#fail('is damaged');
    const {identity, ...head} = parsed;
    if (identity.version !== expected.version)
      this.#fail(`was made by version ${identity.version}, not ${expected.version}`);
    if (identity.model !== expected.model) this.#fail(`is of model ${identity.model}, not ${expected.model}`);
    const [theirs, ours] = [JSON.stringify(identity.options), JSON.stringify(expected.options)];
    if (theirs !== ours) this.#fail(`was made with the options ${theirs}, not ${ours}`);
    if (identity.fingerprint !== expected.fingerprint) this.#fail('is of an earlier text of the model');
    return head;
  }

  section(words: number): Block[] {
    const blocks: Block[] = [];
    for (;;) {
      const count = this.#hashed(4).readInt32LE();
      if (count === 0) return blocks;
      const bytes = this.#hashed(count * words * 4);
      blocks.push({states: new Int32Array(bytes.buffer, bytes.byteOffset, count * words), count});
    }
  }

  end(): void {
    const digest = this.#hash.digest();
    if (!this.#take(DIGEST_BYTES).equals(digest)) this.#fail('is damaged');
    if (statSync(this.#path).size !== this.#at) this.#fail('has something after its end');
  }
}
