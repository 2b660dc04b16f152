// One exploration in a thread of its own, seen from the main thread.

import type {Progress, Result} from '../report/result.js';
import type {Answer, Bounds, Description, Request, Source, Texts} from './exchange.js';
import {type Interruption, whenAborted} from './interruption.js';
import {oneLine, Refusal} from './refusal.js';
import {textOfSource} from './source.js';
import {take} from './thread.js';

export type Exploration = {
  readonly source: Source;
  readonly bounds: Bounds;
  readonly interruption: Interruption;
  /** What was said for the model's options; null to look at the model only. */
  readonly choose: (description: Description) => Texts | null;
  readonly onProgress: (progress: Progress, description: Description, options: Result['options']) => void;
};

/** `result` is null where `choose` answered null. */
export type Explored = {readonly description: Description; readonly result: Result | null};

const UNANSWERED = 'interrupted; the search did not answer, so the counts are the last that it told';

/** What is known of a search that was ended before it could report. */
const cutShort = (
  known: Pick<Result, 'model' | 'options' | 'reason' | 'seconds'>,
  progress: Progress | null,
): Result => ({
  ...known,
  verdict: 'incomplete',
  complete: false,
  distinct: progress?.distinct ?? 0,
  generated: progress?.generated ?? 0,
  depth: progress?.depth ?? 0,
  peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
  violation: null,
  coverage: {actions: [], rules: [], neverFired: {actions: [], rules: []}},
});

/**
 * Loads a model, asks `choose` for its options, and searches. Rejects with a `Refusal` where the usage is bad or the
 * model is broken, and with whatever `choose` throws. An interruption makes an incomplete result, never a rejection.
 */
export const explore = ({source, bounds, interruption, choose, onProgress}: Exploration): Promise<Explored> => {
  const thread = take();
  const request = (message: Request): void => thread.postMessage(message);

  const began = performance.now();
  const ended = new AbortController();
  let description: Description = {name: textOfSource(source), summary: '', options: []};
  let options: Result['options'] = {};
  let progress: Progress | null = null;

  const explored = new Promise<Explored>((resolve, reject) => {
    const stop = (reason: string): void => {
      const seconds = (performance.now() - began) / 1000;
      resolve({description, result: cutShort({model: description.name, options, reason, seconds}, progress)});
    };

    const hear = (answer: Answer): void => {
      switch (answer.type) {
        case 'Described': {
          description = answer.description;
          const texts = choose(description);
          if (texts === null) resolve({description, result: null});
          else request({type: 'Check', texts, bounds});
          break;
        }
        case 'Started':
          options = answer.options;
          break;
        case 'Progressed':
          progress = answer.progress;
          onProgress(progress, description, options);
          break;
        case 'Finished':
          resolve({description, result: answer.result});
          break;
        case 'Refused':
          reject(new Refusal(answer.line, {cause: answer.detail}));
      }
    };

    thread.on('message', (answer: Answer) => {
      try {
        hear(answer);
      } catch (thrown) {
        reject(thrown);
      }
    });
    thread.on('error', (thrown: Error & {code?: string}) =>
      thrown.code === 'ERR_WORKER_OUT_OF_MEMORY'
        ? stop('out of memory')
        : reject(new Refusal(`the model ${description.name} is broken: ${oneLine(thrown)}`, {cause: thrown.stack})),
    );
    thread.on('exit', () => reject(new Refusal(`the model ${description.name} is broken: it ended the search`)));
    whenAborted(interruption.asked, ended.signal, () => request({type: 'Abort'}));
    whenAborted(interruption.insisted, ended.signal, () => stop(UNANSWERED));
  });
  request({type: 'Load', source});
  return explored.finally(() => {
    ended.abort();
    return thread.terminate();
  });
};
