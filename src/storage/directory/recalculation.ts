// Votes of components that have been gone for long are given up, so that the next loss does not cost the quorum.

import type {HostId, ObjectId} from '../../cluster/ids.js';
import {hostsOf, type ObjectLayout} from '../../cluster/layout.js';
import {isEqual} from '../../kernel/equal.js';
import {intersection} from '../../kernel/sorted.js';
import {chargeOf, newest, propose} from './charge.js';
import type {StorageConfig} from './config.js';
import {type DirectoryEntry, recalculated} from './entry.js';
import {type Charge, objectsOf, type Taken, type Work} from './state.js';
import {cite, type Step} from './step.js';

const RECALCULATE: Work = {type: 'Recalculate'};

/** The timer of an absent component has run out, or its host is back. */
export const onAbsence = (config: StorageConfig, step: Step, object: ObjectId): Step => {
  const layout = objectsOf(config).find(known => known.object === object);
  const known = layout === undefined ? null : chargeOf(step, layout);
  if (layout === undefined || known === null) return cite(step, 'OB-19');
  const joined = intersection(hostsOf(layout), step.state.reign?.joined ?? []);
  return config.repairs['quorum-recalculation']
    ? byQuorum(config, step, layout, known, joined)
    : byAnyone(config, step, layout, known, joined);
};

/** Only what can be committed with the old votes and with the new ones becomes the new votes (OB-16). */
const byQuorum = (
  config: StorageConfig,
  step: Step,
  layout: ObjectLayout,
  known: Charge,
  joined: readonly HostId[],
): Step => {
  if (known.phase !== 'serving' || known.work !== null) return cite(step, 'OB-19');
  const {entry, queue} = known;
  const next = voting(layout, entry, intersection(joined, entry.content.register.current));
  return next === null
    ? cite(step, 'OB-19')
    : propose(config, cite(step, 'OB-16'), layout, {...next, former: entry.voters}, RECALCULATE, queue);
};

/** Each side gives the votes of the other up, and has all that are left (OB-18). */
const byAnyone = (
  config: StorageConfig,
  step: Step,
  layout: ObjectLayout,
  known: Charge,
  joined: readonly HostId[],
): Step => {
  const entry = known.phase === 'serving' ? known.entry : (newest(known.answers)?.entry ?? null);
  const isBusy = known.phase === 'serving' && known.work !== null;
  const next = entry === null || isBusy ? null : voting(layout, entry, joined);
  const queue: readonly Taken[] = known.phase === 'serving' ? known.queue : [];
  return next === null
    ? cite(step, 'OB-19')
    : propose(config, cite(step, 'OB-18'), layout, {...next, former: null}, RECALCULATE, queue);
};

/** The entry with the votes of those that are present, or null where they are so already, or none of them has data. */
const voting = (layout: ObjectLayout, entry: DirectoryEntry, present: readonly HostId[]): DirectoryEntry | null => {
  const voters = recalculated(layout.components, present);
  const isUseful = voters.some(({kind}) => kind === 'replica');
  return isUseful && !isEqual(voters, entry.voters) ? {...entry, voters} : null;
};
