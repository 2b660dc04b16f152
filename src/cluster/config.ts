import type {Repairs} from '../profile/repairs.js';
import type {HostId} from './ids.js';
import {type ObjectLayout, type VmLayout, votesOf} from './layout.js';

/**
 * Which subsets of the hosts not asked yet a primary may ask next: any, single hosts, all at once, all that the own
 * storage module does not reach, or single hosts of storage partitions that nobody has answered from.
 */
export const SUBSET_RULES = ['any', 'one', 'all', 'complement', 'partition'] as const;

/** One of `SUBSET_RULES`. */
export type SubsetRule = (typeof SUBSET_RULES)[number];

/** Fixed for the life of a host, so not part of its state. */
export type Config = {
  readonly self: HostId;
  /** Every host of the cluster, sorted. */
  readonly hosts: readonly HostId[];
  readonly vms: readonly VmLayout[];
  readonly repairs: Repairs;
  /**
   * Who elects a primary, and who says which hosts are up: somebody outside, whose word is handed in as events, or the
   * HA modules among themselves.
   */
  readonly elector: 'external' | 'builtin';
  /** How many datastores this host is connected to: those with more are preferred as primary. */
  readonly datastores: number;
  /** What an isolated host does about the VMs that run on it. */
  readonly isolationResponse: 'leave' | 'power-off';
  readonly subsets: SubsetRule;
};

/** What is wrong, and where: `field` is a path such as `vms[0].disks[1].components[2].host`. */
export type Problem = {readonly field: string; readonly reason: string};

/** What `validate` says: the configuration, or all that is wrong with it. */
export type Validation =
  | {readonly type: 'Valid'; readonly config: Config}
  | {readonly type: 'Invalid'; readonly problems: readonly Problem[]};

/** Doubts the values of a configuration, not its form: that is the types' part. All problems are named at once. */
export const validate = (config: Config): Validation => {
  const problems = [
    ...hostProblems(config),
    ...electionProblems(config),
    ...config.vms.flatMap((vm, index) => vmProblems(config, vm, `vms[${index}]`)),
    ...repeated(config.vms.map(({vm}) => vm)).map(index => ({field: `vms[${index}].vm`, reason: 'is named twice'})),
    ...objectProblems(config.vms),
  ];
  return problems.length === 0 ? {type: 'Valid', config} : {type: 'Invalid', problems};
};

const hostProblems = ({self, hosts}: Config): readonly Problem[] => [
  ...(hosts.includes(self) ? [] : [{field: 'self', reason: `${self} is not among the hosts`}]),
  ...hosts.flatMap((host, index) => {
    const before = hosts[index - 1];
    return before === undefined || before < host
      ? []
      : [{field: `hosts[${index}]`, reason: `${host} must come before ${before}: hosts are sorted and named once`}];
  }),
];

const electionProblems = ({hosts, elector, datastores}: Config): readonly Problem[] => [
  ...(elector === 'builtin' && hosts.length < 2
    ? [{field: 'hosts', reason: `has ${hosts.length}: an election needs at least two`}]
    : []),
  ...(Number.isSafeInteger(datastores) && datastores >= 0
    ? []
    : [{field: 'datastores', reason: `is ${datastores}: must be an integer that is not negative`}]),
];

const vmProblems = ({hosts}: Config, {namespace, disks}: VmLayout, field: string): readonly Problem[] => [
  ...layoutProblems(hosts, namespace, 'namespace', `${field}.namespace`),
  ...disks.flatMap((disk, index) => layoutProblems(hosts, disk, 'disk', `${field}.disks[${index}]`)),
];

const layoutProblems = (
  hosts: readonly HostId[],
  {kind, components}: ObjectLayout,
  expected: ObjectLayout['kind'],
  field: string,
): readonly Problem[] => [
  ...(kind === expected ? [] : [{field: `${field}.kind`, reason: `must be ${expected}`}]),
  ...(components.some(component => component.kind === 'replica')
    ? []
    : [{field: `${field}.components`, reason: 'has no replica, so the object could never be read'}]),
  ...(votesOf(components) % 2 === 1
    ? []
    : [{field: `${field}.components`, reason: `has ${votesOf(components)} votes: an even number can tie`}]),
  ...repeated(components.map(({host}) => host)).map(index => ({
    field: `${field}.components[${index}].host`,
    reason: 'holds a component of this object already',
  })),
  ...components.flatMap(({host, votes}, index) => [
    ...(hosts.includes(host)
      ? []
      : [{field: `${field}.components[${index}].host`, reason: `${host} is not among the hosts`}]),
    ...(Number.isSafeInteger(votes) && votes > 0
      ? []
      : [{field: `${field}.components[${index}].votes`, reason: `is ${votes}: must be a positive integer`}]),
  ]),
];

const objectProblems = (vms: readonly VmLayout[]): readonly Problem[] => {
  const named = vms.flatMap(({namespace, disks}, vm) => [
    {object: namespace.object, field: `vms[${vm}].namespace.object`},
    ...disks.map(({object}, disk) => ({object, field: `vms[${vm}].disks[${disk}].object`})),
  ]);
  return repeated(named.map(({object}) => object)).flatMap(index => {
    const name = named[index];
    return name === undefined ? [] : [{field: name.field, reason: `${name.object} is named twice`}];
  });
};

/** The indices of the values that stood earlier in the list already. */
const repeated = (values: readonly string[]): readonly number[] =>
  values.flatMap((value, index) => (values.indexOf(value) < index ? [index] : []));
