import fc from 'fast-check';
import {
  type Component,
  type Config,
  generation,
  type HostId,
  hostId,
  type ObjectLayout,
  objectId,
  REPAIRS,
  type Repairs,
  repairsOf,
  round,
  SUBSET_RULES,
  term,
  type View,
  vmId,
} from '../../src/index.js';

export const HOSTS = ['h1', 'h2', 'h3', 'h4'].map(hostId);
export const VMS = ['v1', 'v2'].map(vmId);

export const host = fc.constantFrom(...HOSTS);
export const vm = fc.constantFrom(...VMS);
export const someHosts = fc.subarray(HOSTS);
export const aTerm = fc.nat(3).map(term);
export const aGeneration = fc.nat(3).map(generation);
export const aRound = fc.nat(2).map(round);
export const protection = fc.constantFrom('protected' as const, 'unprotected' as const);
export const scope = fc.constantFrom('namespace' as const, 'all' as const);
export const result = fc.constantFrom('ok' as const, 'failed' as const, 'stale' as const);
export const access = fc
  .constantFrom([false, false], [true, false], [true, true])
  .map(([namespace, all]) => ({namespace: namespace === true, all: all === true}));
export const repairs: fc.Arbitrary<Repairs> = fc.subarray([...REPAIRS]).map(repairsOf);

/** An HA module never looks at the layouts, so it is given none. */
export const config: fc.Arbitrary<Config> = fc.record({
  self: host,
  hosts: fc.constant(HOSTS),
  vms: fc.constant([]),
  repairs,
  elector: fc.constantFrom('external' as const, 'builtin' as const),
  datastores: fc.nat(2),
  isolationResponse: fc.constantFrom('leave' as const, 'power-off' as const),
  subsets: fc.constantFrom(...SUBSET_RULES),
});

const component = (at: HostId): fc.Arbitrary<Component> =>
  fc.record({
    host: fc.constant(at),
    kind: fc.constantFrom('replica' as const, 'witness' as const),
    votes: fc.integer({min: 1, max: 3}),
  });

/** Any layout, one with an even number of votes too. */
export const layout: fc.Arbitrary<ObjectLayout> = fc
  .subarray(HOSTS, {minLength: 1})
  .chain(hosts => fc.tuple(...hosts.map(component)))
  .map(components => ({object: objectId('home'), kind: 'namespace' as const, components}));

/** Any way to split the storage network into sides. */
export const view: fc.Arbitrary<View> = fc
  .array(fc.nat(3), {minLength: HOSTS.length, maxLength: HOSTS.length})
  .map(sideOf =>
    [0, 1, 2, 3].map(side => HOSTS.filter((_, index) => sideOf[index] === side)).filter(({length}) => length > 0),
  );
