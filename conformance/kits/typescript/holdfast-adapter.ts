// The adapter protocol holdfast/1 on standard input and output: JSON lines, one answer to each request, in order.
// A module has one function, which answers an event with the list of effects. Log to standard error.

import {createInterface} from 'node:readline';

export type Json = Readonly<Record<string, unknown>>;

/** Makes a module of a configuration: what `reset` does. */
export type Start = (config: Json) => (event: Json) => readonly Json[];

/** Serves until it is told `bye` or the input ends. */
export const serve = async (
  name: string,
  modules: Readonly<Record<string, Start>>,
  repairs?: readonly string[],
): Promise<void> => {
  /** By host: a cluster may have several in one process, and they share nothing. */
  const running = new Map<unknown, ReturnType<Start>>();
  const refused = (code: string, message: string): Json => ({ok: false, error: {code, message}});

  const answerTo = ({cmd, host, module, config, event}: Json): Json => {
    switch (cmd) {
      case 'hello': {
        const implementation = {name, version: '1.0.0', language: 'typescript'};
        const can = {modules: Object.keys(modules), repairs, capabilities: {hosts: 16}};
        return {ok: true, protocol: 'holdfast/1', implementation, ...can};
      }
      case 'reset': {
        const start = modules[String(module)];
        if (start === undefined) return refused('unsupported', `no module ${String(module)}`);
        running.set(host, start(config as Json));
        return {ok: true};
      }
      case 'step': {
        const handle = running.get(host);
        if (handle === undefined) return refused('bad-request', 'a step before the first reset');
        return {ok: true, effects: handle(event as Json)};
      }
      case 'bye':
        return {ok: true};
      default:
        return refused('unsupported', `no command ${String(cmd)}`);
    }
  };

  for await (const line of createInterface({input: process.stdin})) {
    const request: Json = JSON.parse(line);
    let answer: Json;
    try {
      answer = answerTo(request);
    } catch (error) {
      answer = refused('internal', String(error));
    }
    process.stdout.write(`${JSON.stringify({...answer, id: request['id']})}\n`);
    if (request['cmd'] === 'bye') return;
  }
};
