// The flags that every model takes, and what they say.

import {type Command, Option} from 'commander';
import type {TraceFormat} from '../report/trace-file.js';
import type {Bounds, GraphOutput, Keeping, Limits, Walks} from './exchange.js';
import {GRAPH_FORMATS, type GraphFormat, type Output, outputOf, TRACE_FORMATS} from './outputs.js';
import {memorySize, timeSpan, wholeNumber} from './quantity.js';
import {Refusal} from './refusal.js';

/** Files that are written when the verdict is there. */
export type Files = {readonly traces: readonly Output<TraceFormat>[]; readonly report: string | null};

/** What was said that any model takes. */
export type General = {
  readonly json: boolean;
  readonly bounds: Bounds;
  readonly files: Files;
  readonly keeping: Keeping;
  readonly graph: GraphOutput | null;
};

/** How many states a graph may have unless more are allowed: Graphviz takes minutes for some thousand. */
const GRAPH_STATES: Readonly<Record<GraphFormat, number>> = {dot: 5000, json: 1e6, aldebaran: 1e6};

const traces = (text: string, before: readonly Output<TraceFormat>[] = []): readonly Output<TraceFormat>[] => [
  ...before,
  outputOf('--trace', TRACE_FORMATS)(text),
];

const OF_EVERY: readonly Option[] = [
  new Option('--json', 'one JSON document on standard output and nothing else'),
  new Option('--depth <n>', 'stop when this many levels are explored').argParser(wholeNumber('--depth')),
  new Option('--states <n>', 'stop when more distinct states than this are found').argParser(wholeNumber('--states')),
  new Option('--workers <n>', 'threads that search').argParser(wholeNumber('--workers', 64)),
  new Option('--por', 'partial-order reduction: take independent steps in fewer orders'),
  new Option('--memory <size>', 'stop before more memory is held, as 512m or 4g').argParser(memorySize('--memory')),
  new Option('--simulate', 'walk at random instead of searching everything; never says that a model holds'),
];

const OF_WALKS: readonly Option[] = [
  new Option('--seed <n>', 'simulate: where chance comes from').argParser(wholeNumber('--seed', undefined, 0)),
  new Option('--runs <n>', 'simulate: walks (1000, unless there are --seconds)').argParser(wholeNumber('--runs')),
  new Option('--steps <n>', 'simulate: steps of a walk (100)').argParser(wholeNumber('--steps')),
  new Option('--seconds <s>', 'simulate: time for all walks').argParser(timeSpan('--seconds')),
];

const OF_VERDICTS: readonly Option[] = [
  new Option('--trace <file>', 'the counterexample: .txt, .json, .itf.json (TLA+) or .mmd (Mermaid)').argParser(traces),
  new Option('--report <file>', 'the run as an HTML page'),
];

const OF_SEARCHES: readonly Option[] = [
  new Option('--graph <file>', 'all states and steps: .dot (Graphviz), .json or .aut (mCRL2, CADP)').argParser(
    outputOf('--graph', GRAPH_FORMATS),
  ),
  new Option('--graph-limit <n>', 'most states of a graph (5000 as .dot, otherwise 1000000)').argParser(
    wholeNumber('--graph-limit'),
  ),
  new Option('--checkpoint <file>', 'keep the search now and then, and when it is stopped'),
  new Option('--checkpoint-every <s>', 'seconds from one checkpoint to the next (60)').argParser(
    timeSpan('--checkpoint-every'),
  ),
  new Option('--resume <file>', 'go on from a checkpoint of the same model and options'),
];

const GROUPS = {
  'Options of every model:': [...OF_EVERY, ...OF_WALKS],
  'Files:': [...OF_VERDICTS, ...OF_SEARCHES],
};

const longOf = ({long}: Option): string => long ?? '';

/** Every flag that a model's own options must leave alone. */
export const GENERAL_FLAGS = Object.values(GROUPS).flatMap(options => options.map(longOf));

export const addGeneral = (made: Command): Command => {
  for (const [heading, options] of Object.entries(GROUPS)) {
    made.optionsGroup(heading);
    for (const option of options) made.addOption(option);
  }
  return made;
};

const OF_AUDITS = OF_EVERY.filter(option => ['--json', '--depth', '--states', '--memory'].includes(longOf(option)));

export const addLimits = (made: Command): Command => {
  made.optionsGroup('Options of every model:');
  for (const option of OF_AUDITS) made.addOption(option);
  return made;
};

/** What a parsed command was told of an audit. */
export const limitsOf = (made: Command): {readonly json: boolean; readonly limits: Limits} => {
  const {json = false, depth = null, states = null, memory = null} = made.opts();
  return {json, limits: {depth, states, memoryBytes: memory}};
};

/** What a parsed command was told. Refuses flags that do not go together. */
export const generalOf = (made: Command): General => {
  refuseStrangers(made);
  const {json = false, depth = null, states = null, memory = null, workers = 1, por = false} = made.opts();
  const {simulate = false, seed = null, runs = null, steps = null, seconds = null} = made.opts();
  const {trace = [], report = null, graph = null, graphLimit = null} = made.opts();
  const {checkpoint = null, checkpointEvery = null, resume = null} = made.opts();
  const format: GraphFormat = graph?.format ?? 'dot';
  return {
    json,
    bounds: {
      depth,
      states,
      memoryBytes: memory,
      workers,
      isReduced: por,
      walks: simulate ? ({seed, runs, steps, seconds} satisfies Walks) : null,
    },
    files: {traces: trace, report},
    keeping: {checkpoint, everySeconds: checkpointEvery, resume},
    graph: graph === null ? null : {...graph, states: graphLimit ?? GRAPH_STATES[format]},
  };
};

const refuseStrangers = (made: Command): void => {
  const isSaid = (flag: string): boolean =>
    made.options.some(option => option.long === flag && made.getOptionValueSource(option.attributeName()) === 'cli');
  const refuse = (flags: readonly string[], why: string): void => {
    const stranger = flags.find(isSaid);
    if (stranger !== undefined) throw new Refusal(`${stranger} ${why}`);
  };
  if (isSaid('--simulate'))
    refuse(['--depth', '--workers', '--por', ...OF_SEARCHES.map(longOf)], 'does not go with --simulate');
  else refuse(OF_WALKS.map(longOf), 'does not go without --simulate');
  if (isSaid('--por')) {
    const why = 'does not go with --por:';
    if (made.opts()['workers'] > 1) refuse(['--workers'], `${why} a thread does not know what others have queued`);
    refuse(['--checkpoint', '--resume'], `${why} a search that goes on would leave out other states`);
  }
  if (!isSaid('--graph')) refuse(['--graph-limit'], 'needs --graph');
  if (!isSaid('--checkpoint')) refuse(['--checkpoint-every'], 'needs --checkpoint');
};

/** Refuses flags that only go with one model. */
export const refuseWithoutModel = ({files: {traces, report}, keeping, graph}: General): void => {
  const flags = {
    '--trace': traces.length > 0,
    '--report': report !== null,
    '--graph': graph !== null,
    '--checkpoint': keeping.checkpoint !== null,
    '--resume': keeping.resume !== null,
  };
  const stranger = Object.entries(flags).find(([, isSaid]) => isSaid)?.[0];
  if (stranger !== undefined) throw new Refusal(`${stranger} needs a model`);
};
