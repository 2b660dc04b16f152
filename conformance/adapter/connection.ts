// A conversation with a subject: every request gets its answer, or the name of what went wrong.

import {availableParallelism} from 'node:os';
import type {Driver, Heard} from '../driver.js';
import {answerReader, complaintOf, type Fields, resetIn, steppedIn, unasked} from './answers.js';
import {Breakdown, type Outcome} from './breakdown.js';
import type {Channel, Open} from './channel.js';
import {type Hello, hello as helloShape, LONGEST_LINE, type ModuleName, PROTOCOL} from './protocol.js';

/** An answer of the right form, or why there is none. `ok: false` is an answer too. */
export type Answered =
  | {readonly type: 'Answered'; readonly fields: Fields}
  | {readonly type: 'Broken'; readonly breakdown: Breakdown};

export type Connection = {
  readonly hello: (suite: string) => Promise<Hello>;
  /** Sends a request. Its number is added; `fields` is the inside of a JSON object. */
  readonly ask: (fields: string) => Promise<Answered>;
  /** Drives one module; `host` names which, for a subject that is several hosts at a time. */
  readonly driver: (module: ModuleName, isPipelined: boolean, host?: string | null) => Driver;
  /** Says bye and ends what can be ended. What was wrong with that, if anything. */
  readonly close: () => Promise<Breakdown | null>;
  /** Ends what can be ended, whatever is under way: nobody listens any more. */
  readonly abandon: () => Promise<void>;
  /** How it ended, where it did as it was told and that is odd all the same. */
  readonly parting: () => string | null;
  /** The last of what it has written to its standard error. */
  readonly complaints: () => string;
  /** Whether it has broken down. */
  readonly isBroken: () => boolean;
};

/** Requests under way where the subject takes more than one: enough to keep both sides busy. */
const WINDOW = 256;

/** A single request is looked after for so long before its answer is slept for: to be woken takes longer than most. */
const AWAKE_MS = 0.3;
const MAY_STAY_AWAKE = availableParallelism() > 1;

/** Silence is counted in so many parts, so that a suite that was held up itself does not take that for silence. */
const PARTS = 20;

type Waiting = {
  readonly id: number;
  /** The inside of the request. */
  readonly fields: string;
  readonly resolve: (answered: Answered) => void;
};

/** Whoever ends like this once it has answered `bye` has done what it was told. */
const AN_END: readonly Outcome[] = ['exited', 'closed-output', 'closed-input'];

/** What became of a request that was not answered is clearer with the request. */
const LEFT_UNANSWERED: readonly Outcome[] = ['silent', ...AN_END];

/** Throws a Breakdown where there is nobody to talk to. */
export const connected = async (open: Open, timeoutMs: number): Promise<Connection> => {
  let waiting: Waiting[] = [];
  let first = 0;
  let sent = 0;
  let quiet = 0;
  const readerOf = answerReader();
  let lines: string[] = [];
  let broken: Breakdown | null = null;
  let channel: Channel | null = null;
  let closing: Promise<Breakdown | null> | null = null;

  const closed = (isBroken: boolean): Promise<Breakdown | null> => {
    closing ??= channel?.close(isBroken) ?? null;
    return closing ?? Promise.resolve(null);
  };
  const fail = (breakdown: Breakdown): void => {
    if (broken !== null) return;
    const left = waiting.slice(first);
    const told = withRequest(breakdown, left[0], channel?.unfinished() ?? '');
    broken = told;
    clearInterval(watchdog);
    waiting = [];
    first = 0;
    for (const {resolve} of left) resolve({type: 'Broken', breakdown: told});
    void closed(true);
  };
  const hear = (text: string): void => {
    if (broken !== null) return;
    quiet = 0;
    const read = readerOf(text);
    const asked = waiting[first];
    if (read instanceof Breakdown || asked === undefined || asked.id !== read.id) {
      fail(read instanceof Breakdown ? read : unasked(text, read.id, asked?.id ?? null));
      return;
    }
    first += 1;
    if (first === waiting.length) {
      waiting = [];
      first = 0;
    }
    asked.resolve({type: 'Answered', fields: read.fields});
  };
  const watchdog = setInterval(() => {
    if (waiting.length === 0) return;
    quiet += 1;
    if (quiet > PARTS) fail(new Breakdown('silent', `it did not answer within ${timeoutMs / 1000} s`));
  }, timeoutMs / PARTS);

  try {
    channel = await open({line: hear, broken: fail}, AbortSignal.timeout(timeoutMs));
  } catch (thrown) {
    clearInterval(watchdog);
    throw thrown;
  }
  const opened: Channel = channel;

  const flush = (): void => {
    const text = lines.join('');
    lines = [];
    if (broken === null) opened.write(text);
    if (MAY_STAY_AWAKE && waiting.length === 1) stayAwake(performance.now() + AWAKE_MS);
  };
  const stayAwake = (until: number): void => {
    if (waiting.length > 0 && performance.now() < until) setImmediate(stayAwake, until);
  };
  const ask = (fields: string): Promise<Answered> =>
    new Promise(resolve => {
      if (broken !== null) return resolve({type: 'Broken', breakdown: broken});
      const line = `{"id":${sent},${fields}}\n`;
      if (line.length > LONGEST_LINE) throw new Error('a request is longer than a line may be');
      if (waiting.length === 0) quiet = 0;
      waiting.push({id: sent, fields, resolve});
      sent += 1;
      // What is asked in one go is written in one go.
      if (lines.push(line) === 1) queueMicrotask(flush);
    });

  const close = async (): Promise<Breakdown | null> => {
    const leave = broken === null ? await ask('"cmd":"bye"') : null;
    clearInterval(watchdog);
    const end = await closed(broken !== null);
    if (leave === null) return end;
    return wrongLeave(leave) ?? (broken === null || AN_END.includes(broken.outcome) ? end : broken);
  };
  const abandon = async (): Promise<void> => {
    fail(new Breakdown('exited', 'nobody listens to it any more'));
    await closed(true);
  };
  const hello = async (suite: string): Promise<Hello> => {
    const answered = await ask(`"cmd":"hello","protocol":"${PROTOCOL}","suite":${JSON.stringify(suite)}`);
    if (answered.type === 'Broken') throw answered.breakdown;
    const read = helloShape.safeParse(answered.fields);
    if (read.success) return read.data;
    const [issue] = read.error.issues;
    const where = issue === undefined || issue.path.length === 0 ? '' : `${issue.path.join('.')}: `;
    const said = answered.fields['ok'] === false ? complaintOf(answered.fields) : `${where}${issue?.message}`;
    throw new Breakdown('wrong-shape', `it answered hello in the wrong form: ${said}`);
  };
  const driver = (module: ModuleName, isPipelined: boolean, host: string | null = null): Driver => {
    const which = host === null ? '' : `"host":${JSON.stringify(host)},`;
    return {
      window: isPipelined ? WINDOW : 1,
      reset: async config =>
        heardOf(await ask(`"cmd":"reset",${which}"module":"${module}","config":${config}`), resetIn),
      step: async stimulus => heardOf(await ask(`"cmd":"step",${which}"event":${stimulus}`), steppedIn),
    };
  };
  const {parting, complaints} = opened;
  return {hello, ask, driver, close, abandon, parting, complaints, isBroken: () => broken !== null};
};

/** What was wrong with the answer to `bye`, if anything. */
const wrongLeave = (leave: Answered): Breakdown | null => {
  if (leave.type === 'Answered') {
    return leave.fields['ok'] === true
      ? null
      : new Breakdown('refused', `it refused bye: ${complaintOf(leave.fields)}`);
  }
  const {outcome} = leave.breakdown;
  return AN_END.includes(outcome) ? new Breakdown(outcome, 'it ended without an answer to bye') : leave.breakdown;
};

/** How much of a request is shown. */
const SHOWN = 200;

const withRequest = (breakdown: Breakdown, asked: Waiting | undefined, unfinished: string): Breakdown => {
  if (asked === undefined || !LEFT_UNANSWERED.includes(breakdown.outcome)) return breakdown;
  const {id, fields} = asked;
  const line = `{"id":${id},${fields}}`;
  const request = line.length > SHOWN ? `${line.slice(0, SHOWN)}...` : line;
  const end = unfinished === '' ? '' : `; it wrote ${JSON.stringify(unfinished)} and no end of line`;
  const hint = breakdown.outcome === 'silent' && id === 0 && end === '' ? '; is each answer flushed?' : '';
  return new Breakdown(breakdown.outcome, `${breakdown.message}; not answered: ${request}${end}${hint}`);
};

const heardOf = (answered: Answered, read: (fields: Fields) => Heard): Heard => {
  if (answered.type === 'Answered') return read(answered.fields);
  const {outcome, message} = answered.breakdown;
  return {type: 'Broken', outcome, reason: message};
};
