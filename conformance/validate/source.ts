// Reads log files as they are needed, never whole.

import {createReadStream, statSync} from 'node:fs';
import {StringDecoder} from 'node:string_decoder';
import {LONGEST_LINE} from '../adapter/protocol.js';

/**
 * A line of a file, numbered from 1. `at`: how far into the file, from 0 to 1. `isTorn`: the file ends without an end
 * of line here.
 */
export type SourceLine = {
  readonly number: number;
  readonly text: string;
  readonly at: number;
  readonly isTorn: boolean;
};

export class Source {
  readonly file: string;
  readonly #size: number;
  readonly #chunks: AsyncIterator<Buffer>;
  readonly #decoder = new StringDecoder('utf8');
  #isBegun = false;
  #rest = '';
  #passed = 0;
  #number = 0;
  #ended = false;

  /** Throws what the file system says of a file that cannot be read. */
  constructor(file: string) {
    this.file = file;
    this.#size = statSync(file).size;
    this.#chunks = createReadStream(file, {highWaterMark: 2 ** 16})[Symbol.asyncIterator]();
  }

  /** The next lines, a few at a time; null at the end. Blank lines are left out, and still counted. */
  async next(): Promise<readonly SourceLine[] | null> {
    while (!this.#ended) {
      const {value, done} = await this.#chunks.next();
      if (done === true) {
        this.#ended = true;
        const last = this.#rest + this.#decoder.end();
        return last.trim() === '' ? null : [{number: this.#number + 1, text: last, at: 1, isTorn: true}];
      }
      const [first = '', ...others] = this.#withoutMark(this.#decoder.write(value)).split('\n');
      // What is too long to be a line need not be kept to say so.
      this.#rest = this.#rest.length > LONGEST_LINE ? this.#rest : this.#rest + first;
      if (others.length === 0) continue;
      const texts = [this.#rest, ...others.slice(0, -1)];
      this.#rest = others.at(-1) ?? '';
      return texts.map(text => this.#line(text)).filter(({text}) => text.trim() !== '');
    }
    return null;
  }

  /** A file may begin with a byte order mark, which is no part of its text. */
  #withoutMark(text: string): string {
    const isFirst = !this.#isBegun && text !== '';
    this.#isBegun ||= isFirst;
    return isFirst && text.startsWith('\uFEFF') ? text.slice(1) : text;
  }

  #line(text: string): SourceLine {
    this.#number += 1;
    this.#passed += text.length + 1;
    return {number: this.#number, text, at: this.#passed / this.#size, isTorn: false};
  }
}
