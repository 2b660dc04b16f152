// Random models with rounds: processes send each other messages of their round and read them, round by round. What is
// left of earlier rounds is never read, so it is dead.

import fc from 'fast-check';
import {type Model, model, next, type Read, range} from '../../../model/index.js';

type Message = {readonly round: number; readonly say: number};
type Local = {readonly round: number; readonly heard: number};

export type Spec = {
  readonly processes: number;
  readonly rounds: number;
  /** By what was heard: what a process sends to the others when it begins a round; null is nothing. */
  readonly sends: readonly (number | null)[];
  /** By what was heard and what is said: what is remembered. */
  readonly hears: readonly number[];
  readonly kind: 'set' | 'multiset' | 'sticky';
  readonly loses: boolean;
  /** No process of the last round has heard this; null claims nothing. */
  readonly never: number | null;
};

export const deadMailSpec: fc.Arbitrary<Spec> = fc.record({
  processes: fc.constant(2),
  rounds: fc.integer({min: 1, max: 2}),
  sends: fc.array(fc.option(fc.nat(2), {freq: 4}), {minLength: 1, maxLength: 3}),
  hears: fc.array(fc.nat(2), {minLength: 1, maxLength: 6}),
  kind: fc.constantFrom('set', 'multiset', 'sticky'),
  loses: fc.boolean(),
  never: fc.option(fc.nat(2)),
});

/**
 * What the normaliser takes out of an inbox. `stale` is dead. The others are mistakes: `all` and `current` take what
 * would be read, `newest` is not idempotent.
 */
export const TAKES = ['stale', 'all', 'current', 'newest'] as const;
export type Take = (typeof TAKES)[number];

const keptBy: {readonly [T in Take]: (messages: readonly Message[], local: Local) => readonly Message[]} = {
  stale: (messages, {round}) => messages.filter(each => each.round >= round),
  all: () => [],
  current: (messages, {round, heard}) => messages.filter(each => each.round !== round || each.say !== heard),
  newest: messages => messages.slice(0, Math.max(messages.length - 1, Math.min(messages.length, 1))),
};

export const modelOf = (spec: Spec, take: Take): Model =>
  model({
    name: 'dead-mail',
    summary: 'Messages of rounds that are over.',
    build(m) {
      const {sends, hears, rounds, never} = spec;
      const processes = range(spec.processes);
      const local = m.slots<number, Local>('local', processes, {round: 0, heard: 0});
      const mail = m.channel<Message, number>('mail', processes, {kind: spec.kind});
      const isOver = (read: Read) => processes.every(p => read(local(p)).round === rounds);

      m.action('Begin', {each: processes}, (read, p) => {
        const {round, heard} = read(local(p));
        if (round === rounds) return [];
        const say = sends[heard % sends.length] ?? null;
        const letters =
          say === null ? [] : processes.filter(q => q !== p).map(q => mail(q).send({round: round + 1, say}));
        return [next(local(p).set({round: round + 1, heard}), ...letters)];
      });
      m.receive(mail, {name: 'Hear', fair: 'weak'}, (read, p, message) => {
        const self = read(local(p));
        if (message.round !== self.round) return [];
        return [next(local(p).set({...self, heard: hears[(3 * self.heard + message.say) % hears.length] ?? 0}))];
      });
      if (spec.loses) m.lose(mail);
      m.terminal(isOver);
      m.invariant('never', read => !isOver(read) || processes.every(p => read(local(p)).heard !== never));

      for (const p of processes) {
        m.normalise(`${take} mail of ${p}`, {of: mail(p)}, (messages, read) => keptBy[take](messages, read(local(p))));
      }
    },
  });
