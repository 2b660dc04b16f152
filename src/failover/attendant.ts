// What every host does for a primary, its own included: says how a VM stands there, starts it when told, and watches.

import {match} from 'ts-pattern';
import type {Generation, HostId, Term, VmId} from '../cluster/ids.js';
import {ignored, type Outcomes} from '../kernel/outcome.js';
import type {FailoverConfig} from './config.js';
import type {AttendantEvent, FailoverEffect} from './events.js';
import type {FailoverMessageOf, Standing, Wanted} from './messages.js';
import {isPlaceable} from './transition.js';

/** A primary's wish to hear when a VM can be started on this host. */
export type PlaceWatch = {
  readonly vm: VmId;
  readonly primary: HostId;
  readonly term: Term;
  readonly generation: Generation;
  readonly attempt: number;
  readonly wanted: Wanted;
  /** Whether the VM could be started here when last looked at. */
  readonly seen: boolean;
};

/** Sorted by VM, then primary. */
export type PlaceWatches = readonly PlaceWatch[];

type Decisions = Outcomes<PlaceWatches, FailoverEffect>;

/** Every outcome that the specification allows. The state is what this host watches for. */
export const attendantOutcomes = (config: FailoverConfig, watches: PlaceWatches, event: AttendantEvent): Decisions =>
  match(event)
    .with(
      {type: 'Received', message: {type: 'PlaceQuery'}},
      ({from, message, standing}): Decisions => [
        {
          state: watches,
          effects: [{type: 'Send', to: from, message: {...message, type: 'PlaceAnswer', standing}}],
          rules: ['FO-42'],
        },
      ],
    )
    .with({type: 'Received', message: {type: 'RestartCommand'}}, ({from, message}): Decisions => {
      const {vm, generation, term, attempt} = message;
      const request = {by: 'primary', vm, generation, from, term, attempt} as const;
      return [{state: watches, effects: [{type: 'PowerOn', request}], rules: ['FO-43']}];
    })
    .with({type: 'Received', message: {type: 'PlaceRegister'}}, ({from, message, standing}) =>
      onRegister(config, watches, from, message, standing),
    )
    .with({type: 'Received'}, () => ignored(watches, 'FO-34'))
    .with({type: 'StandingChanged'}, ({vm, standing}) => onStandingChanged(config, watches, vm, standing))
    .with({type: 'PowerOnEnded'}, ({request, result}): Decisions => {
      if (request.by === 'user') return ignored(watches, 'FO-34');
      const {vm, generation, term, attempt, from} = request;
      const message = {type: 'RestartResult', term, vm, generation, attempt, result} as const;
      return [{state: watches, effects: [{type: 'Send', to: from, message}], rules: ['FO-44']}];
    })
    .exhaustive();

const onRegister = (
  config: FailoverConfig,
  watches: PlaceWatches,
  primary: HostId,
  {vm, term, generation, attempt, wanted}: FailoverMessageOf<'PlaceRegister'>,
  standing: Standing,
): Decisions => {
  const seen = isWanted(config, wanted, standing);
  const watch: PlaceWatch = {vm, primary, term, generation, attempt, wanted, seen};
  const kept = watches.find(other => other.vm === vm && other.primary === primary);
  const others = watches.filter(other => other !== kept);
  if (kept !== undefined && kept.term > term) return ignored(watches, 'FO-48');
  return seen && wanted.level
    ? [{state: others, effects: [notice(watch)], rules: ['FO-45']}]
    : [{state: [...others, watch].sort(byVmAndPrimary), effects: [], rules: ['FO-46']}];
};

/** Each watch that saw no place and sees one now is spent; the others remember what they see. */
const onStandingChanged = (config: FailoverConfig, watches: PlaceWatches, vm: VmId, standing: Standing): Decisions => {
  const sees = (watch: PlaceWatch): boolean => isWanted(config, watch.wanted, standing);
  const changed = watches.filter(watch => watch.vm === vm && watch.seen !== sees(watch));
  if (changed.length === 0) return ignored(watches, 'FO-34');
  const due = changed.filter(sees);
  const state = watches.flatMap(watch =>
    due.includes(watch) ? [] : changed.includes(watch) ? [{...watch, seen: false}] : [watch],
  );
  return [{state, effects: due.map(notice), rules: ['FO-47']}];
};

const isWanted = (config: FailoverConfig, {capacity}: Wanted, standing: Standing): boolean =>
  isPlaceable({config}, standing) && (standing.capacity || !capacity);

const notice = ({primary, term, vm, generation, attempt}: PlaceWatch): FailoverEffect => ({
  type: 'Send',
  to: primary,
  message: {type: 'BecamePlaceable', term, vm, generation, attempt},
});

const byVmAndPrimary = (a: PlaceWatch, b: PlaceWatch): number =>
  a.vm !== b.vm ? (a.vm < b.vm ? -1 : 1) : a.primary < b.primary ? -1 : 1;
