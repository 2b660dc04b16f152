// The primary's part of reading protection states back (US 10,417,032): GET on the own host, and on every other host
// through its HA module, because a GET tells only of VMs that are accessible where it is called.

import {match} from 'ts-pattern';
import type {Config} from '../cluster/config.js';
import type {Term} from '../cluster/ids.js';
import type {Retrieval} from '../failover/events.js';
import {type NonEmpty, nonEmpty} from '../kernel/nonempty.js';
import {toEach} from '../kernel/orders.js';
import {ignored, type Outcomes} from '../kernel/outcome.js';
import {difference} from '../kernel/sorted.js';
import type {RuleId} from '../rules.js';
import type {RetrievalEffect, RetrievalEvent} from './events.js';

/** What the primary has read back so far, sorted by VM. It starts empty, and a primary that steps down forgets it. */
export type Knowledge = readonly Retrieval[];

type Decisions = Outcomes<Knowledge, RetrievalEffect>;

/** Every outcome that the specification allows a primary of this term. Total and pure. */
export const retrievalOutcomes = (config: Config, term: Term, known: Knowledge, event: RetrievalEvent): Decisions =>
  match(event)
    .with({type: 'Elected'}, () => readBack(config, term, known, ['RT-01']))
    .with({type: 'AccessibilityChanged'}, () => readBack(config, term, known, ['RT-02']))
    .with({type: 'TimerFired'}, () =>
      config.repairs['periodic-retrieval'] ? readBack(config, term, known, ['RT-05']) : ignored(known, 'RT-08'),
    )
    .with({type: 'GetReplied', purpose: {type: 'Own'}}, ({purpose, retrievals}) =>
      purpose.term === term ? learn(config, known, retrievals) : ignored(known, 'RT-08'),
    )
    .with({type: 'Received', message: {type: 'Retrieved'}}, ({message}) => learn(config, known, message.retrievals))
    .with({type: 'GetReplied'}, {type: 'Received'}, () => ignored(known, 'RT-08'))
    .exhaustive();

const readBack = ({self, hosts, repairs}: Config, term: Term, known: Knowledge, rules: NonEmpty<RuleId>): Decisions => {
  const timer: readonly RetrievalEffect[] = repairs['periodic-retrieval']
    ? [{type: 'SetTimer', timer: {type: 'Retrieval'}}]
    : [];
  const calls: readonly RetrievalEffect[] = [
    {type: 'CallGet', purpose: {type: 'Own', term}},
    ...toEach(difference(hosts, [self]), {type: 'Retrieve', term} as const),
  ];
  return [{state: known, effects: [...calls, ...timer], rules}];
};

const learn = (config: Config, known: Knowledge, retrievals: readonly Retrieval[]): Decisions => {
  const learned = retrievals.flatMap(retrieval => {
    const rule = newsIn(config, known.find(({vm}) => vm === retrieval.vm) ?? null, retrieval);
    return rule === null ? [] : [{retrieval, rule}];
  });
  const rules = nonEmpty([...new Set(learned.map(({rule}) => rule))]);
  if (rules === null) return ignored(known, 'RT-08');
  const kept = known.filter(({vm}) => !learned.some(({retrieval}) => retrieval.vm === vm));
  return [
    {
      state: [...kept, ...learned.map(({retrieval}) => retrieval)].sort((a, b) => (a.vm < b.vm ? -1 : 1)),
      effects: learned.map(({retrieval}) => ({type: 'Learned', retrieval})),
      rules,
    },
  ];
};

/** The rule by which this is learned, or null where it tells nothing new. */
const newsIn = (
  {repairs}: Config,
  known: Retrieval | null,
  {value, generation}: Retrieval,
): 'RT-06' | 'RT-07' | 'RT-09' | null => {
  if (known === null) return 'RT-06';
  if (repairs.generations) return generation > known.generation ? 'RT-07' : null;
  return value === known.value ? null : 'RT-09';
};
