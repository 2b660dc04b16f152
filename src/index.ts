// The public names of the library.

export * from './cluster/config.js';
export * from './cluster/ids.js';
export * from './cluster/layout.js';
export type {FallbackEffect, FallbackEvent, FallbackTimer, Purpose, StorageCall} from './fallback/events.js';
export type {Fallback, Memory, Tally} from './fallback/fallback.js';
export type {FallbackMessage, RequestId} from './fallback/messages.js';
export {type BusyPhase, type Phase, REFUSED as REFUSED_PHASES, ROWS as PHASE_ROWS} from './fallback/phase.js';
export type {Watch} from './fallback/watch.js';
export * from './ha/events.js';
export type {Message, MessageOf, TermMessage} from './ha/messages.js';
export {outcomes} from './ha/module.js';
export {REFUSED as REFUSED_ROLES, ROWS as ROLE_ROWS, type Role} from './ha/role.js';
export {type Durable, electedPrimary, follower, restart, type State} from './ha/state.js';
export {mapAll, type NonEmpty} from './kernel/nonempty.js';
export type {Outcome, Outcomes} from './kernel/outcome.js';
export * from './platform/platform.js';
export * from './policy/policies.js';
export * from './profile/profiles.js';
export * from './profile/repairs.js';
export type {Level, Rule} from './rules/rule.js';
export {isApplicable, RULES, type RuleId} from './rules.js';
export * from './storage/accessibility.js';
export type {Lock, LockCall, LockResult} from './storage/lock.js';
export * from './storage/namespace.js';
export type {Protection} from './storage/protection.js';
export * from './storage/register.js';
export * from './storage/view.js';
