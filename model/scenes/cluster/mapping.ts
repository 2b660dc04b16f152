// What users get of a VM, as it stands in a cluster of whole hosts.

import type {VmId} from '../../../src/index.js';
import type {Read} from '../../index.js';
import type {Service} from '../../service/service.js';
import type {Standing} from './standing.js';
import type {World} from './world.js';

export const serviceOf = (
  {setting, platform, committed}: World,
  {writes, executed}: Standing,
  read: Read,
  vm: VmId,
): Service => {
  const {value, generation, reported} = read(platform(vm));
  const {register} = read(committed(vm)).content;
  return {
    intent: {value, generation},
    register: {value: register.value, generation: register.generation},
    confirmed: reported,
    runs: setting.hosts.flatMap(host => {
      const instance = read(executed([host, vm]));
      return instance === null ? [] : [{host, epoch: instance.epoch, writes: read(writes([host, vm]))}];
    }),
  };
};
