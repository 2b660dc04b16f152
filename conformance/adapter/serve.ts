// The other side of the protocol, for subjects in TypeScript: an object becomes a program.

import {createInterface} from 'node:readline';
import {Readable} from 'node:stream';
import type {Subject} from '../subject.js';
import {type Hello, type ModuleName, PROTOCOL} from './protocol.js';

/** What `hello` is answered, but for what follows from the subjects. */
export type Introduction = Omit<Hello, 'id' | 'ok' | 'protocol' | 'modules'>;

/** Configurations and events are those of the specification; a subject states the types that it expects. */
// biome-ignore lint/suspicious/noExplicitAny: each kind of module has other types, and the line has none.
type Served = Subject<any, any>;

/** A subject; or what makes one for each host, where the introduction claims several `hosts`. */
export type Subjects = {readonly [M in ModuleName]?: Served | (() => Served)};

type Fields = Readonly<Record<string, unknown>>;

/** Answers requests until it is told `bye` or the input ends. */
export const serve = async (
  introduction: Introduction,
  subjects: Subjects,
  input: AsyncIterable<string | Uint8Array> = process.stdin,
  output: {readonly write: (text: string) => unknown} = process.stdout,
): Promise<void> => {
  const hosts = new Map<unknown, Served>();
  const complain = (code: string, message: string): Fields => ({ok: false, error: {code, message}});

  const answerTo = async ({cmd, host, module, config, event}: Fields): Promise<Fields> => {
    switch (cmd) {
      case 'hello':
        return {ok: true, protocol: PROTOCOL, ...introduction, modules: Object.keys(subjects)};
      case 'reset': {
        const found = subjects[module as ModuleName];
        if (found === undefined) return complain('unsupported', `no module ${String(module)}`);
        const subject = typeof found === 'function' ? found() : found;
        hosts.set(host, subject);
        await subject.reset(config);
        return {ok: true};
      }
      case 'step': {
        const subject = hosts.get(host);
        if (subject === undefined) return complain('bad-request', 'a step before the first reset');
        return {ok: true, effects: (await subject.step(event)).effects};
      }
      case 'bye':
        return {ok: true};
      default:
        return complain('unsupported', `no command ${String(cmd)}`);
    }
  };

  const stream = input instanceof Readable ? input : Readable.from(input);
  for await (const line of createInterface({input: stream, crlfDelay: Number.POSITIVE_INFINITY})) {
    const asked: Fields = JSON.parse(line);
    const answer = await answerTo(asked).catch((thrown: unknown) =>
      complain('internal', thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : 'no Error'),
    );
    output.write(`${JSON.stringify({id: asked['id'], ...answer})}\n`);
    if (asked['cmd'] === 'bye') return;
  }
};
