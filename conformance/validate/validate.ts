// Whether logs of a running cluster are a behaviour of the specification. Each module's lines come in its own order,
// and what was received after it was sent; nothing else is an order, least of all the time of day.

import {broughtBy, Channels, sentBy} from './channels.js';
import {Foreign, strangerIn} from './foreign.js';
import {disorder, doubtful, Found, malformed, noEvent, notAllowed, unsent} from './found.js';
import type {Allowance, Judge, Lined, Outside} from './judge.js';
import type {LogHead} from './log.js';
import {LogFile} from './log-file.js';
import {distanceToSending, isSentAhead, LOOKAHEAD, outsideOf, sendsAhead} from './lookahead.js';
import {isFollowed, misplaced} from './missing.js';
import {resultOf} from './result.js';
import {distinct, type Strand} from './strand.js';
import type {Assumed, Validation, Violation} from './validation.js';

export type Limits = {
  /** How many steps in a row may not have been logged, though the numbers show none missing. Default 0. */
  readonly hidden?: number;
  /** Aborted when somebody wants it to stop: then it is `inconclusive`. */
  readonly signal?: AbortSignal | null;
};

/** Missing lines up to this many are made good by guessing. */
const MOST_MISSING = 2;

/** What is known of a message that a line says was received. */
type Arrival = 'none' | 'sent' | 'foreign' | 'unknown' | 'waits';

/** More states than this are not followed. */
const MOST_STATES = 2_000;

/** More lines of one module than this are not kept waiting. */
const MOST_WAITING = 20_000;

const MOST_ASSUMED = 20;

/**
 * Reads the files, one for each module or several in one, and says whether what they tell is allowed. Memory does not
 * grow with their length, only with what the answer lists as not judged. Throws what the file system says of a file
 * that cannot be read; refuses two logs of a module.
 */
export const validate = async (
  files: readonly string[],
  judgeFor: (head: LogHead) => Judge,
  {hidden = 0, signal = null}: Limits = {},
): Promise<Validation> => {
  const logs = files.map(file => new LogFile(file, judgeFor));
  const work = new Work(logs, hidden, signal);
  try {
    await work.all();
  } catch (thrown) {
    if (!(thrown instanceof Found)) throw thrown;
    return work.result(thrown.violation);
  }
  return work.result(null);
};

class Work {
  readonly #logs: readonly LogFile[];
  readonly #hidden: number;
  readonly #signal: AbortSignal | null;
  readonly #channels = new Channels();
  readonly #counts = {matched: 0, unknown: 0};
  readonly #foreign = new Foreign();
  #known = 0;
  readonly #assumed: Assumed[] = [];
  #assumptions = 0;
  #bound: string | null = null;

  constructor(logs: readonly LogFile[], hidden: number, signal: AbortSignal | null) {
    this.#logs = logs;
    this.#hidden = hidden;
    this.#signal = signal;
  }

  get #strands(): readonly Strand[] {
    return this.#logs.flatMap(({strands}) => strands);
  }

  #outside(strand: Strand): Outside {
    return outsideOf(strand, this.#strands, this.#channels);
  }

  /** Nothing more comes from here. */
  #isOver(strand: Strand): boolean {
    return strand.waiting === 0 && this.#logs.every(({strands, isEnded}) => isEnded || !strands.includes(strand));
  }

  async all(): Promise<void> {
    for (const log of this.#logs) while (log.strands.length === 0 && !log.isEnded) await log.pull();
    while (this.#bound === null) {
      await this.#fill();
      if (this.#strands.length > this.#known) this.#known = distinct(this.#strands);
      if (this.#logs.some(({stray}) => stray !== null)) return;
      if (this.#signal?.aborted === true) this.#bound = 'it was interrupted';
      const next = this.#ready();
      if (next !== null) this.#step(next);
      else if (this.#strands.every(({waiting}) => waiting === 0)) return;
      else this.#settle();
    }
  }

  /** Every strand has lines to look ahead at, as far as there are any. */
  async #fill(): Promise<void> {
    for (const log of this.#logs) {
      while (!log.isEnded && log.strands.some(({waiting}) => waiting < LOOKAHEAD)) {
        if (log.strands.some(({waiting}) => waiting > MOST_WAITING)) break;
        await log.pull();
      }
    }
  }

  /** The strand that goes on: of those that wait for nobody, the one that has come least far. */
  #ready(): Strand | null {
    let best: Strand | null = null;
    for (const strand of this.#strands) {
      const next = strand.peek();
      if (next === undefined || (best?.peek()?.at ?? Number.POSITIVE_INFINITY) <= next.at) continue;
      if (this.#isReady(strand)) best = strand;
    }
    return best;
  }

  #isReady(strand: Strand): boolean {
    const next = strand.peek();
    if (next?.type !== 'Step' || next.wrong !== null) return true;
    return this.#arrival(strand, next) !== 'waits' || !this.#isAllowed(strand, next);
  }

  /** Whether the line is allowed as far as its own module is concerned: what is not need not wait for others. */
  #isAllowed(strand: Strand, lined: Lined): boolean {
    if (strand.isExplained || strand.lost !== null) return true;
    if (lined.step.seq !== strand.seq + 1) return false;
    strand.isExplained = strand.judge.look(lined) !== null;
    return strand.isExplained;
  }

  #arrival(strand: Strand, {step}: Lined): Arrival {
    const message = broughtBy(step.event, strand.judge.network);
    if (message === null) return 'none';
    const match = this.#channels.look(strand.host, message);
    if (match === 'sent') return 'sent';
    const senders = this.#strands.filter(other => other.host === message.peer && other.speaks(message.network));
    if (senders.length === 0) return 'foreign';
    // A log may end before another one does: what is received then was sent later.
    if (match === 'forgotten' || strand.isBelieved || senders.every(sender => this.#isOver(sender))) return 'unknown';
    return this.#areWhole(senders) || senders.some(sender => sendsAhead(sender, strand.host, message))
      ? 'waits'
      : 'unknown';
  }

  /** Whether all that these have sent up to here is in their logs. */
  #areWhole(senders: readonly Strand[]): boolean {
    return this.#hidden === 0 && !this.#logs.some(({isTorn}) => isTorn) && senders.every(({hasGaps}) => !hasGaps);
  }

  #step(strand: Strand): void {
    const next = strand.peek();
    if (next === undefined) return;
    if (next.type === 'Malformed') throw malformed(strand, next.line, next.reason);
    if (next.wrong !== null) throw noEvent(strand, next, this.#outside(strand), next.wrong);
    const stranger = strangerIn(strand, next);
    if (stranger !== null)
      throw malformed(strand, next.line, `it was received from ${stranger}, no host of the cluster`);
    const arrival = this.#arrival(strand, next);
    const place = strand.place(next.line, next.step.seq);
    this.#number(strand, next);
    const isJudged = isFollowed(strand, next);
    const allowance = isJudged ? (strand.judge.look(next) ?? this.#withHidden(strand, next)) : null;
    if (this.#bound !== null) return;
    if (isJudged && allowance === null && !strand.isGuessed) {
      const isUnsent = arrival === 'waits' && !isSentAhead(strand, next, this.#strands);
      throw notAllowed(strand, next, this.#outside(strand), isUnsent);
    }
    // Nothing looks at the effects where nothing is judged, nor at ids that are the module's own where it is.
    const wrong = strand.judge.wrongInEffects(next.step);
    if (wrong !== null) throw malformed(strand, next.line, `an effect is none of the specification: ${wrong}`);
    if (allowance !== null) {
      strand.judge.take(next);
      strand.count(allowance);
    } else {
      if (isJudged) strand.lose(place, doubtful(strand, next, this.#outside(strand)));
      strand.judge.pass(next);
    }
    if (strand.lost === null && strand.judge.states() > MOST_STATES) {
      this.#bound = `${place.file}:${place.line}: more than ${MOST_STATES} states explain it`;
    }
    const message = broughtBy(next.step.event, strand.judge.network);
    if (message !== null) this.#channels.take(strand.host, message);
    if (arrival === 'sent') this.#counts.matched += 1;
    if (arrival === 'unknown') this.#counts.unknown += 1;
    if (arrival === 'foreign' && message !== null) this.#foreign.add(message);
    for (const effect of next.step.effects) {
      const sent = sentBy(effect, strand.judge.network);
      if (sent !== null) this.#channels.send(strand.host, sent);
    }
    strand.seq = next.step.seq;
    strand.steps += 1;
    strand.drop();
  }

  /** The numbers say whether lines are missing, or do not stand where they belong. */
  #number(strand: Strand, lined: Lined): void {
    const {seq} = lined.step;
    const missing = seq - strand.seq - 1;
    if (missing === 0) return;
    const reason = misplaced(strand, lined);
    if (reason !== null) throw disorder(strand, lined, this.#outside(strand), reason);
    strand.isLossy = true;
    if (strand.lost !== null) {
      // What it has persisted meanwhile is not known.
      strand.lost.durable = null;
      return;
    }
    const words = missing === 1 ? '1 step is missing' : `${missing} steps are missing`;
    const place = strand.place(lined.line, seq);
    if (missing > Math.max(MOST_MISSING, this.#hidden)) {
      strand.lose(place, `${words} before it`);
      return;
    }
    const bridge = strand.judge.bridge(lined, this.#outside(strand), missing);
    if (bridge.type === 'Bridged') this.#assume(strand, {...place, steps: bridge.moves, ways: bridge.ways});
    else strand.lose(place, `${words} before it, and no guess explains how it came about`);
  }

  #assume(strand: Strand, assumed: Assumed): void {
    strand.isGuessed = true;
    this.#assumptions += 1;
    if (this.#assumed.length < MOST_ASSUMED) this.#assumed.push(assumed);
  }

  /** Nothing is missing by the numbers, but something may not have been logged, if that was granted. */
  #withHidden(strand: Strand, lined: Lined): Allowance | null {
    for (let depth = 1; depth <= this.#hidden; depth++) {
      const bridge = strand.judge.bridge(lined, this.#outside(strand), depth);
      if (bridge.type === 'Bridged') {
        const {moves: steps, ways} = bridge;
        strand.isLossy = true;
        this.#assume(strand, {...strand.place(lined.line, lined.step.seq), steps, ways});
        return strand.judge.look(lined);
      }
      if (bridge.isBound) {
        this.#bound = `${strand.file}:${lined.line}: too many steps may have been left out before it`;
        return null;
      }
    }
    return null;
  }

  /** Everybody waits for a message that somebody else has not sent yet. */
  #settle(): void {
    if (this.#strands.some(strand => strand.waiting === 0 && !this.#isOver(strand))) {
      this.#bound = `in one file lines that belong together stand more than ${MOST_WAITING} lines apart`;
      return;
    }
    const waiting = this.#strands.flatMap(strand => {
      const next = strand.peek();
      const message = next?.type === 'Step' ? broughtBy(next.step.event, strand.judge.network) : null;
      return next?.type === 'Step' && message !== null ? [{strand, next, message}] : [];
    });
    // It may have been sent in lines that are missing, whether or not it is sent again in some that are there.
    const believed = waiting.find(({strand, message}) => {
      const senders = this.#strands.filter(({host}) => host === message.peer);
      return (
        !strand.isBelieved && !this.#areWhole(senders) && this.#arrival(strand, strand.peek() as Lined) === 'waits'
      );
    });
    if (believed !== undefined) {
      believed.strand.isBelieved = true;
      return;
    }
    const never = waiting.find(({strand, next}) => !isSentAhead(strand, next, this.#strands));
    if (never !== undefined) throw unsent(never.strand, never.next, this.#outside(never.strand), 'unsent');
    // What a line sends follows from that line. So the one that stands too early is a line before the one that sends.
    const early = waiting.find(({strand}) =>
      waiting.some(
        other =>
          other.message.peer === strand.host && (distanceToSending(strand, other.strand.host, other.message) ?? 0) > 0,
      ),
    );
    if (early === undefined) throw new Error('nobody waits, and nobody goes on');
    throw unsent(early.strand, early.next, this.#outside(early.strand), 'early');
  }

  result(violation: Violation | null): Validation {
    for (const strand of this.#strands) strand.find(null);
    return resultOf(this.#logs, violation, this.#bound, {
      foreign: this.#foreign,
      matched: this.#counts.matched,
      unknown: this.#counts.unknown,
      assumed: this.#assumed,
      assumptions: this.#assumptions,
    });
  }
}
