// The conformance suite: try an implementation, look at what was found.

export {OUTCOMES, type Outcome} from './adapter/breakdown.js';
export type {Hello, ModuleName, Refused, Request} from './adapter/protocol.js';
export {type Introduction, type Subjects, serve} from './adapter/serve.js';
export type {Bound, Fate, Happening, Offer, Open, Surroundings, World} from './cases/world.js';
export {worldWithin} from './cases/world.js';
export {conform, type Limits, type Listener} from './conform.js';
export {electingModule, electionSuite} from './election/suite.js';
export {haModule} from './ha/specification.js';
export {haSuite} from './ha/suite.js';
export {wholeHost} from './host/specification.js';
export {hostSuite} from './host/suite.js';
export {electionMutants} from './mutants/election.js';
export {haMutants} from './mutants/ha.js';
export {type Mutant, subjectOf} from './mutants/mutant.js';
export {storageMutants} from './mutants/storage.js';
export type {Broken} from './oracle/differing.js';
export type {Allowed, Coverage, Failure, PlanReport, Result, TracedStep, Verdict} from './report/result.js';
export {resultText} from './report/text.js';
export type {IdUse, Mistake, Ordering, Specification} from './specification.js';
export {
  type StorageConfig,
  type StorageEffect,
  type StorageState,
  type StorageStimulus,
  storageContract,
} from './storage/specification.js';
export {storageSuite} from './storage/suite.js';
export type {Reply, Subject} from './subject.js';
export {referenceOf} from './subjects.js';
export type {Plan, Suite} from './suite.js';
export {haVariants, type Variant} from './variants/ha.js';
