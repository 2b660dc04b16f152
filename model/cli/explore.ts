// One exploration in a thread of its own, seen from the main thread.

import type {Progress, Result} from '../report/result.js';
import type {Answer, Description, Request, Source, Task, Texts} from './exchange.js';
import {type Interruption, whenAborted} from './interruption.js';
import {oneLine, Refusal} from './refusal.js';
import {textOfSource} from './source.js';
import {take} from './thread.js';

/** What is known of a search while it runs. */
export type Known = {
  readonly description: Description;
  readonly options: Result['options'];
  readonly progress: Progress | null;
};

export type Exploration = {
  readonly source: Source;
  readonly task: Task;
  readonly interruption: Interruption;
  /** What was said for the model's options; null to look at the model only. */
  readonly choose: (description: Description) => Texts | null;
  readonly onProgress: (progress: Progress, known: Known) => void;
};

/** `result` is null where `choose` answered null. */
export type Explored = {readonly description: Description; readonly result: Result | null};

const UNANSWERED = 'interrupted; the search did not answer, so the counts are the last that it told';

const learn = (known: Known, answer: Answer): Known => {
  switch (answer.type) {
    case 'Described':
      return {...known, description: answer.description};
    case 'Started':
      return {...known, options: answer.options};
    case 'Progressed':
      return {...known, progress: answer.progress};
    case 'Keeping':
    case 'Finished':
    case 'Refused':
      return known;
  }
};

/** The result of a search that was ended before it could report. */
const cutShort = ({description, options, progress}: Known, reason: string, seconds: number): Explored => ({
  description,
  result: {
    model: description.name,
    options,
    slots: [],
    verdict: 'incomplete',
    complete: false,
    reason,
    distinct: progress?.distinct ?? 0,
    generated: progress?.generated ?? 0,
    depth: progress?.depth ?? 0,
    seconds,
    peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
    violation: null,
    coverage: {actions: [], rules: [], neverFired: {actions: [], rules: []}},
    simulation: null,
  },
});

/**
 * Loads a model, asks `choose` for its options, and searches. Rejects with a `Refusal` where the usage is bad or the
 * model is broken, and with whatever `choose` throws. An interruption makes an incomplete result, never a rejection.
 */
export const explore = ({source, task, interruption, choose, onProgress}: Exploration): Promise<Explored> => {
  const thread = take();
  const began = performance.now();
  const ended = new AbortController();
  let known: Known = {
    description: {name: textOfSource(source), summary: '', options: []},
    options: {},
    progress: null,
  };
  const request = (message: Request): void => thread.postMessage(message);

  const explored = new Promise<Explored>((resolve, reject) => {
    const stop = (reason: string): void => resolve(cutShort(known, reason, (performance.now() - began) / 1000));
    const blame = (why: string, thrown?: Error): void =>
      reject(new Refusal(`the model ${known.description.name} is broken: ${why}`, {cause: thrown?.stack}));
    const begin = (texts: Texts | null): void =>
      texts === null ? resolve({description: known.description, result: null}) : request({type: 'Check', texts, task});

    thread.on('message', (answer: Answer) => {
      known = learn(known, answer);
      try {
        if (answer.type === 'Described') begin(choose(answer.description));
        if (answer.type === 'Progressed') onProgress(answer.progress, known);
        if (answer.type === 'Keeping') interruption.grant();
        if (answer.type === 'Finished') resolve({description: known.description, result: answer.result});
        if (answer.type === 'Refused') reject(new Refusal(answer.line, {cause: answer.detail}));
      } catch (thrown) {
        reject(thrown);
      }
    });
    thread.on('error', (thrown: NodeJS.ErrnoException) =>
      thrown.code === 'ERR_WORKER_OUT_OF_MEMORY' ? stop('out of memory') : blame(oneLine(thrown), thrown),
    );
    thread.on('exit', () => blame('it ended the search'));
    whenAborted(interruption.asked, ended.signal, () => request({type: 'Abort'}));
    whenAborted(interruption.insisted, ended.signal, () => stop(UNANSWERED));
  });
  request({type: 'Load', source});
  return explored.finally(() => {
    ended.abort();
    return thread.terminate();
  });
};
