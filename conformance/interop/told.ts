// What a simulated cluster has shown, for a person. The first line is the verdict.

import {indented, WIDTH, wrapped} from '../../model/report/layout.js';
import {counted} from '../../model/report/numbers.js';
import type {Paint} from '../../model/report/paint.js';
import {printable} from '../../model/report/value.js';
import type {HostId, Repairs} from '../../src/index.js';
import {OUTCOMES} from '../adapter/breakdown.js';
import {failureOf} from '../report/failure.js';
import {failureText} from '../report/text.js';
import type {Interop} from './interop.js';
import type {Course, Happened, Seat} from './run.js';
import type {Move, Simulation} from './simulation.js';

type Played<Config, State, Stimulus, Effect, World, M extends Move> = {
  readonly simulation: Simulation<Config, State, Stimulus, Effect, World, M>;
  readonly seats: readonly Seat<Config>[];
};

/** `replay` is the command that shows the run again. */
export const toldInterop = <Config extends {readonly repairs: Repairs}, State, Stimulus, Effect, World, M extends Move>(
  played: Played<Config, State, Stimulus, Effect, World, M>,
  found: Interop<M, Stimulus>,
  replay: (story: string | null, choices: readonly (number | null)[]) => string,
  paint: Paint,
): string => {
  const {verdict, course, rules, stories, runs, moves} = found;
  const {simulation, seats} = played;
  const stress = {pass: paint.good, fail: paint.bad, error: paint.bad, inconclusive: paint.doubtful}[verdict];
  const owed = [...simulation.safety, ...simulation.goals].map(({name}) => name);
  const names = seats.map(({host, name}) => `  ${host}  ${printable(name)}`);
  const tried =
    `${stories === 0 ? '' : `${stories} ${stories === 1 ? 'story' : 'stories'} and `}${counted(runs, 'run')} to the end, ${counted(moves, 'move')}. ` +
    `Rules that allowed a step: ` +
    `${rules.map(({id}) => id).join(', ') || 'none'}. Asked of the cluster: ${owed.join(', ')}.`;
  return [
    `${stress(verdict)}: ${counted(seats.length, 'host')}: ${reasonOf(played, found)}`,
    names.join('\n'),
    ...(course === null
      ? []
      : [...courseText(played, course, paint), `See it again: ${replay(found.story, choicesIn(course))}`]),
    wrapped(tried, 2),
  ].join('\n\n');
};

/** The choices that lead there again; null is what comes next by itself. */
export const choicesIn = ({happened}: Course<Move, unknown>): readonly (number | null)[] =>
  happened.flatMap(({phase, choice}) =>
    phase !== 'playing' || choice === 'told' ? [] : [choice === 'next' ? null : choice],
  );

const reasonOf = <Config, State, Stimulus, Effect, World, M extends Move>(
  {seats}: Played<Config, State, Stimulus, Effect, World, M>,
  {verdict, course, story}: Interop<M, Stimulus>,
): string => {
  const nameOf = (host: HostId): string => printable(seats.find(seat => seat.host === host)?.name ?? '');
  const where = story === null ? '' : ` (${story})`;
  if (course === null) return verdict === 'pass' ? 'a cluster that keeps what it owes' : 'cut short';
  const {ending} = course;
  switch (ending.type) {
    case 'Unexplained':
      return `${ending.host} (${nameOf(ending.host)}) does what nothing allows${where}`;
    case 'Violated':
      return `${ending.property} does not hold${where}`;
    case 'Broken':
      return `${ending.host} (${nameOf(ending.host)}) broke down: ${ending.outcome}${where}`;
    case 'Untold':
      return `a story cannot be told${where}`;
    case 'Stopped':
      return 'cut short';
    case 'Settled':
      return 'nothing is wrong';
  }
};

/** So many of the last moves are shown, whatever they are. */
const LAST = 10;

const PHASES = {
  opening: 'the beginning',
  playing: 'the run',
  settling: 'from here on nothing goes wrong any more',
} as const;

/** What came by itself is left out, but for the end; so is nothing that was chosen. */
const courseText = <Config extends {readonly repairs: Repairs}, State, Stimulus, Effect, World, M extends Move>(
  {simulation, seats}: Played<Config, State, Stimulus, Effect, World, M>,
  {happened, ending}: Course<M, Stimulus>,
  paint: Paint,
): readonly string[] => {
  const isShown = ({choice}: Happened<M>, index: number): boolean =>
    simulation.calm === 1 || choice !== 'next' || index >= happened.length - LAST;
  const lines = happened.flatMap((each, index): readonly string[] => {
    const before = happened[index - 1];
    const phase =
      each.phase === before?.phase || (each.phase === 'playing' && before === undefined) ? [] : [each.phase];
    const head = phase.map(name => `  -- ${PHASES[name]} --`);
    if (isShown(each, index)) return [...head, moveText(simulation, each, index + 1, paint)];
    const isFirst = before === undefined || isShown(before, index - 1) || head.length > 0;
    const until = happened.findIndex((other, at) => at > index && (isShown(other, at) || other.phase !== each.phase));
    const count = (until < 0 ? happened.length : until) - index;
    return isFirst ? [...head, `     ... ${counted(count, 'move')} that came by themselves`] : head;
  });
  return [['What happened:', ...lines].join('\n'), ...endingText(simulation, seats, ending, paint)];
};

const moveText = <Config, State, Stimulus, Effect, World, M extends Move>(
  {specification, tell}: Simulation<Config, State, Stimulus, Effect, World, M>,
  {move, host, effects, rules}: Happened<M>,
  number: number,
  paint: Paint,
): string => {
  const why = rules.length === 0 ? '' : ` [${rules.join(', ')}]`;
  const head = wrapped(`${String(number).padStart(3)}  ${printable(tell(move))}${why}`, 9);
  const did = effects.map(effect => wrapped(`${host}: ${printable(specification.tellEffect(effect))}`, 4, WIDTH - 5));
  return [paint.strong(head), ...(did.length === 0 ? [] : [indented(did.join('\n'), 5)])].join('\n');
};

const endingText = <Config extends {readonly repairs: Repairs}, State, Stimulus, Effect, World, M extends Move>(
  {specification}: Simulation<Config, State, Stimulus, Effect, World, M>,
  seats: readonly Seat<Config>[],
  ending: Course<M, Stimulus>['ending'],
  paint: Paint,
): readonly string[] => {
  switch (ending.type) {
    case 'Unexplained': {
      const seat = seats.find(({host}) => host === ending.host);
      if (seat === undefined) return [];
      const failure = failureOf({specification, config: seat.config}, ending.trail, `interop, as ${seat.host} saw it`);
      return [failureText(failure, paint)];
    }
    case 'Violated':
      return [wrapped(`${ending.property}: ${ending.says}. ${printable(ending.reason)}.`, 2)];
    case 'Broken':
      return [wrapped(`${ending.outcome}: ${OUTCOMES[ending.outcome]}. ${printable(ending.reason)}`, 2)];
    case 'Untold':
      return [wrapped(ending.reason, 2)];
    default:
      return [];
  }
};
