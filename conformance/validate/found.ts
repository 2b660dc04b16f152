// What is wrong with a line.

import {broughtBy} from './channels.js';
import type {Judge, Lined, Outside} from './judge.js';
import type {Strand} from './strand.js';
import type {Violation, ViolationKind} from './validation.js';

/** Ends the work: what was found is in it. */
export class Found extends Error {
  readonly violation: Violation;

  constructor(violation: Violation) {
    super(violation.reason);
    this.violation = violation;
  }
}

/** Where nothing more can be said. */
export const NOTHING_TOLD: ReturnType<Judge['tell']> = {
  trace: [],
  broken: [],
  allowed: [],
  differences: [],
  fitting: [],
};

/** The line itself is none. */
export const malformed = (strand: Strand, line: number, reason: string): Found =>
  new Found({...strand.place(line, null), kind: 'form', reason, ...NOTHING_TOLD});

const found = (strand: Strand, lined: Lined, outside: Outside, kind: ViolationKind, reason: string): Found =>
  new Found({...strand.place(lined.line, lined.step.seq), kind, reason, ...strand.judge.tell(lined, outside)});

/** The event is none of the specification. */
export const noEvent = (strand: Strand, lined: Lined, outside: Outside, reason: string): Found =>
  found(strand, lined, outside, 'form', `the event is none of the specification: ${reason}`);

/** The line does not stand where its number says. */
export const disorder = (strand: Strand, lined: Lined, outside: Outside, reason: string): Found =>
  new Found({
    ...strand.place(lined.line, lined.step.seq),
    kind: 'order',
    reason,
    ...NOTHING_TOLD,
    // Where it stands says nothing of what it does.
    trace: strand.judge.tell(lined, outside).trace,
  });

/** Nothing that is allowed has these effects. `isUnsent`: what it has received was not sent to it, as the logs show. */
export const notAllowed = (strand: Strand, lined: Lined, outside: Outside, isUnsent: boolean): Found => {
  const told = strand.judge.tell(lined, outside);
  const [first] = told.broken;
  const rules = told.allowed[0]?.rules.map(({id}) => id).join(', ') ?? '';
  const what = first === undefined ? `it is not what ${rules || 'any rule'} allows` : `${first.rule} is broken`;
  const bridge = strand.judge.wouldBridge(lined, outside, 1);
  const missing =
    bridge.type === 'Bridged' ? `; or a step before it was not logged, as: ${bridge.moves.join(', then ')}` : '';
  const peer = broughtBy(lined.step.event, strand.judge.network)?.peer;
  const unsent = isUnsent ? `; what it has received ${peer} has not sent, or not logged that` : '';
  const reason = `${what}${unsent}${missing}`;
  return new Found({...strand.place(lined.line, lined.step.seq), kind: 'step', reason, ...told});
};

/** Why nothing more is judged where steps were guessed before: the guess may be wrong, or else this is. */
export const doubtful = (strand: Strand, lined: Lined, outside: Outside): string => {
  const {broken, differences} = strand.judge.tell(lined, outside);
  const [first] = broken;
  const how = first === undefined ? differences.slice(0, 1) : [`${first.rule} is broken, ${first.because}`];
  return ['nothing explains it after what was guessed before', ...how].join('; if the guess is right, ');
};

/** It brings what was not sent, or not yet. */
export const unsent = (strand: Strand, lined: Lined, outside: Outside, kind: 'unsent' | 'early'): Found => {
  const message = broughtBy(lined.step.event, strand.judge.network);
  const words = kind === 'unsent' ? 'has not sent it, or not logged that' : 'sends it only after this';
  return found(strand, lined, outside, kind, `it was received from ${message?.peer}, which ${words}`);
};
