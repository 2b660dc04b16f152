// One exploration in a thread of its own, seen from the main thread.

import type {Progress} from '../report/result.js';
import type {Answer, Description, Request, Source, Texts} from './exchange.js';
import {type Interruption, whenAborted} from './interruption.js';
import {oneLine, Refusal} from './refusal.js';
import {textOfSource} from './source.js';
import {take} from './thread.js';
import type {Known, Work} from './work.js';

export type Exploration<R> = {
  readonly source: Source;
  readonly work: Work<R>;
  readonly interruption: Interruption;
  /** What was said for the model's options; null to look at the model only. */
  readonly choose: (description: Description) => Texts | null;
  readonly onProgress: (progress: Progress, known: Known) => void;
};

/** `result` is null where `choose` answered null. */
export type Explored<R> = {readonly description: Description; readonly result: R | null};

/** What an interruption is told of where nothing answers it: the thread is in a function that does not return. */
const unanswered = (known: Known): string =>
  known.isDescribed
    ? 'interrupted; the search did not answer, so the counts are the last that it told'
    : 'interrupted; the file was still being loaded';

/** Milliseconds between two looks at the memory, for a search that is in no state to look itself. */
const LOOK_MS = 250;
/** A search that looks itself stops before it has so many times what it may have. */
const TOLERANCE = 1.5;

/** Calls `stop` when the process holds far more memory than it may, until `over`. */
const whenBloated = (memoryBytes: number | null, over: AbortSignal, stop: () => void): void => {
  if (memoryBytes === null) return;
  const look = (): void => (process.memoryUsage.rss() > TOLERANCE * memoryBytes ? stop() : undefined);
  const timer = setInterval(look, LOOK_MS).unref();
  over.addEventListener('abort', () => clearInterval(timer), {once: true});
};

const learn = (known: Known, answer: Answer): Known => {
  switch (answer.type) {
    case 'Described':
      return {...known, isDescribed: true, description: answer.description};
    case 'Started':
      return {...known, options: answer.options};
    case 'Progressed':
      return {...known, progress: answer.progress};
    case 'Keeping':
    case 'Finished':
    case 'Audited':
    case 'Refused':
      return known;
  }
};

/**
 * Loads a model, asks `choose` for its options, and searches. Rejects with a `Refusal` where the usage is bad or the
 * model is broken, and with whatever `choose` throws. An interruption makes an incomplete result, never a rejection.
 */
export const explore = <R>(exploration: Exploration<R>): Promise<Explored<R>> => {
  const {source, work, interruption, choose, onProgress} = exploration;
  const thread = take();
  const began = performance.now();
  const ended = new AbortController();
  let known: Known = {
    isDescribed: false,
    description: {name: textOfSource(source), summary: '', options: []},
    options: {},
    progress: null,
  };
  const request = (message: Request): void => thread.postMessage(message);

  const explored = new Promise<Explored<R>>((resolve, reject) => {
    const resolveWith = (result: R | null): void => resolve({description: known.description, result});
    const stop = (reason: string): void =>
      resolveWith(work.cutShort(known, reason, (performance.now() - began) / 1000));
    const blame = (why: string, thrown?: Error): void =>
      reject(new Refusal(`the model ${known.description.name} is broken: ${why}`, {cause: thrown?.stack}));
    const begin = (texts: Texts | null): void => (texts === null ? resolveWith(null) : request(work.request(texts)));

    thread.on('message', (answer: Answer) => {
      known = learn(known, answer);
      try {
        if (answer.type === 'Described') begin(choose(answer.description));
        if (answer.type === 'Progressed') onProgress(answer.progress, known);
        if (answer.type === 'Keeping') interruption.grant();
        const result = work.resultIn(answer);
        if (result !== null) resolveWith(result);
        if (answer.type === 'Refused') reject(new Refusal(answer.line, {cause: answer.detail}));
      } catch (thrown) {
        reject(thrown);
      }
    });
    thread.on('error', (thrown: NodeJS.ErrnoException) =>
      thrown.code === 'ERR_WORKER_OUT_OF_MEMORY' ? stop('out of memory') : blame(oneLine(thrown), thrown),
    );
    thread.on('exit', () => blame('it ended the search, as process.exit does'));
    whenAborted(interruption.asked, ended.signal, () => request({type: 'Abort'}));
    whenAborted(interruption.insisted, ended.signal, () => stop(unanswered(known)));
    whenBloated(work.memoryBytes, ended.signal, () => stop('out of memory'));
  });
  request({type: 'Load', source});
  return explored.finally(() => {
    ended.abort();
    return thread.terminate();
  });
};
