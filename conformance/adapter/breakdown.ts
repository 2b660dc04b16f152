/**
 * Every way in which a subject cannot be judged, by name. None of them is a verdict on the protocol: they say that the
 * subject, or what joins it to the suite, is broken.
 */
export const OUTCOMES = {
  'not-started': 'it could not be started, or nobody listens at its address',
  'not-json': 'it wrote a line that is not JSON',
  'wrong-shape': 'it wrote JSON that has not the form of an answer',
  'line-too-long': 'it wrote more than a line may hold, without an end of line',
  silent: 'it did not answer in time',
  exited: 'it ended before it was told to, or without an answer to `bye`',
  unsolicited: 'it wrote an answer that nobody had asked for, or not then',
  'closed-output': 'it closed its output while it ran on',
  'closed-input': 'it closed its input while it ran on',
  refused: 'it said that it cannot do what it has to be able to do',
  threw: 'it threw an error',
  runaway: 'it answered with more effects than any step has',
  'refuses-nothing': 'it says ok to what does not exist, so its ok means nothing',
  'nothing-right': 'whenever it had to do something, it did nothing or what it did was wrong',
  'not-repeatable': 'it answered the same events differently: it draws lots, or remembers what was before a reset',
  'does-not-forget': 'it remembers what was before a reset',
  'mixes-hosts': 'one of its hosts knows what happened to another',
  'ignored-shutdown': 'it did not end when it was told to, and was killed',
  'left-children': 'it left processes behind, which were killed',
} as const;

/** How a step of the program under test ended. */
export type Outcome = keyof typeof OUTCOMES;

/** The message says what was wrong, and where. */
export class Breakdown extends Error {
  override readonly name = 'Breakdown';
  readonly outcome: Outcome;

  constructor(outcome: Outcome, message: string) {
    super(message);
    this.outcome = outcome;
  }
}
