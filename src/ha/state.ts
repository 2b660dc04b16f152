import type {HostId, Term} from '../cluster/ids.js';
import type {Race} from '../election/race.js';
import type {Fallback} from '../fallback/fallback.js';
import type {Watch} from '../fallback/watch.js';
import type {SilentHost} from '../liveness/host-state.js';
import type {Role} from './role.js';

/** What survives a crash. */
export type Durable = {
  /** The highest term this host has seen. It never goes back. */
  readonly term: Term;
};

/** What is known in each role, and only in that role. */
type Known = {
  readonly electing: {readonly race: Race};
  readonly primary: {
    /** Sorted by VM: those the platform has asked about. */
    readonly fallbacks: readonly Fallback[];
    /** Sorted by host: those that are not heard. All others are taken to be running. */
    readonly silent: readonly SilentHost[];
  };
  readonly secondary: {
    /** Sorted by VM, then primary: at most one registration of each. */
    readonly watches: readonly Watch[];
    /** The primary of this term, or null as long as its claim has not come. An external elector leaves it null. */
    readonly following: HostId | null;
  };
  readonly isolated: {
    /** Whether the isolation response has been given. */
    readonly responded: boolean;
  };
  readonly down: object;
};

export type In<R extends Role> = {readonly role: R; readonly durable: Durable} & Known[R];

/** The state of one host's HA module. */
export type State = {readonly [R in Role]: In<R>}[Role];

/** One constructor for each role: what was known in the role before is lost. */
export const enter = {
  electing: (durable: Durable): In<'electing'> => ({role: 'electing', durable, race: 'alone'}),
  primary: (durable: Durable): In<'primary'> => ({role: 'primary', durable, fallbacks: [], silent: []}),
  secondary: (durable: Durable): In<'secondary'> => ({role: 'secondary', durable, watches: [], following: null}),
  isolated: (durable: Durable): In<'isolated'> => ({role: 'isolated', durable, responded: false}),
  down: (durable: Durable): In<'down'> => ({role: 'down', durable}),
} satisfies {readonly [R in Role]: (durable: Durable) => In<R>};

/** A host that starts, for the first time or again: it knows what it had persisted and nothing else (TM-10). */
export const restart = (durable: Durable): State => enter.secondary(durable);

/** A host as it stands once it has won the election of a term and knows of no VM yet. */
export const electedPrimary = (term: Term): In<'primary'> => enter.primary({term});

/** A host that has seen this term, and follows its primary if that is known. */
export const follower = (term: Term, following: HostId | null = null): In<'secondary'> => ({
  ...enter.secondary({term}),
  following,
});
