// The properties that are asked about, in words; the scenes' own definitions are what counts.

/** What a property says, and what breaks it: a step, a state, a state of rest, or a behaviour that goes on for ever. */
type Statement = {readonly says: string; readonly breaks: 'step' | 'state' | 'rest' | 'endless'};

const step = (says: string): Statement => ({says, breaks: 'step'});
const state = (says: string): Statement => ({says, breaks: 'state'});
const rest = (says: string): Statement => ({says, breaks: 'rest'});
const endless = (says: string): Statement => ({says, breaks: 'endless'});

const RESTARTED = 'a protected VM runs, or no host that a primary can talk to could run it';
const MONOTONE = 'what is committed of a VM never goes back to an older generation';

const STATEMENTS: Readonly<Record<string, Readonly<Record<string, Statement>>>> = {
  protect: {
    EventuallyProtected: rest('the VM is committed as protected, if that is what the user wants and some host could'),
    ExhaustBeforeWaiting: step(
      'a primary that begins to wait has heard of everyone and has tried everyone who said yes',
    ),
    IdempotentSet: state('a SET that was called could be carried out twice and would change as much as once'),
    MonotoneMeta: step(MONOTONE),
    NoLostWakeup: rest('the primary does not wait for what a host that is up can access already'),
    NoMinorityCommit: step('a SET changes most of all votes and a replica, all within reach of one host, none stale'),
    NoResurrection: state('what the user was told is switched off is not committed as protected'),
    NonInterference: state('what can no longer be answered about one VM does not hold up another'),
    ReportedImpliesDurable: state('what the platform was told is done is committed, or something newer is'),
    SingleCommander: step('a host takes no command of a lower term than the highest it has seen'),
  },
  failover: {
    AtMostOneRunning: state('at most one host executes the VM, even if it could not write'),
    BoundedFutileRestarts: state('no more power-ons of a VM fail, without a change for the better, than are allowed'),
    EventuallyRestarted: rest(RESTARTED),
    EventuallyServing: rest(
      'a protected VM runs where it can write, or no host that a primary can talk to could run it',
    ),
    GhostsEnd: rest('at most one host executes the VM in the end'),
    NoResurrection: step('HA starts nothing that is committed as switched off by the user'),
    NonInterference: rest('a VM that waits keeps no other from being restarted'),
    RestartedInTheEnd: endless(`from some point on, ${RESTARTED}`),
    SingleWriter: state("at most one host can complete a write to the VM's objects"),
    StartsWithQuorum: step('HA starts a VM only where all of its objects can be used'),
    WaitsWithoutQuorum: rest('a protected VM that nobody can use waits, at every primary that knows of it'),
  },
  retrieve: {
    MasterLearns: endless(
      'a primary that stays comes to know of every VM that is committed as protected and that some host can access',
    ),
  },
  storage: {
    DurableMeta: state('whoever could commit something now, and has nothing under way, has what was committed last'),
    MasterLearns: rest('a primary that called GET once, and again at each notice, knows what its host can read'),
    MonotoneMeta: step(MONOTONE),
    NoResurrection: state('what is committed of the VM is something that the user wanted of this very VM'),
    QuorumExclusive: state('no two hosts that reach different hosts could both commit something now'),
    SingleWriter: state('at most one host could complete a write to an object of the VM'),
  },
};

/** Throws a RangeError where nothing is said of the property. */
export const statementOf = (scene: string, property: string): Statement => {
  const found = STATEMENTS[scene]?.[property];
  if (found === undefined) throw new RangeError(`nothing says what ${property} means in ${scene}`);
  return found;
};

const BROKEN = {
  step: 'by the last step',
  state: 'in the state that the last step leads to',
  rest: 'by what is left when nothing more happens by itself',
  endless: 'by what goes on like this for ever',
};

/** What is wrong at the end of a counterexample: the values concerned, if the question names them, and the property. */
export const brokenText = (scene: string, property: string, ends: string | undefined): string => {
  const {says, breaks} = statementOf(scene, property);
  return `${ends === undefined ? '' : `${ends} `}That breaks ${property}, ${BROKEN[breaks]}: ${says}.`;
};
