// The public names of the library.

export * from './cluster/config.js';
export * from './cluster/ids.js';
export * from './cluster/layout.js';
export type {RequestId} from './cluster/request.js';
export {type Problem, problemsIn, type Validation} from './cluster/validation.js';
export {type Candidate, nextOwnTerm, outranks} from './election/candidate.js';
export type {ElectionEffect, ElectionEvent, ElectionTimer} from './election/events.js';
export type {ElectionMessage} from './election/messages.js';
export type {Race} from './election/race.js';
export {
  attendantOutcomes,
  type PlaceWatch,
  type PlaceWatches,
} from './failover/attendant.js';
export * from './failover/config.js';
export {type Entry, isOnRestartList, isOnWaitList} from './failover/entry.js';
export * from './failover/events.js';
export * from './failover/messages.js';
export {type FailoverState, failoverOutcomes, noFailover} from './failover/module.js';
export {REFUSED as REFUSED_STAGES, ROWS as STAGE_ROWS, type Stage} from './failover/stage.js';
export {standingOf} from './failover/standing.js';
export {type Published, timerOf as failoverTimerOf} from './failover/transition.js';
export type {FallbackEffect, FallbackEvent, FallbackTimer, Purpose, StorageCall} from './fallback/events.js';
export type {Fallback, Memory, Tally} from './fallback/fallback.js';
export type {FallbackMessage} from './fallback/messages.js';
export {type BusyPhase, type Phase, REFUSED as REFUSED_PHASES, ROWS as PHASE_ROWS} from './fallback/phase.js';
export type {Watch} from './fallback/watch.js';
export * from './ha/events.js';
export type {Message, MessageOf, TermMessage} from './ha/messages.js';
export {outcomes} from './ha/module.js';
export type {RecoveryConfig} from './ha/recovery/chain.js';
export type {RecoveryEffect, RecoveryEvent, RecoveryTimer, VmReported} from './ha/recovery/events.js';
export type {PlacePublished, RecoveryMessage, VmStatus} from './ha/recovery/messages.js';
export {recoveryOutcomes} from './ha/recovery/module.js';
export {type Lead, type RecoveryState, recoveryRestart} from './ha/recovery/state.js';
export {REFUSED as REFUSED_ROLES, ROWS as ROLE_ROWS, type Role} from './ha/role.js';
export {type Durable, electedPrimary, follower, restart, type State} from './ha/state.js';
export {type HostConfig, validateHost} from './host/config.js';
export type {Carried, HostEffect, HostEvent, HostTimer} from './host/events.js';
export {
  composedOf,
  createHost,
  type Host,
  type HostRelation,
  type HostStep,
  hostAt,
  hostOutcomes,
} from './host/module.js';
export {MODULES, type Modules} from './host/modules.js';
export {seenOf, standingAt} from './host/sight.js';
export {
  type ComposedState,
  downHost,
  type Ended,
  firstHostDurable,
  type HostDurable,
  type Pending,
} from './host/state.js';
export {mapAll, type NonEmpty} from './kernel/nonempty.js';
export type {Outcome, Outcomes} from './kernel/outcome.js';
export type {LivenessEffect, LivenessEvent, LivenessTimer} from './liveness/events.js';
export {classify, type DatastoreHeartbeat, type HostState, type Probe, type SilentHost} from './liveness/host-state.js';
export type {LivenessMessage} from './liveness/messages.js';
export * from './platform/platform.js';
export * from './policy/policies.js';
export * from './profile/profiles.js';
export * from './profile/repairs.js';
export type {GetPurpose, RetrievalEffect, RetrievalEvent, RetrievalTimer} from './retrieval/events.js';
export type {RetrievalMessage} from './retrieval/messages.js';
export {type Knowledge, retrievalOutcomes} from './retrieval/module.js';
export {onRetrieve, onRetrieved} from './retrieval/responder.js';
export type {Level, Rule} from './rules/rule.js';
export {isApplicable, RULES, type RuleId} from './rules.js';
export * from './runtime/events.js';
export {canWrite, type Executing, type Instance, isExecuting} from './runtime/instance.js';
export {
  attemptOf,
  type RuntimeConfig,
  type RuntimeState,
  runtimeOutcomes,
  validateRuntime,
} from './runtime/module.js';
export {type Power, REFUSED as REFUSED_POWERS, ROWS as POWER_ROWS} from './runtime/power.js';
export * from './storage/accessibility.js';
export {type ComponentState, componentStates} from './storage/directory/components.js';
export {type StorageConfig, validateStorage} from './storage/directory/config.js';
export {type DirectoryEntry, isNewer, recalculated, type Version} from './storage/directory/entry.js';
export * from './storage/directory/events.js';
export type {Known, StorageMessage, StorageMessageOf} from './storage/directory/messages.js';
export {storageOutcomes} from './storage/directory/module.js';
export {
  awake,
  type Charge,
  firstDurable,
  type Reign,
  type StorageDurable,
  type StorageState,
  type Taken,
  type Work,
} from './storage/directory/state.js';
export {storageAccess, storageReading} from './storage/directory/telling.js';
export type {Local} from './storage/local.js';
export type {Attempt, Lock, LockCall, LockResult} from './storage/lock.js';
export * from './storage/namespace.js';
export type {Protection} from './storage/protection.js';
export * from './storage/register.js';
export * from './storage/view.js';
