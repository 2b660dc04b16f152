// A file of logs: hands its lines to the strands that they belong to.

import {oneLine} from '../../model/cli/refusal.js';
import {isSame} from '../canonical.js';
import type {Judge} from './judge.js';
import {hintFor, type LogHead, logLineIn} from './log.js';
import {Source, type SourceLine} from './source.js';
import {Strand} from './strand.js';

export class LogFile {
  readonly #source: Source;
  readonly #judgeFor: (head: LogHead) => Judge;
  readonly strands: Strand[] = [];
  isEnded = false;
  /** The last line was not written whole. */
  isTorn = false;
  lines = 0;
  /** What no module can be told from: the line, and what is wrong with it. */
  stray: {readonly line: number; readonly reason: string} | null = null;

  constructor(file: string, judgeFor: (head: LogHead) => Judge) {
    this.#source = new Source(file);
    this.#judgeFor = judgeFor;
  }

  get file(): string {
    return this.#source.file;
  }

  /** Reads on a little. */
  async pull(): Promise<void> {
    if (this.isEnded) return;
    const lines = await this.#source.next();
    if (lines === null) {
      this.isEnded = true;
      // A log that says nothing must not pass for one in which nothing is wrong.
      if (this.strands.length === 0 && !this.isTorn) this.stray ??= {line: 1, reason: 'the file has no line'};
      return;
    }
    for (const line of lines) if (this.stray === null) this.#hand(line);
  }

  #hand({number, text, at, isTorn}: SourceLine): void {
    const read = logLineIn(text);
    if (read.type === 'Malformed') {
      if (isTorn) {
        this.isTorn = true;
        return;
      }
      // Nobody can tell whose line that was: where there is one module, it was its own.
      const [only, ...others] = this.strands;
      if (only !== undefined && others.length === 0)
        only.push({type: 'Malformed', reason: read.reason, line: number, at});
      else this.stray = {line: number, reason: read.reason};
      return;
    }
    this.lines += 1;
    if (read.type === 'Head') {
      this.#begin(read.head, number);
      return;
    }
    const {step} = read;
    const strand = this.strands.find(
      ({host, module}) => host === step.host && (step.module === undefined || step.module === module),
    );
    if (strand === undefined)
      this.stray = {line: number, reason: `no head says what ${step.host} is${hintFor(step.host)}`};
    else strand.push({type: 'Step', step, line: number, at, wrong: strand.judge.wrongIn(step)});
  }

  #begin(head: LogHead, line: number): void {
    const known = this.strands.find(({host, module}) => host === head.host && module === head.module);
    if (known === undefined) this.#open(head, line);
    else if (!isSame(known.head.config, head.config)) {
      this.stray = {line, reason: `the configuration of ${head.host} is another than before`};
    }
  }

  /** A configuration that is none of the specification's makes it throw. */
  #open(head: LogHead, line: number): void {
    try {
      this.strands.push(new Strand(this.file, head, this.#judgeFor(head)));
    } catch (thrown) {
      this.stray = {line, reason: `the configuration is none of the specification: ${oneLine(thrown)}`};
    }
  }
}
