import type {HostId, ObjectId, VmId} from './ids.js';

/** Part of an object, on one host. Both kinds keep the object's metadata; only a replica keeps its data. */
export type Component = {
  readonly host: HostId;
  readonly kind: 'replica' | 'witness';
  /** A positive integer. */
  readonly votes: number;
};

/** How one object is spread over the cluster: at most one component on a host. */
export type ObjectLayout = {
  readonly object: ObjectId;
  readonly kind: 'namespace' | 'disk';
  readonly components: readonly Component[];
};

/** A VM is its namespace object, which keeps its protection state, and its disks. */
export type VmLayout = {
  readonly vm: VmId;
  readonly namespace: ObjectLayout;
  readonly disks: readonly ObjectLayout[];
};

/** The hosts with a component of the object, sorted. */
export const hostsOf = (layout: ObjectLayout): readonly HostId[] => layout.components.map(({host}) => host).sort();

/** How many votes these components have together. */
export const votesOf = (components: readonly Component[]): number =>
  components.reduce((sum, {votes}) => sum + votes, 0);

/** The common layout: a replica on each of two hosts and a witness on a third, one vote each. */
export const mirrored = (
  object: ObjectId,
  kind: ObjectLayout['kind'],
  [first, second, witness]: readonly [HostId, HostId, HostId],
): ObjectLayout => ({
  object,
  kind,
  components: [
    {host: first, kind: 'replica', votes: 1},
    {host: second, kind: 'replica', votes: 1},
    {host: witness, kind: 'witness', votes: 1},
  ],
});
