// Random walks through a bound that is too large to cover, each with what has to come about in its end.

import type {Bench, Ending, OnRejected, Taken} from './bench.js';
import {type Choice, choicesAt} from './position.js';
import {type Random, randomFrom} from './random.js';
import type {OnOwing} from './settle.js';
import {settled} from './settle.js';
import type {Settlement} from './settlement.js';
import {walking} from './walk.js';

type Walking<Config, State, Stimulus, Effect> = {
  /** The longest walk, before a core heals. */
  readonly mostSteps: number;
  readonly settlement: Settlement<Config, State, Stimulus> | null;
  readonly onRejected: OnRejected<Stimulus>;
  readonly onOwing: OnOwing<State, Stimulus, Effect>;
};

const ENOUGH = {type: 'Stopped', reason: 'enough is wrong'} as const;

/** One random walk, shorter if nothing more can happen; then a core heals. Null when there is nothing to end for. */
export const walked = async <Config, State, Stimulus, Effect>(
  bench: Bench<Config, State, Stimulus, Effect>,
  seed: number,
  {mostSteps, settlement, onRejected, onOwing}: Walking<Config, State, Stimulus, Effect>,
): Promise<Ending<Stimulus> | null> => {
  const random = randomFrom(seed);
  const outcome = await walking(bench, position =>
    position.trail.length < mostSteps ? chosen(choicesAt(position), random) : null,
  );
  if (outcome.type === 'Broken' || outcome.type === 'Stopped') return outcome;
  if (outcome.type === 'Rejected') return (await onRejected(outcome.trail)) ? null : ENOUGH;
  if (settlement === null || !settlement.afterWalks) return null;
  const healed = {core: seed % 2 === 0 ? 'here' : 'elsewhere', after: outcome.position.trail.length} as const;
  const rejected: (readonly Taken<Stimulus>[])[] = [];
  const end = await settled(bench, settlement, healed.core, outcome.position, trail => rejected.push(trail));
  if (end.type !== 'Settled') return end;
  const [first] = rejected;
  if (first !== undefined && !(await onRejected(first, healed))) return ENOUGH;
  return end.debts.length === 0 || (await onOwing({...end, healed})) ? null : ENOUGH;
};

/** First a source, then one of its offers: otherwise the kinds with many variants would crowd out the rest. */
export const chosen = <Stimulus>(choices: readonly Choice<Stimulus>[], random: Random): Choice<Stimulus> | null => {
  const sources = new Map<string, Choice<Stimulus>[]>();
  for (const choice of choices) {
    const {source} = choice.offer;
    const name = source.type === 'Happening' ? source.kind : `answer ${source.index}`;
    const group = sources.get(name);
    if (group === undefined) sources.set(name, [choice]);
    else group.push(choice);
  }
  const groups = [...sources.values()];
  const group = groups[random(Math.max(1, groups.length))];
  return group?.[random(group.length)] ?? null;
};
