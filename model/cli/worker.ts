// The thread that loads a model and searches. It answers the main thread, and writes what only it has: the graph of
// all states, and checkpoints.

import {parentPort} from 'node:worker_threads';
import type {Model} from '../define/model.js';
import {check} from '../engine/check.js';
import {CheckpointError} from '../engine/checkpoint/file.js';
import {ModelError} from '../engine/errors.js';
import type {CheckLimits} from '../engine/limits.js';
import type {SimulationLimits} from '../engine/simulate/limits.js';
import type {Progress} from '../report/result.js';
import {describe, valuesOf} from './describe.js';
import type {Answer, Keeping, Limits, Request, Source, Task, Texts} from './exchange.js';
import {load} from './load.js';
import {oneLine, Refusal} from './refusal.js';
import {textOfSource} from './source.js';

const interruption = new AbortController();
const answer = (message: Answer): void => parentPort?.postMessage(message);

/** What to say of a model that could not be explored. What is neither its author's fault nor a user's is ours. */
const lineFor = (thrown: unknown, name: string): string => {
  if (thrown instanceof Refusal || thrown instanceof CheckpointError) return oneLine(thrown);
  if (thrown instanceof ModelError) return `the model ${name} is broken: ${oneLine(thrown)}`;
  return `the search of ${name} failed: ${oneLine(thrown)} (HOLDFAST_DEBUG=1 tells where)`;
};

/** Where it was thrown; null where that cannot be told. To ask a model's own error may throw. */
const traceOf = (thrown: unknown): string | null => {
  if (!(thrown instanceof Error)) return null;
  try {
    return traceOf(thrown.cause) ?? thrown.stack ?? null;
  } catch {
    return null;
  }
};

const refuse = (thrown: unknown, name: string): void => {
  const line = lineFor(thrown, name);
  answer({type: 'Refused', line, detail: traceOf(thrown) ?? line});
};

/** The bounds that were said. */
const said = <B extends Readonly<Record<string, number | null>>>(bounds: B): {readonly [K in keyof B]?: number} =>
  Object.fromEntries(Object.entries(bounds).filter(([, value]) => value !== null)) as {[K in keyof B]?: number};

/** Where a search is kept, and from where it goes on. */
const kept = ({checkpoint: file, everySeconds, resume}: Keeping): Pick<CheckLimits, 'checkpoint' | 'resume'> => ({
  ...(file === null ? {} : {checkpoint: {file, ...(everySeconds === null ? {} : {everySeconds})}}),
  ...(resume === null ? {} : {resume}),
});

/** What searches of all kinds are told. */
const told = (limits: Limits) => ({
  signal: interruption.signal,
  onProgress: (progress: Progress) => answer({type: 'Progressed', progress}),
  ...said(limits),
});

/** Answers what is said for each option. */
const begun = (model: Model, texts: Texts): Readonly<Record<string, unknown>> => {
  const options = valuesOf(model, texts);
  answer({type: 'Started', options});
  return options;
};

const exploreModel = async (source: Source, model: Model, texts: Texts, task: Task): Promise<void> => {
  const {bounds, keeping, graph} = task;
  const {workers, isReduced, walks, ...limits} = bounds;
  const options = begun(model, texts);
  const shared = told(limits);
  const search = () => {
    const module = new URL('./load.js', import.meta.url).href;
    if (keeping.checkpoint !== null) interruption.signal.addEventListener('abort', () => answer({type: 'Keeping'}));
    return check(model, options, {
      ...shared,
      ...kept(keeping),
      workers,
      ...(isReduced ? {reduce: 'partial-order'} : {}),
      source: {module, export: 'load', argument: source},
    });
  };
  const walk = async (said: SimulationLimits) => {
    const {simulate} = await import('../engine/simulate/simulate.js');
    return await simulate(model, options, said);
  };
  if (graph !== null) {
    const {writeGraph} = await import('./graph-file.js');
    await writeGraph(model, options, graph, shared);
  }
  const result = walks === null ? await search() : await walk({...shared, ...said(walks)});
  answer({type: 'Finished', result});
};

const auditModel = async (model: Model, texts: Texts, limits: Limits): Promise<void> => {
  const options = begun(model, texts);
  const {audit} = await import('../engine/audit/audit.js');
  answer({type: 'Audited', audit: await audit(model, options, told(limits))});
};

/** Serves one search: the model is loaded and described, then explored with the options that were chosen for it. */
const serve = (source: Source) => {
  const loading = load(source);
  loading.then(
    model => answer({type: 'Described', description: describe(model)}),
    thrown => refuse(thrown, textOfSource(source)),
  );
  return (work: (model: Model) => Promise<void>): void =>
    void loading.then(model => work(model).catch(thrown => refuse(thrown, model.name)));
};

let perform: ReturnType<typeof serve> = () => {};
let source: Source;

parentPort?.on('message', (request: Request) => {
  switch (request.type) {
    case 'Load':
      ({source} = request);
      perform = serve(source);
      break;
    case 'Check':
      perform(model => exploreModel(source, model, request.texts, request.task));
      break;
    case 'Audit':
      perform(model => auditModel(model, request.texts, request.limits));
      break;
    case 'Abort':
      interruption.abort();
  }
});
