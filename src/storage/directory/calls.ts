// SET, CLEAR, the lock and creation: called on any host, carried out by the owner of its partition.

import {epoch, type HostId, type VmId} from '../../cluster/ids.js';
import type {ObjectLayout} from '../../cluster/layout.js';
import type {ObjectCall} from '../namespace.js';
import {chargeOf, run} from './charge.js';
import type {StorageConfig} from './config.js';
import type {StorageMessageOf} from './messages.js';
import {objectsOf, type Taken} from './state.js';
import {charge, cite, effect, type Step, send} from './step.js';
import {answer, storageAccess} from './telling.js';

/** The own HA module or hypervisor calls. What is known to be inaccessible is refused at once. */
export const onCalled = (config: StorageConfig, step: Step, vm: VmId, call: ObjectCall): Step => {
  const layout = config.vms.find(known => known.vm === vm);
  if (layout === undefined) return cite(step, 'OB-14');
  const {namespace} = layout;
  const {owner, durable} = step.state;
  if (owner === config.self) return take(config, step, namespace, {from: config.self, call});
  if (owner === null || !storageAccess(step.state, layout).namespace) {
    return refused(config, step, namespace, {from: config.self, call});
  }
  return send(cite(step, 'OB-15'), [owner], {type: 'Call', number: durable.number, object: namespace.object, call});
};

/** Definite: it was not carried out, and will not be. */
const refused = (config: StorageConfig, step: Step, {object}: ObjectLayout, taken: Taken): Step => {
  const known = step.state.directory.find(recalled => recalled.object === object);
  return answer(config, cite(step, 'OB-14'), object, taken, 'failed', known?.content.lock.epoch ?? epoch(0));
};

const take = (config: StorageConfig, step: Step, layout: ObjectLayout, taken: Taken): Step => {
  const known = chargeOf(step, layout);
  if (known?.phase !== 'serving') return refused(config, step, layout, taken);
  return known.work === null
    ? run(config, step, layout, known, taken)
    : charge(cite(step, 'OB-13'), {...known, queue: [...known.queue, taken]});
};

/** A call of an earlier reign is not carried out: a later one of the same caller may have overtaken it. */
export const onCall = (
  config: StorageConfig,
  step: Step,
  from: HostId,
  {number, object, call}: StorageMessageOf<'Call'>,
): Step => {
  const {reign, durable} = step.state;
  const layout = objectsOf(config).find(known => known.object === object);
  return reign === null || number !== durable.number || layout === undefined
    ? cite(step, 'OB-23')
    : take(config, step, layout, {from, call});
};

export const onReply = (
  {vms}: StorageConfig,
  step: Step,
  {number, object, call, result, epoch}: StorageMessageOf<'Reply'>,
): Step => {
  const handed = cite(step, 'OB-24');
  const vm = vms.find(({namespace}) => namespace.object === object)?.vm;
  return vm === undefined ? handed : effect(handed, {type: 'Answer', vm, number, call, result, epoch});
};
