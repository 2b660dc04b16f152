// Whether a subject can be tried at all. What is wrong here would make everything else look wrong.

import type {Repairs} from '../../src/index.js';
import {complaintOf} from '../adapter/answers.js';
import {Breakdown, type Outcome} from '../adapter/breakdown.js';
import type {Answered, Connection} from '../adapter/connection.js';
import type {Hello, ModuleName} from '../adapter/protocol.js';
import {type Bench, newTally, put} from '../cases/bench.js';
import {choicesAt} from '../cases/position.js';
import {randomFrom} from '../cases/random.js';
import {chosen} from '../cases/random-walk.js';
import {walking} from '../cases/walk.js';
import {failureOf} from '../report/failure.js';
import type {Suite} from '../suite.js';

/** One thing that was looked at. `outcome` names what is wrong; null where nothing is: then `reason` is but a note. */
export type Finding = {
  readonly check: string;
  readonly verdict: 'pass' | 'fail';
  readonly reason: string | null;
  readonly outcome: Outcome | null;
};

/** How many ways the subject is led, and how far. */
const WAYS = 12;
const LENGTH = 14;

/**
 * Looks at one thing after the other, and tells of each as soon as it is known; ends with the first that is wrong. The
 * connection must be fresh, but for `hello`, which was answered with `said`.
 */
export async function* examined<Config extends {readonly repairs: Repairs}, State, Stimulus, Effect>(
  connection: Connection,
  said: Hello,
  module: ModuleName,
  {specification, plans}: Suite<Config, State, Stimulus, Effect>,
): AsyncGenerator<Finding> {
  const [plan] = plans;
  if (plan === undefined) throw new Error('a suite without plans');
  const isPipelined = said.capabilities?.pipelining ?? true;
  const driver = connection.driver(module, isPipelined);
  const bench: Bench<Config, State, Stimulus, Effect> = {
    specification,
    config: plan.config,
    driver,
    world: plan.world,
    recall: 0,
    tally: newTally(Number.POSITIVE_INFINITY),
  };
  const ask = (command: string): Promise<Answered> => connection.ask(`"cmd":"${command}"`);
  const ways: (readonly string[])[] = [];
  const told: string[] = [];
  let right = 0;
  let firstWrong: string | null = null;

  const checks: Readonly<Record<string, () => Promise<Breakdown | null>>> = {
    'it refuses a command that does not exist': async () => {
      // Not one that anybody would think of: whoever says ok to this says ok to everything.
      const answered = await ask(`do-${said.implementation.name.length}-impossible-things`);
      return refusedWith(answered, 'a command that does not exist', ['unsupported']);
    },
    'it refuses a step before the first reset': async () =>
      refusedWith(await connection.ask('"cmd":"step","event":{"type":"None"}'), 'a step before the first reset', [
        'bad-request',
        'unsupported',
        'internal',
      ]),
    [`it is a module of the kind ${module}`]: async () => {
      if (!said.modules.includes(module)) {
        return new Breakdown('refused', `hello names ${said.modules.join(', ')}, and not ${module}`);
      }
      const {broken} = await put(bench, []);
      return broken === null ? null : new Breakdown(broken.outcome, broken.reason);
    },
    'it shows its state if and only if it claims to': async () => {
      const answered = await ask('probe');
      if (said.capabilities?.probe !== true)
        return refusedWith(answered, 'a probe, which it does not claim', ['unsupported']);
      const isShown = answered.type === 'Answered' && answered.fields['ok'] === true && 'state' in answered.fields;
      return isShown ? null : new Breakdown('refused', 'it claims probe, and does not answer it with a state');
    },
    'it takes events, and does something right': async () => {
      for (let seed = 1; seed <= WAYS; seed++) {
        const random = randomFrom(seed);
        const outcome = await walking(bench, position =>
          position.trail.length < LENGTH ? chosen(choicesAt(position), random) : null,
        );
        if (outcome.type === 'Broken') return new Breakdown(outcome.outcome, outcome.reason);
        if (outcome.type === 'Stopped') continue;
        const trail = outcome.type === 'Rejected' ? outcome.trail : outcome.position.trail;
        const kept = outcome.type === 'Rejected' ? trail.slice(0, -1) : trail;
        right += kept.filter(({observed}) => observed.length > 0).length;
        const last = trail.at(-1);
        if (outcome.type === 'Rejected' && last !== undefined) {
          const {allowed, differences} = failureOf(bench, trail, plan.name);
          firstWrong ??= [
            `The first that is wrong: ${specification.tellStimulus(last.stimulus)}`,
            `was answered ${last.heard}`,
            `Allowed is: ${allowed[0]?.told.join('; ') || 'nothing'}`,
            ...differences,
          ].join('\n');
        }
        ways.push(trail.map(({sent}) => sent));
        told.push(trail.map(({heard}) => heard).join('\n'));
      }
      const steps = ways.reduce((sum, way) => sum + way.length, 0);
      return right > 0
        ? null
        : new Breakdown(
            'nothing-right',
            firstWrong ?? `It was given ${steps} events, and did nothing about any of them.`,
          );
    },
    'it does the same again': async () => {
      for (const [index, way] of ways.entries()) {
        const again = await put(bench, way);
        if (again.broken !== null) return new Breakdown(again.broken.outcome, again.broken.reason);
        const other = differing('it answered differently after another reset', way, told[index], again.answers);
        if (other !== null) return other;
      }
      return null;
    },
    'it forgets everything on reset': async () => {
      for (const [index, way] of ways.entries()) {
        const before = ways[(index + 5) % ways.length] ?? [];
        const between = await put(bench, before);
        const after = await put(bench, way);
        const broken = between.broken ?? after.broken;
        if (broken !== null) return new Breakdown(broken.outcome, broken.reason);
        const what = 'after another case, and a reset, it answered differently';
        const other = differing(what, way, told[index], after.answers, 'does-not-forget');
        if (other !== null) return other;
      }
      return null;
    },
    'its hosts share nothing, if it is several': async () => {
      if ((said.capabilities?.hosts ?? 1) === 1) return null;
      const [first = [], second = []] = [...ways].sort((a, b) => b.length - a.length);
      const config = JSON.stringify(plan.config);
      const [a, b] = ['a', 'b'].map(name => connection.driver(module, false, name));
      if (a === undefined || b === undefined) return null;
      const answers: string[] = [];
      for (const host of [a, b]) {
        const heard = await host.reset(config);
        if (heard.type === 'Broken') return new Breakdown(heard.outcome, heard.reason);
      }
      for (let step = 0; step < Math.max(first.length, second.length); step++) {
        const [mine, others] = [first[step], second[step]];
        const heard = others === undefined ? null : await b.step(others);
        if (heard?.type === 'Broken') return new Breakdown(heard.outcome, heard.reason);
        const answer = mine === undefined ? null : await a.step(mine);
        if (answer?.type === 'Broken') return new Breakdown(answer.outcome, answer.reason);
        if (answer !== null) answers.push(answer.text);
      }
      const what = 'it answered differently while it was another host too';
      return differing(what, first, told[ways.indexOf(first)], answers, 'mixes-hosts');
    },
  };
  for (const [check, look] of Object.entries(checks)) {
    const found = await look();
    yield findingOf(check, found);
    if (found !== null) return;
  }
}

export const findingOf = (check: string, found: Breakdown | null): Finding => ({
  check,
  verdict: found === null ? 'pass' : 'fail',
  reason: found?.message ?? null,
  outcome: found?.outcome ?? null,
});

/** Whether subjects ended when they were told to: how they were left, and how each ended. */
export const endingOf = (farewells: readonly (Breakdown | null)[], partings: readonly (string | null)[]): Finding => {
  const found = findingOf('it ends when it is told to', farewells.find(each => each !== null) ?? null);
  return {...found, reason: found.reason ?? partings.find(each => each !== null) ?? null};
};

const refusedWith = (answered: Answered, what: string, codes: readonly string[]): Breakdown | null => {
  if (answered.type === 'Broken') return answered.breakdown;
  const {ok, error} = answered.fields;
  if (ok === true) return new Breakdown('refuses-nothing', `it said ok to ${what}`);
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'nothing';
  return codes.includes(code)
    ? null
    : new Breakdown('wrong-shape', `it refused ${what} with ${complaintOf(answered.fields)}, not ${codes[0]}`);
};

/** Whether the answers are those that were heard before: at which step they are not, if anywhere. */
const differing = (
  what: string,
  way: readonly string[],
  before: string | undefined,
  answers: readonly string[],
  outcome: Outcome = 'not-repeatable',
): Breakdown | null => {
  const known = before?.split('\n') ?? [];
  const step = way.findIndex((_, index) => known[index] !== answers[index]);
  return step < 0
    ? null
    : new Breakdown(
        outcome,
        [
          `${what}: step ${step + 1}, ${way[step]}`,
          `was answered ${known[step] ?? 'not at all'}`,
          `and then ${answers[step] ?? 'not at all'}`,
        ].join('\n'),
      );
};
