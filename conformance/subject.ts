/** What a subject did about one stimulus. A reply means that it has drained: nothing more happens by itself. */
export type Reply = {readonly effects: readonly unknown[]};

/**
 * An implementation under test: one module, of the kind that the suite's specification describes. It sees stimuli and
 * answers with effects, both plain JSON as in `spec/messages.md`; nothing else of it is looked at. It must be
 * deterministic: the same stimuli after a `reset` get the same effects. Both functions may be asynchronous.
 *
 * It runs in the caller's thread: one that never returns holds everything up. Whoever cannot trust it hands it over as
 * a program or a module file instead (`holdfast conform test`), where a watchdog ends it.
 */
export type Subject<Config, Stimulus> = {
  /** Forgets everything and starts anew. What it returns is awaited and not looked at. */
  readonly reset: (config: Config) => unknown;
  /** Takes one stimulus, and answers with the effects. */
  readonly step: (stimulus: Stimulus) => Reply | Promise<Reply>;
};
