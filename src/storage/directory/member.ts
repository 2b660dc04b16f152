// What a host does as a member of a partition: keep its components as the owner says, and remember what it publishes.

import type {HostId} from '../../cluster/ids.js';
import type {StorageConfig} from './config.js';
import {isNewer} from './entry.js';
import type {StorageMessageOf} from './messages.js';
import {cite, type Step, send, store} from './step.js';
import {learn} from './telling.js';

/** Keeps what the owner writes. Nobody else's writes count: a component must not serve two owners. */
export const onWrite = (
  {repairs}: StorageConfig,
  step: Step,
  from: HostId,
  {number, entry}: StorageMessageOf<'ComponentWrite'>,
): Step => {
  const {owner, durable} = step.state;
  const {object, version} = entry;
  const acked = (at: Step): Step => send(at, [from], {type: 'ComponentAck', number, object, version});
  if (!repairs['directory-owner']) return acked(store(cite(step, 'OB-07'), entry));
  if (owner !== from || number !== durable.number) return send(cite(step, 'OB-06'), [from], {type: 'Left', number});
  const held = durable.components.find(component => component.object === object);
  return held === undefined || isNewer(version, held.version)
    ? acked(store(cite(step, 'OB-05'), entry))
    : cite(step, 'OB-22');
};

/** Believes the owner of its own partition, and never anything older than it knows. */
export const onPublish = (step: Step, from: HostId, {number, known}: StorageMessageOf<'Publish'>): Step => {
  const {owner, durable, directory} = step.state;
  const before = directory.find(({object}) => object === known.object);
  const isNews = before === undefined || isNewer(known.version, before.version);
  return owner === from && number === durable.number && isNews
    ? learn(cite(step, 'CH-03'), known)
    : cite(step, 'CH-04');
};
