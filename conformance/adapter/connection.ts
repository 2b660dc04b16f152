// A conversation with a subject: every request gets its answer, or the name of what went wrong.

import {type Driver, type Heard, ofEffects} from '../driver.js';
import {Breakdown} from './breakdown.js';
import type {Channel, Open} from './channel.js';
import {type Hello, hello as helloShape, LONGEST_LINE, type ModuleName, PROTOCOL} from './protocol.js';

export type Fields = Readonly<Record<string, unknown>>;

/** An answer of the right form, or why there is none. `ok: false` is an answer too. */
export type Answered =
  | {readonly type: 'Answered'; readonly fields: Fields}
  | {readonly type: 'Broken'; readonly breakdown: Breakdown};

export type Connection = {
  readonly hello: (suite: string) => Promise<Hello>;
  /** Sends a request. Its number is added; `fields` is the inside of a JSON object. */
  readonly ask: (fields: string) => Promise<Answered>;
  readonly driver: (module: ModuleName, isPipelined: boolean) => Driver;
  /** Says bye and ends what can be ended. What was wrong with that, if anything. */
  readonly close: () => Promise<Breakdown | null>;
  /** The last of what it has written to its standard error. */
  readonly complaints: () => string;
};

/** Requests under way where the subject takes more than one: enough to keep both sides busy. */
const WINDOW = 256;

/** Silence is counted in so many parts, so that a suite that was held up itself does not take that for silence. */
const PARTS = 20;

type Waiting = {readonly id: number; readonly resolve: (answered: Answered) => void};

/** Throws a Breakdown where there is nobody to talk to. */
export const connected = async (open: Open, timeoutMs: number): Promise<Connection> => {
  let waiting: Waiting[] = [];
  let first = 0;
  let sent = 0;
  let quiet = 0;
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
    broken = breakdown;
    clearInterval(watchdog);
    const left = waiting.slice(first);
    waiting = [];
    for (const {resolve} of left) resolve({type: 'Broken', breakdown});
    void closed(true);
  };
  const hear = (text: string): void => {
    if (broken !== null) return;
    quiet = 0;
    const read = answerIn(text);
    const asked = waiting[first];
    if (read instanceof Breakdown || asked === undefined || asked.id !== read['id']) {
      fail(read instanceof Breakdown ? read : unasked(text));
      return;
    }
    first += 1;
    if (first === waiting.length) {
      waiting = [];
      first = 0;
    }
    asked.resolve({type: 'Answered', fields: read});
  };
  const watchdog = setInterval(() => {
    if (waiting.length === 0) return;
    quiet += 1;
    if (quiet > PARTS) fail(new Breakdown('silent', `it did not answer within ${timeoutMs / 1000} s`));
  }, timeoutMs / PARTS);

  try {
    channel = await open({line: hear, broken: fail});
  } catch (thrown) {
    clearInterval(watchdog);
    throw thrown;
  }
  const opened: Channel = channel;

  const flush = (): void => {
    const text = lines.join('');
    lines = [];
    if (broken === null) opened.write(text);
  };
  const ask = (fields: string): Promise<Answered> =>
    new Promise(resolve => {
      if (broken !== null) return resolve({type: 'Broken', breakdown: broken});
      const line = `{"id":${sent},${fields}}\n`;
      if (line.length > LONGEST_LINE) throw new Error('a request is longer than a line may be');
      if (waiting.length === 0) quiet = 0;
      waiting.push({id: sent, resolve});
      sent += 1;
      // What is asked in one go is written in one go.
      if (lines.push(line) === 1) queueMicrotask(flush);
    });

  const close = async (): Promise<Breakdown | null> => {
    if (broken === null) await ask('"cmd":"bye"');
    clearInterval(watchdog);
    return await closed(broken !== null);
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
  const driver = (module: ModuleName, isPipelined: boolean): Driver => ({
    window: isPipelined ? WINDOW : 1,
    reset: async config => heardOf(await ask(`"cmd":"reset","module":"${module}","config":${config}`), 'reset'),
    step: async stimulus => heardOf(await ask(`"cmd":"step","event":${stimulus}`), 'step'),
  });
  return {hello, ask, driver, close, complaints: opened.complaints};
};

const shown = (text: string): string => JSON.stringify(text.length > 120 ? `${text.slice(0, 120)}...` : text);

const unasked = (text: string): Breakdown =>
  new Breakdown('unsolicited', `it wrote an answer that nobody had asked for: ${shown(text)}`);

/** The line as an answer, as far as that can be told without knowing the request. */
const answerIn = (text: string): Fields | Breakdown => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const hint = 'Standard output is for answers only; log to standard error.';
    return new Breakdown('not-json', `it wrote ${shown(text)}, which is not JSON. ${hint}`);
  }
  const isAnswer =
    typeof value === 'object' &&
    value !== null &&
    'id' in value &&
    Number.isInteger(value.id) &&
    'ok' in value &&
    typeof value.ok === 'boolean';
  return isAnswer
    ? (value as Fields)
    : new Breakdown('wrong-shape', `it wrote ${shown(text)}: an answer has "id", a number, and "ok", true or false`);
};

/** What it said when it could not do what it was asked. */
export const complaintOf = ({error}: Fields): string => {
  const {code, message} = (typeof error === 'object' && error !== null ? error : {}) as Fields;
  return [code, message].filter(part => typeof part === 'string').join(': ') || 'no reason given';
};

const heardOf = (answered: Answered, command: 'reset' | 'step'): Heard => {
  if (answered.type === 'Broken') {
    const {outcome, message} = answered.breakdown;
    return {type: 'Broken', outcome, reason: message};
  }
  const {ok, effects} = answered.fields;
  if (ok !== true) {
    return {type: 'Broken', outcome: 'refused', reason: `it refused ${command}: ${complaintOf(answered.fields)}`};
  }
  if (command === 'reset') return {type: 'Drained', text: '[]'};
  return Array.isArray(effects)
    ? ofEffects(effects)
    : {type: 'Broken', outcome: 'wrong-shape', reason: 'it answered step without a list of effects'};
};
