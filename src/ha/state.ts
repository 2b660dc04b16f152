import type {Term} from '../cluster/ids.js';
import type {Fallback} from '../fallback/fallback.js';
import type {Watch} from '../fallback/watch.js';
import type {Role} from './role.js';

/** What survives a crash. */
export type Durable = {
  /** The highest term this host has seen. It never goes back. */
  readonly term: Term;
};

/** What is known in each role, and only in that role. */
type Known = {
  /** Sorted by VM: those the platform has asked about. */
  readonly primary: {readonly fallbacks: readonly Fallback[]};
  /** Sorted by VM, then primary: at most one registration of each. */
  readonly secondary: {readonly watches: readonly Watch[]};
  readonly down: object;
};

export type In<R extends Role> = {readonly role: R; readonly durable: Durable} & Known[R];

/** The state of one host's HA module. */
export type State = {readonly [R in Role]: In<R>}[Role];

/** One constructor for each role: what was known in the role before is lost. */
export const enter = {
  primary: (durable: Durable): In<'primary'> => ({role: 'primary', durable, fallbacks: []}),
  secondary: (durable: Durable): In<'secondary'> => ({role: 'secondary', durable, watches: []}),
  down: (durable: Durable): In<'down'> => ({role: 'down', durable}),
} satisfies {readonly [R in Role]: (durable: Durable) => In<R>};

/** A host that starts, for the first time or again: it knows what it had persisted and nothing else (TM-10). */
export const restart = (durable: Durable): State => enter.secondary(durable);

/** A host as it stands once it has won the election of a term and knows of no VM yet. */
export const electedPrimary = (term: Term): State => enter.primary({term});

/** A host that has seen this term and follows its primary. */
export const follower = (term: Term): State => enter.secondary({term});
