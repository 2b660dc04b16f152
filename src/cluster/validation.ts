// What a configuration can be found wrong about, and how that is said.

import type {NonEmpty} from '../kernel/nonempty.js';
import {nonEmpty} from '../kernel/nonempty.js';
import type {HostId} from './ids.js';
import {type ObjectLayout, type VmLayout, votesOf} from './layout.js';

/** What is wrong, and where: `field` is a path such as `vms[0].disks[1].components[2].host`. */
export type Problem = {readonly field: string; readonly reason: string};

/** What validation says: the configuration, or all that is wrong with it, each problem once. */
export type Validation<Config> =
  | {readonly type: 'Valid'; readonly config: Config}
  | {readonly type: 'Invalid'; readonly problems: NonEmpty<Problem>};

/** A configuration of which these problems are known. */
export const judged = <Config>(config: Config, problems: readonly Problem[]): Validation<Config> => {
  const isFirst = ({field, reason}: Problem, index: number): boolean =>
    problems.findIndex(other => other.field === field && other.reason === reason) === index;
  const found = nonEmpty(problems.filter(isFirst));
  return found === null ? {type: 'Valid', config} : {type: 'Invalid', problems: found};
};

/** What is wrong with a configuration; nothing if it is valid. */
export const problemsIn = (validation: Validation<unknown>): readonly Problem[] =>
  validation.type === 'Valid' ? [] : validation.problems;

/** A number that counts something. */
export const countProblems = (field: string, value: number, least: 0 | 1): readonly Problem[] =>
  Number.isSafeInteger(value) && value >= least
    ? []
    : [
        {
          field,
          reason: `is ${value}: must be ${least === 0 ? 'an integer that is not negative' : 'a positive integer'}`,
        },
      ];

/** The cluster's hosts, and which of them this one is. */
export const hostListProblems = (self: HostId, hosts: readonly HostId[]): readonly Problem[] => [
  ...(hosts.includes(self) ? [] : [{field: 'self', reason: `${self} is not among the hosts`}]),
  ...hosts.flatMap((host, index) => {
    const before = hosts[index - 1];
    return before === undefined || before < host
      ? []
      : [{field: `hosts[${index}]`, reason: `${host} must come before ${before}: hosts are sorted and named once`}];
  }),
];

/** The layouts of the cluster's VMs. A host may be without any component; an object may not. */
export const layoutProblems = (hosts: readonly HostId[], vms: readonly VmLayout[]): readonly Problem[] => [
  ...vms.flatMap(({namespace, disks}, index) => [
    ...objectProblems(hosts, namespace, 'namespace', `vms[${index}].namespace`),
    ...disks.flatMap((disk, at) => objectProblems(hosts, disk, 'disk', `vms[${index}].disks[${at}]`)),
  ]),
  ...repeated(vms.map(({vm}) => vm)).map(index => ({field: `vms[${index}].vm`, reason: 'is named twice'})),
  ...nameProblems(vms),
];

const objectProblems = (
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
    ...countProblems(`${field}.components[${index}].votes`, votes, 1),
  ]),
];

const nameProblems = (vms: readonly VmLayout[]): readonly Problem[] => {
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
