// What a host is told once: spec/configuration.md.

/** The repairs of spec/profiles.md that this host keeps: all. */
export const REPAIRS = [
  'ask-everyone',
  'cache-notices',
  'completion-report',
  'configuration-numbers',
  'directory-owner',
  'every-responder',
  'generations',
  'ghost-kill',
  'intent-generation',
  'level-triggered',
  'lock-registration',
  'namespace-query',
  'object-identity',
  'parallel-fallbacks',
  'periodic-retrieval',
  'quorum-recalculation',
  'request-ids',
  'resend',
  'shared-attempts',
  'storage-loss-trigger',
  'terms',
  'timeouts',
  'write-fencing',
];

export type Component = {readonly host: string; readonly kind: 'replica' | 'witness'; readonly votes: number};

export type Layout = {readonly object: string; readonly components: readonly Component[]};

export type VmLayout = {readonly vm: string; readonly namespace: Layout; readonly disks: readonly Layout[]};

export type Config = {
  readonly self: string;
  /** Sorted, this one among them. */
  readonly hosts: readonly string[];
  readonly vms: readonly VmLayout[];
  readonly datastores: number;
  readonly isolationResponse: 'leave' | 'power-off';
  readonly subsets: 'any' | 'one' | 'all' | 'complement' | 'partition';
  readonly plans: ReadonlyArray<{readonly vm: string; readonly stored: boolean; readonly priority: number}>;
  readonly placement: 'ask' | 'publish' | 'try';
  readonly scope: 'namespace' | 'all';
  readonly schedule: readonly number[];
  readonly concurrency: number;
  readonly notices: 'per-vm' | 'coarse';
  readonly capacity: number;
  readonly cleanByDefault: boolean;
};

export const othersOf = ({self, hosts}: Config): readonly string[] => hosts.filter(host => host !== self);

/** In the order of the configuration: VM by VM, the namespace object before the disks. */
export const layoutsOf = ({vms}: Config): readonly Layout[] =>
  vms.flatMap(({namespace, disks}) => [namespace, ...disks]);

/** A VM without a plan counts as stored, with priority 0. */
export const planOf = ({plans}: Config, vm: string): {readonly stored: boolean; readonly priority: number} =>
  plans.find(plan => plan.vm === vm) ?? {stored: true, priority: 0};
