// What a primary's lists come to in cases drawn at random, and what the rules ask about a case.

import fc from 'fast-check';
import {type Entry, type FailoverEvent, failoverOutcomes, type Stage} from '../../../src/index.js';
import {aTerm} from '../../arbitraries/cluster.js';
import {failoverConfig, failoverEvent, failoverState} from '../../arbitraries/failover.js';
import {casesOf} from './sampled.js';

const drawn = fc.sample(fc.record({config: failoverConfig, term: aTerm, before: failoverState, event: failoverEvent}), {
  numRuns: 60_000,
  seed: 1,
});
type Situation = (typeof drawn)[number];

/** The same with an event about the VM that the primary knows, from the host that it waits for. */
const meant = ({config, term, before, event}: Situation): FailoverEvent => {
  const [entry] = before.inventory;
  if (entry === undefined) return event;
  const {vm, generation, attempts, round, stage} = entry;
  switch (event.type) {
    case 'Retrieved':
      return {...event, retrieval: {...event.retrieval, vm}};
    case 'TimerFired': {
      const isTimed = !['watched', 'checking', 'queued', 'rechecking'].includes(stage);
      const timed = isTimed ? (stage as typeof event.timer.stage) : 'delayed';
      return {...event, timer: {...event.timer, vm, stage: timed, round, attempt: attempts}};
    }
    case 'HostChanged':
      return {...event, host: entry.host ?? event.host};
    case 'VmReported':
      return {...event, vm, from: entry.host ?? event.from};
    case 'Received': {
      const awaited =
        entry.stage === 'placing' ? entry.awaited[0] : entry.stage === 'starting' ? entry.on : config.self;
      const message = {...event.message, vm, generation, round, term};
      return {...event, from: awaited ?? event.from, message};
    }
    default:
      return {...event, vm};
  }
};

// One VM at a time: what becomes of another in the same step is no part of its rule. One that is queued alone has had
// its turn already.
export const CASES = casesOf(
  drawn
    .filter(({before}) => before.inventory.length < 2 && before.inventory.every(({stage}) => stage !== 'queued'))
    .flatMap(situation => [situation, {...situation, event: meant(situation)}]),
  ({config, term, before, event}) => failoverOutcomes(config, term, before, event),
);
export type FailoverCase = (typeof CASES)[number];

const vmOf = ({before, event}: FailoverCase) => {
  if (event.type === 'Retrieved') return event.retrieval.vm;
  if (event.type === 'TimerFired') return event.timer.vm;
  if (event.type === 'Received') return event.message.vm;
  return event.type === 'HostChanged' ? before.inventory[0]?.vm : event.vm;
};
export const was = (each: FailoverCase): Entry | undefined => each.before.inventory.find(({vm}) => vm === vmOf(each));
export const is = (each: FailoverCase): Entry | undefined => each.after.inventory.find(({vm}) => vm === vmOf(each));
/** From a queue a VM may come to be placed and started in the same step. */
export const LISTED: readonly Stage[] = ['queued', 'placing', 'starting', 'lacking', 'waiting'];
export const isIn = (entry: Entry | undefined, ...stages: readonly Stage[]): boolean =>
  entry !== undefined && stages.includes(entry.stage);
export const isStored = ({config}: FailoverCase, entry: Entry | undefined): boolean =>
  config.plans.find(({vm}) => vm === entry?.vm)?.stored ?? true;
export const isUnchanged = ({before, after}: FailoverCase): boolean => JSON.stringify(before) === JSON.stringify(after);
export const sent = ({effects}: FailoverCase, type: string) =>
  effects.flatMap(effect => (effect.type === 'Send' && effect.message.type === type ? [effect.to] : []));
export const up = ({config, after}: FailoverCase) => config.hosts.filter(host => !after.gone.includes(host));
export const sameHosts = (a: readonly string[], b: readonly string[]): boolean =>
  [...a].sort().join() === [...b].sort().join();
export const reportOf = ({event}: FailoverCase) => (event.type === 'VmReported' ? event.report : null);
export const resultOf = ({event}: FailoverCase): string | null =>
  event.type === 'Received' && event.message.type === 'RestartResult' ? event.message.result.type : null;
export const generationIn = ({event}: FailoverCase): number =>
  event.type === 'Retrieved' ? event.retrieval.generation : 'generation' in event ? event.generation : 0;
