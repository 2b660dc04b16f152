// The thread that loads a model and searches. It answers the main thread and touches nothing else.

import {parentPort} from 'node:worker_threads';
import type {Model} from '../define/model.js';
import {check} from '../engine/check.js';
import {ModelError} from '../engine/errors.js';
import {describe, valuesOf} from './describe.js';
import type {Answer, Bounds, Request, Source, Texts} from './exchange.js';
import {load} from './load.js';
import {oneLine, Refusal} from './refusal.js';
import {textOfSource} from './source.js';

const interruption = new AbortController();
const answer = (message: Answer): void => parentPort?.postMessage(message);

/** What to say of a model that could not be explored. What is neither its author's fault nor a user's is ours. */
const lineFor = (thrown: unknown, name: string): string => {
  if (thrown instanceof Refusal) return thrown.message;
  if (thrown instanceof ModelError) return `the model ${name} is broken: ${oneLine(thrown)}`;
  return `the search of ${name} failed: ${oneLine(thrown)} (HOLDFAST_DEBUG=1 tells where)`;
};

const refuse = (thrown: unknown, name: string): void => {
  const line = lineFor(thrown, name);
  const {cause, stack} = thrown instanceof Error ? thrown : new Error(line);
  answer({type: 'Refused', line, detail: (cause instanceof Error ? cause.stack : stack) ?? line});
};

type Work = {readonly source: Source; readonly texts: Texts; readonly bounds: Bounds};

const search = async (model: Model, {source, texts, bounds}: Work): Promise<void> => {
  const {depth, states, memoryBytes, workers} = bounds;
  const options = valuesOf(model, texts);
  answer({type: 'Started', options});
  const result = await check(model, options, {
    ...(depth === null ? {} : {depth}),
    ...(states === null ? {} : {states}),
    ...(memoryBytes === null ? {} : {memoryBytes}),
    workers,
    source: {module: new URL('./load.js', import.meta.url).href, export: 'load', argument: source},
    signal: interruption.signal,
    onProgress: progress => answer({type: 'Progressed', progress}),
  });
  answer({type: 'Finished', result});
};

/** Serves one search: the model is loaded and described, then explored with the options that were chosen for it. */
const serve = (source: Source): ((texts: Texts, bounds: Bounds) => void) => {
  const loading = load(source);
  loading.then(
    model => answer({type: 'Described', description: describe(model)}),
    thrown => refuse(thrown, textOfSource(source)),
  );
  return (texts, bounds) =>
    void loading.then(model => search(model, {source, texts, bounds}).catch(thrown => refuse(thrown, model.name)));
};

let begin: ReturnType<typeof serve> = () => {};

parentPort?.on('message', (request: Request) => {
  switch (request.type) {
    case 'Load':
      begin = serve(request.source);
      break;
    case 'Check':
      begin(request.texts, request.bounds);
      break;
    case 'Abort':
      interruption.abort();
  }
});
