// The scenes that can be asked about mutants, with their properties.

import {PROPERTY_NAMES as CLUSTER_PROPERTIES} from '../scenes/cluster/options.js';
import {PROPERTY_NAMES as ELECTION_PROPERTIES} from '../scenes/election/options.js';
import {PROPERTY_NAMES as FAILOVER_PROPERTIES} from '../scenes/failover/options.js';
import {PROPERTY_NAMES as PROTECT_PROPERTIES} from '../scenes/protect/options.js';
import {PROPERTY_NAMES as RETRIEVE_PROPERTIES} from '../scenes/retrieve/options.js';
import {PROPERTY_NAMES as STORAGE_PROPERTIES} from '../scenes/storage/options.js';
import {MUTANTS as CLUSTER_MUTANTS} from './cluster.js';
import {MUTANTS as ELECTION_MUTANTS} from './election.js';
import {MUTANTS as FAILOVER_MUTANTS} from './failover.js';
import type {Choices, Mutant, Mutants} from './mutant.js';
import {premisesIn} from './promises.js';
import {MUTANTS as PROTECT_MUTANTS} from './protect.js';
import {MUTANTS as RETRIEVE_MUTANTS} from './retrieve.js';
import {MUTANTS as STORAGE_MUTANTS} from './storage.js';

/** A mutant as the tables tell of it: without its fault. */
type Told = Omit<Mutant<never>, 'fault'>;

export type MutatedScene = {
  readonly scene: string;
  readonly properties: readonly string[];
  readonly mutants: Readonly<Record<string, Told>>;
  /** Options that take a repair out, where that is what violates a property; or none, where it is not promised. */
  readonly unrepaired: readonly Choices[];
  /** The properties that the protocol itself violates; none unless it is said. */
  readonly unpromised?: readonly string[];
};

const told = <Relations>(mutants: Mutants<Relations>): MutatedScene['mutants'] => mutants;

export const MUTATED_SCENES: readonly MutatedScene[] = [
  {scene: 'protect', properties: PROTECT_PROPERTIES, mutants: told(PROTECT_MUTANTS), unrepaired: []},
  {
    scene: 'storage',
    properties: STORAGE_PROPERTIES,
    mutants: told(STORAGE_MUTANTS),
    unrepaired: [
      {without: 'object-identity', views: '0', creations: '1', only: 'NoResurrection'},
      {
        without: 'quorum-recalculation',
        views: '1',
        toggles: '0',
        absences: '1',
        locks: '2',
        links: 'partitions',
        only: 'SingleWriter',
      },
    ],
  },
  {
    scene: 'failover',
    properties: FAILOVER_PROPERTIES,
    mutants: told(FAILOVER_MUTANTS),
    unrepaired: [
      {without: 'write-fencing', views: '2', crashes: '0', only: 'SingleWriter'},
      {views: '1', crashes: '0', toggles: '1', only: 'NoResurrectionStrict'},
    ],
    unpromised: ['NoResurrectionStrict'],
  },
  {scene: 'retrieve', properties: RETRIEVE_PROPERTIES, mutants: told(RETRIEVE_MUTANTS), unrepaired: []},
  {scene: 'election', properties: ELECTION_PROPERTIES, mutants: told(ELECTION_MUTANTS), unrepaired: []},
  {
    scene: 'cluster',
    properties: CLUSTER_PROPERTIES,
    mutants: told(CLUSTER_MUTANTS),
    unrepaired: [
      {without: 'write-fencing', messages: 'queued', views: '2', toggles: '0', only: 'SingleWriter'},
      {messages: 'queued', toggles: '0', only: 'AtMostOneRunning'},
    ],
    unpromised: ['AtMostOneRunning'],
  },
];

/** One exploration: of a mutant, or, where that is null, of the protocol without a repair or for a premise. */
export type Trial = {readonly scene: string; readonly mutant: string | null; readonly choices: Choices};

export const trialsOf = ({scene, mutants, unrepaired}: MutatedScene): readonly Trial[] => [
  ...Object.entries(mutants).flatMap(([mutant, {trials}]) => trials.map(choices => ({scene, mutant, choices}))),
  ...[...unrepaired, ...premisesIn(scene)].map(choices => ({scene, mutant: null, choices})),
];

/** Whether a trial only asks whether the premise of a property comes about. */
export const isOfPremise = ({choices}: Trial): boolean => choices['premise'] !== undefined;

/** What is said of the scene on the command line. */
export const optionsOf = ({mutant, choices}: Trial): Choices => (mutant === null ? choices : {...choices, mutant});
