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
  replay: (choices: readonly number[]) => string,
  paint: Paint,
): string => {
  const {verdict, course, rules, runs, moves} = found;
  const {simulation, seats} = played;
  const stress = {pass: paint.good, fail: paint.bad, error: paint.bad, inconclusive: paint.doubtful}[verdict];
  const owed = [...simulation.safety, ...simulation.goals].map(({name}) => name);
  const names = seats.map(({host, name}) => `  ${host}  ${printable(name)}`);
  const tried =
    `${counted(runs, 'run')} to the end, ${counted(moves, 'move')}. Rules that allowed a step: ` +
    `${rules.map(({id}) => id).join(', ') || 'none'}. Asked of the cluster: ${owed.join(', ')}.`;
  return [
    `${stress(verdict)}: ${counted(seats.length, 'host')}: ${reasonOf(played, found)}`,
    names.join('\n'),
    ...(course === null ? [] : [...courseText(played, course, paint), `See it again: ${replay(choicesIn(course))}`]),
    wrapped(tried, 2),
  ].join('\n\n');
};

export const choicesIn = ({happened}: Course<Move, unknown>): readonly number[] =>
  happened.flatMap(({choice}) => (choice === null ? [] : [choice]));

const reasonOf = <Config, State, Stimulus, Effect, World, M extends Move>(
  {seats}: Played<Config, State, Stimulus, Effect, World, M>,
  {verdict, course}: Interop<M, Stimulus>,
): string => {
  const nameOf = (host: HostId): string => printable(seats.find(seat => seat.host === host)?.name ?? '');
  if (course === null) return verdict === 'pass' ? 'a cluster that keeps what it owes' : 'cut short';
  const {ending} = course;
  switch (ending.type) {
    case 'Unexplained':
      return `${ending.host} (${nameOf(ending.host)}) does what nothing allows`;
    case 'Violated':
      return `${ending.property} does not hold`;
    case 'Broken':
      return `${ending.host} (${nameOf(ending.host)}) broke down: ${ending.outcome}`;
    default:
      return 'nothing is wrong';
  }
};

const courseText = <Config extends {readonly repairs: Repairs}, State, Stimulus, Effect, World, M extends Move>(
  {simulation, seats}: Played<Config, State, Stimulus, Effect, World, M>,
  {happened, ending}: Course<M, Stimulus>,
  paint: Paint,
): readonly string[] => {
  const settled = happened.findIndex(({choice}) => choice === null);
  const lines = happened.map((each, index) =>
    [
      ...(index === settled ? ['  -- from here on nothing goes wrong any more --'] : []),
      moveText(simulation, each, index + 1, paint),
    ].join('\n'),
  );
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
    default:
      return [];
  }
};
