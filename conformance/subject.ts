/** What a subject did about one stimulus. A reply means that it has drained: nothing more happens by itself. */
export type Reply = {readonly effects: readonly unknown[]};

/**
 * An implementation under test: one module, of the kind that the suite's specification describes. It sees stimuli and
 * answers with effects, both plain JSON as in `spec/messages.md`; nothing else of it is looked at. It must be
 * deterministic: the same stimuli after a `reset` get the same effects. Both functions may be asynchronous.
 */
export type Subject<Config, Stimulus> = {
  /** Forgets everything and starts anew. What it returns is awaited and not looked at. */
  readonly reset: (config: Config) => unknown;
  readonly step: (stimulus: Stimulus) => Reply | Promise<Reply>;
};

/**
 * The effects as JSON text, so that a subject that goes on changing its own lists cannot change what was observed; or
 * why there are none to judge, which is no verdict on the protocol.
 */
export type Heard =
  | {readonly type: 'Drained'; readonly text: string}
  | {readonly type: 'Broken'; readonly reason: string};

/** More effects than this in one step are a subject that has run away. */
const MOST_EFFECTS = 1000;

export const restarted = async <Config>(subject: Subject<Config, never>, config: Config): Promise<Heard> => {
  try {
    await subject.reset(config);
    return {type: 'Drained', text: '[]'};
  } catch (error) {
    return {type: 'Broken', reason: `reset threw ${messageOf(error)}`};
  }
};

/** The subject gets a copy: what it does to it changes nothing here. */
export const heard = async <Stimulus>(subject: Subject<never, Stimulus>, stimulus: Stimulus): Promise<Heard> => {
  try {
    const copy: Stimulus = JSON.parse(JSON.stringify(stimulus));
    return drained(await subject.step(copy));
  } catch (error) {
    return {type: 'Broken', reason: `step threw ${messageOf(error)}`};
  }
};

const drained = (reply: unknown): Heard => {
  const effects: unknown = typeof reply === 'object' && reply !== null && 'effects' in reply ? reply.effects : null;
  if (!Array.isArray(effects)) return {type: 'Broken', reason: 'step answered without a list of effects'};
  return effects.length > MOST_EFFECTS
    ? {type: 'Broken', reason: `step answered with ${effects.length} effects: at most ${MOST_EFFECTS}`}
    : {type: 'Drained', text: JSON.stringify(effects)};
};

const messageOf = (error: unknown): string => (error instanceof Error ? `${error.name}: ${error.message}` : 'no Error');
