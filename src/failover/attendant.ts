// What every host does for a primary, its own included: says how a VM stands there, starts it when told, and watches.

import {match} from 'ts-pattern';
import type {HostId, VmId} from '../cluster/ids.js';
import type {RequestId} from '../cluster/request.js';
import {ignored, type Outcomes} from '../kernel/outcome.js';
import type {FailoverConfig} from './config.js';
import type {AttendantEvent, FailoverEffect} from './events.js';
import type {FailoverMessageOf, Standing, Wanted} from './messages.js';
import {isPlace} from './transition.js';

/** A primary's wish to hear when a VM can be started on this host. */
export type PlaceWatch = RequestId & {
  readonly primary: HostId;
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
      const {type: _, ...id} = message;
      const request = {by: 'primary', from, ...id} as const;
      return [{state: watches, effects: [{type: 'PowerOn', request}], rules: ['FO-43']}];
    })
    .with({type: 'Received', message: {type: 'PlaceRegister'}}, ({from, message, standing}) =>
      onRegister(config, watches, from, message, standing),
    )
    .with({type: 'Received'}, () => ignored(watches, 'FO-34'))
    .with({type: 'StandingChanged'}, ({vm, standing}) => onStandingChanged(config, watches, vm, standing))
    .with({type: 'PowerOnEnded'}, ({request, result}): Decisions => {
      if (request.by === 'user') return ignored(watches, 'FO-34');
      const message = {type: 'RestartResult', ...requestIdOf(request), result} as const;
      return [{state: watches, effects: [{type: 'Send', to: request.from, message}], rules: ['FO-44']}];
    })
    .exhaustive();

const onRegister = (
  config: FailoverConfig,
  watches: PlaceWatches,
  primary: HostId,
  {wanted, ...registration}: FailoverMessageOf<'PlaceRegister'>,
  standing: Standing,
): Decisions => {
  const id = requestIdOf(registration);
  const seen = isWanted(config, id.vm, wanted, standing);
  const watch: PlaceWatch = {...id, primary, wanted, seen};
  const kept = watches.find(other => other.vm === id.vm && other.primary === primary);
  const others = watches.filter(other => other !== kept);
  if (kept !== undefined && isOlder(id, kept)) return ignored(watches, 'FO-48');
  return seen && wanted.level
    ? [{state: others, effects: [notice(watch)], rules: ['FO-45']}]
    : [{state: [...others, watch].sort(byVmAndPrimary), effects: [], rules: ['FO-46']}];
};

/** Each watch that saw no place and sees one now is spent; the others remember what they see. */
const onStandingChanged = (config: FailoverConfig, watches: PlaceWatches, vm: VmId, standing: Standing): Decisions => {
  const sees = (watch: PlaceWatch): boolean => isWanted(config, vm, watch.wanted, standing);
  const changed = watches.filter(watch => watch.vm === vm && watch.seen !== sees(watch));
  if (changed.length === 0) return ignored(watches, 'FO-34');
  const due = changed.filter(sees);
  const state = watches.flatMap(watch =>
    due.includes(watch) ? [] : changed.includes(watch) ? [{...watch, seen: false}] : [watch],
  );
  return [{state, effects: due.map(notice), rules: ['FO-47']}];
};

const isWanted = (config: FailoverConfig, vm: VmId, {capacity}: Wanted, standing: Standing): boolean =>
  isPlace({config}, {vm}, standing) && (standing.capacity || !capacity);

const notice = (watch: PlaceWatch): FailoverEffect => ({
  type: 'Send',
  to: watch.primary,
  message: {type: 'BecamePlaceable', ...requestIdOf(watch)},
});

const requestIdOf = ({term, vm, generation, round}: RequestId): RequestId => ({term, vm, generation, round});

/** What a primary asked before: in an older term, for an older generation, or in an earlier round. */
const isOlder = (a: RequestId, b: RequestId): boolean =>
  a.term !== b.term ? a.term < b.term : a.generation !== b.generation ? a.generation < b.generation : a.round < b.round;

const byVmAndPrimary = (a: PlaceWatch, b: PlaceWatch): number =>
  a.vm !== b.vm ? (a.vm < b.vm ? -1 : 1) : a.primary < b.primary ? -1 : 1;
