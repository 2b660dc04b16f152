import type {Epoch, Generation, VmId} from '../cluster/ids.js';
import type {Repairs} from '../profile/repairs.js';
import type {PowerOnRequest, Seen} from './events.js';
import type {Power} from './power.js';

type Known = {
  readonly starting: {readonly request: PowerOnRequest};
  readonly running: {readonly generation: Generation; readonly epoch: Epoch};
  readonly stalled: {readonly generation: Generation; readonly epoch: Epoch};
};

/** A VM on one host. What is stopped has none. */
export type Instance = {
  readonly [P in Exclude<Power, 'stopped'>]: {readonly vm: VmId; readonly power: P} & Known[P];
}[Exclude<Power, 'stopped'>];

/** A VM that executes: the user's intent that it runs for, and the epoch of the lock it took. */
export type Executing = Extract<Instance, {readonly power: 'running' | 'stalled'}>;

export const enter = {
  starting: (vm: VmId, request: PowerOnRequest): Instance => ({vm, power: 'starting', request}),
  running: (vm: VmId, generation: Generation, epoch: Epoch): Instance => ({vm, power: 'running', generation, epoch}),
  stalled: ({vm, generation, epoch}: Executing): Instance => ({vm, power: 'stalled', generation, epoch}),
};

/** Whether the VM executes here, well or stalled. */
export const isExecuting = (instance: Instance | null): instance is Executing =>
  instance !== null && instance.power !== 'starting';

/** Whether the instance would be able to complete a write now (RS-18, RS-19): what makes two of one VM dangerous. */
export const canWrite = (repairs: Repairs, {epoch}: Executing, self: string, {access, home}: Seen): boolean =>
  access.all &&
  (!repairs['write-fencing'] || (home !== null && home.lock.holder === self && home.lock.epoch === epoch));
