// What users get of one VM, however it is brought about: it runs or not, is protected or not, and is written by one
// host at a time. A small specification that whole clusters refine: it knows of no primary, no network and no
// component.

import type {Epoch, Generation, HostId, Protection} from '../../src/index.js';

/** The register of the protection state: what was committed last, and for which of the user's intents. */
export type Register = {readonly value: Protection; readonly generation: Generation};

/** The VM executes on a host, with the lock that it took there, and can complete writes to its objects or cannot. */
export type Run = {readonly host: HostId; readonly epoch: Epoch; readonly writes: boolean};

/** One VM as its users see it. */
export type Service = {
  /** What the user wants, and how often he has changed his mind. */
  readonly intent: Register;
  readonly register: Register;
  /** The newest intent that the platform was told is done. */
  readonly confirmed: Generation;
  /** Sorted by host. */
  readonly runs: readonly Run[];
};

/** What the user would call it. */
export type Condition = 'off' | 'starting' | 'on, unprotected' | 'on, protected' | 'failing over';

/** `off`: it does not run, and nobody is to start it. `failing over`: it does not run, and HA is to start it. */
export const conditionOf = (service: Service): Condition => {
  const {intent, register} = service;
  if (writersOf(service).length > 0) return register.value === 'protected' ? 'on, protected' : 'on, unprotected';
  if (register.value === 'protected') return 'failing over';
  return intent.value === 'protected' ? 'starting' : 'off';
};

const writersOf = ({runs}: Service): readonly Run[] => runs.filter(({writes}) => writes);

/** What may be wrong with a step, in the words of this specification. */
export const FAULTS = {
  'two writers': (before: Service, after: Service) => writersOf(before).length < 2 && writersOf(after).length > 1,
  'the user is misheard': ({intent}: Service, after: Service) =>
    after.intent.generation === intent.generation
      ? after.intent.value !== intent.value
      : after.intent.generation !== intent.generation + 1,
  'the register goes back': ({register}: Service, after: Service) =>
    after.register.generation < register.generation ||
    (after.register.generation === register.generation && after.register.value !== register.value),
  'the register runs ahead of the user': (_before: Service, {intent, register}: Service) =>
    register.generation > intent.generation ||
    (register.generation === intent.generation && register.value !== intent.value),
  'confirmed before it is committed': ({confirmed}: Service, after: Service) =>
    after.confirmed !== confirmed && after.confirmed > after.register.generation,
  'a confirmation is taken back': ({confirmed}: Service, after: Service) => after.confirmed < confirmed,
  // What the user wants comes first: a host that is a quorum alone starts the VM in the step in which he says so.
  'starts what is off': (before: Service, after: Service) =>
    conditionOf({...before, intent: after.intent}) === 'off' &&
    after.runs.some(({host, epoch}) => !before.runs.some(run => run.host === host && run.epoch === epoch)),
  'two runs with one lock': (_before: Service, {runs}: Service) =>
    new Set(runs.map(({epoch}) => epoch)).size < runs.length,
} satisfies Readonly<Record<string, (before: Service, after: Service) => boolean>>;

/** What keeps this from being a step of the specification; nothing if it is one, or changes nothing. */
export const faultsOf = (before: Service, after: Service): readonly string[] =>
  Object.entries(FAULTS).flatMap(([name, isFault]) => (isFault(before, after) ? [name] : []));
