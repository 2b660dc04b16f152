// What a cluster of HA modules owes its users, whatever each host does for itself. The names are those of the
// explorer's properties, and mean the same here.

import type {Effect, Event, HostId} from '../../../src/index.js';
import {isSame} from '../../canonical.js';
import type {Goal, Safety} from '../simulation.js';
import {hostIn, type World} from './world.js';

type HaSafety = Safety<World, Event, Effect>;

/** What is wrong with one VM or another. */
const ofVms =
  (wrong: (before: World['vms'][number], after: World['vms'][number]) => string | null): HaSafety['wrong'] =>
  (before, after) =>
    after.vms.map((vm, index) => wrong(before.vms[index] ?? vm, vm)).find(found => found !== null) ?? null;

export const SAFETY: readonly HaSafety[] = [
  {
    name: 'NoTwoPrimariesOfOneTerm',
    says: 'at most one host speaks as the primary of a term',
    wrong: ({led: before}, {led}) => {
      const twice = led
        .slice(before.length)
        .find(({term, host}) => led.some(other => other.term === term && other.host !== host));
      return twice === undefined ? null : `${twice.host} speaks as primary of term ${twice.term}, and so did another`;
    },
  },
  {
    name: 'MonotoneMeta',
    says: 'what is committed never goes back to an older generation, nor changes within one',
    wrong: ofVms(({register: old}, {layout, register: now}) =>
      now.generation > old.generation || (now.generation === old.generation && now.value === old.value)
        ? null
        : `${layout.vm}: generation ${old.generation}, ${old.value}, became ${now.generation}, ${now.value}`,
    ),
  },
  {
    name: 'ReportedImpliesDurable',
    says: 'what was reported done is committed, or something newer is',
    wrong: ofVms((_, {layout, register, platform}) =>
      platform.reported <= register.generation
        ? null
        : `${layout.vm}: generation ${platform.reported} was reported, and ${register.generation} is committed`,
    ),
  },
  {
    name: 'NoResurrection',
    says: 'what the user was told is switched off is not committed as protected',
    wrong: ofVms((_, {layout, register, platform}) =>
      platform.value === 'unprotected' && platform.reported === platform.generation && register.value === 'protected'
        ? `${layout.vm}: the user was told that it is unprotected, and protected is committed`
        : null,
    ),
  },
  {
    name: 'SingleCommander',
    says: 'a host takes no command of a lower term than the highest it has seen',
    wrong: (before, _, done) => {
      if (done?.put.stimulus.type !== 'Received') return null;
      const {message} = done.put.stimulus;
      const {seen} = hostIn(before, done.put.host);
      return message.type === 'SetCommand' &&
        message.term < seen &&
        done.effects.some(({type}) => type === 'CallStorage')
        ? `${done.put.host} has seen term ${seen}, and carries out a command of term ${message.term}`
        : null;
    },
  },
  {
    name: 'CommandsResponders',
    says: 'a primary commands only a host that has said yes in this round',
    wrong: (_, {positive}, done) => {
      const commanded = (done?.effects ?? []).flatMap(effect =>
        effect.type === 'Send' && effect.message.type === 'SetCommand'
          ? [{to: effect.to, message: effect.message}]
          : [],
      );
      const found = commanded.find(
        ({to, message: {vm, term, generation, round}}) =>
          !positive.some(
            ({from, to: asked, message}) =>
              from === to &&
              asked === done?.put.host &&
              message.type === 'AccessAnswer' &&
              isSame([message.vm, message.term, message.generation, message.round], [vm, term, generation, round]),
          ),
      );
      return found === undefined ? null : `${done?.put.host} commands ${found.to}, which has not said yes`;
    },
  },
];

export const GOALS: readonly Goal<World>[] = [
  {
    name: 'EventuallyCommitted',
    says: 'what the user wants is committed',
    wrong: ({vms}) =>
      vms
        .filter(({register, platform}) => register.generation !== platform.generation)
        .map(
          ({layout, register, platform}) =>
            `${layout.vm}: ${platform.value} (generation ${platform.generation}) is wanted, and ` +
            `${register.value} (generation ${register.generation}) is committed`,
        )[0] ?? null,
  },
  {
    name: 'EventuallyReported',
    says: 'what the user wants and is committed has been reported',
    wrong: ({vms}) =>
      vms
        .filter(({platform}) => platform.reported !== platform.generation)
        .map(({layout, platform}) => `${layout.vm}: generation ${platform.generation} is wanted and not reported`)[0] ??
      null,
  },
];

/** Who speaks as primary: only a primary claims, asks, commands and registers. */
const OF_PRIMARIES: readonly string[] = ['Claim', 'AccessQuery', 'SetCommand', 'WaitRegister'];

/** The terms that a host speaks for in these effects. */
export const ledBy = (host: HostId, effects: readonly Effect[]): World['led'] =>
  effects.flatMap(effect =>
    effect.type === 'Send' && OF_PRIMARIES.includes(effect.message.type) ? [{term: effect.message.term, host}] : [],
  );
