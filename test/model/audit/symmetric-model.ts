import {
  anyOf,
  type Change,
  type Model,
  model,
  next,
  type Outcome,
  occursIn,
  product,
  type Read,
  range,
  setOf,
} from '../../../model/index.js';
import type {Claim, Deed, Mistake, Rule, Spec} from './symmetric-spec.js';

type Message = {readonly from: number; readonly say: number};
type Who = {readonly self: number; readonly other: number | null; readonly token: number | null; readonly say: number};

/** A number for any value. */
const digest = (value: unknown): number => {
  let hash = 7;
  for (const character of JSON.stringify(value)) hash = (hash * 31 + character.charCodeAt(0)) % 1_000_003;
  return hash;
};

/**
 * The model of a spec, with its symmetry declared unless `declared` is false; with a mistake, the declaration is
 * wrong.
 */
export const modelOf = (spec: Spec, mistake: Mistake | null = null, declared = true): Model =>
  model({
    name: 'symmetric',
    summary: 'A random symmetric model.',
    build(m) {
      const processes = range(spec.processes);
      const tokens = range(spec.tokens);
      const local = m.slots('local', processes, p => (mistake === 'initial' && p === 0 ? 1 : 0));
      const global = m.slot('global', anyOf([0, 1]));
      const leader = m.slot<number | null>('leader', null);
      const members = m.set<number>('members');
      const mail = m.channel<Message, number>('mail', processes, {kind: 'set'});
      const holds = m.sets<number, number>('holds', processes);
      const seats = processes.flatMap(p => tokens.map(token => [p, token] as const));
      const vote = m.slots('vote', seats, 0);

      const seenOf = (read: Read, p: number): readonly unknown[] => [
        read(local(p)),
        read(leader) === p,
        read(members).includes(p),
        read(holds(p)).length,
        tokens.map(token => read(vote([p, token]))).sort(),
      ];
      const situation = (read: Read, {self, other, token, say}: Who): number =>
        digest([
          seenOf(read, self),
          other === null ? null : [...seenOf(read, other), self === other],
          token === null ? null : [read(holds(self)).includes(token), read(vote([self, token]))],
          say,
          read(global),
          read(leader) === null,
          read(members).length,
        ]);

      const changeOf = ({what, who, value}: Deed, {self, other, token}: Who): Change | null => {
        const about = who === 'self' ? self : who === 'other' ? other : null;
        if (what === 'global') return global.set(value % 2);
        if (what === 'leader') return leader.set(about);
        if (what === 'vote') return token === null ? null : vote([self, token]).set(value % 2);
        if (what === 'take') return token === null ? null : holds(self).add(token);
        if (what === 'drop') return token === null ? null : holds(self).remove(token);
        if (about === null) return null;
        if (what === 'local') return local(about).set(value % spec.locals);
        if (what === 'join') return members.add(about);
        if (what === 'leave') return members.remove(about);
        return mail(about).send({from: self, say: value % 2});
      };
      /** Each slot is changed once: the first deed about it counts. */
      const outcomeOf = (deeds: readonly Deed[], who: Who): Outcome => {
        const changes = deeds.flatMap(each => changeOf(each, who) ?? []);
        return next(...changes.filter(({slot}, i) => changes.findIndex(each => each.slot === slot) === i));
      };
      const outcomesOf = ({table}: Rule, read: Read, who: Who): readonly Outcome[] =>
        (table[situation(read, who) % table.length] ?? []).map(deeds => outcomeOf(deeds, who));

      spec.rules.forEach((rule, n) => {
        const name = `${rule.about} ${n}`;
        const fairness = rule.fair ? {fair: 'weak' as const} : {};
        const isSpared = (p: number) => mistake === 'action' && n === 0 && p === 0;
        const alone = {other: null, token: null, say: 0};
        if (rule.about === 'self') {
          m.action(name, {each: processes, ...fairness}, (read, self) =>
            isSpared(self) ? [] : outcomesOf(rule, read, {...alone, self}),
          );
        } else if (rule.about === 'other') {
          m.action(name, {each: product(processes, processes), ...fairness}, (read, self, other) =>
            isSpared(self) ? [] : outcomesOf(rule, read, {...alone, self, other}),
          );
        } else if (rule.about === 'token') {
          m.action(name, {each: product(processes, tokens), ...fairness}, (read, self, token) =>
            isSpared(self) ? [] : outcomesOf(rule, read, {...alone, self, token}),
          );
        } else {
          m.receive(mail, {name, ...fairness}, (read, self, {from, say}) =>
            isSpared(self) ? [] : outcomesOf(rule, read, {...alone, self, other: from, say}),
          );
        }
      });

      /** What can be said of a state without naming anybody. */
      const counted = (read: Read): number =>
        digest([processes.map(p => JSON.stringify(seenOf(read, p))).sort(), read(global), read(members).length]);
      const isTrue = (claim: Claim, number: number): boolean =>
        claim === null || number % claim.modulus !== claim.residue;
      m.invariant('invariant', read => isTrue(spec.invariant, counted(read)));
      m.stepProperty('step', {of: [local, global]}, (before, after) =>
        isTrue(spec.step, counted(before) + 3 * counted(after)),
      );
      m.quiescent('quiescent', read => isTrue(spec.quiescent, counted(read)));
      if (mistake === 'claim') m.invariant('first', read => read(local(0)) === 0);
      if (spec.deadlockAllowed) m.allowDeadlock();
      if (!declared) return;

      const isSaid = (part: Mistake) => mistake !== part;
      const ids = (values: readonly number[], rename: (p: number) => number) => setOf(values.map(rename));
      m.symmetry(processes, {
        families: [
          local,
          mail,
          holds,
          ...(isSaid('votes') ? tokens.map(token => (p: number) => vote([p, token])) : []),
        ],
        renamed: [
          ...(isSaid('leader')
            ? [occursIn<number, number | null>(leader, (p, rename) => (p === null ? p : rename(p)))]
            : []),
          ...(isSaid('members') ? [occursIn<number, readonly number[]>(members, ids)] : []),
          ...(isSaid('mail')
            ? [
                occursIn<number, readonly Message[]>(mail, (messages, rename) =>
                  setOf(messages.map(({from, say}) => ({from: rename(from), say}))),
                ),
              ]
            : []),
        ],
      });
      if (tokens.length > 0) {
        m.symmetry(tokens, {
          families: processes.map(p => (token: number) => vote([p, token])),
          renamed: [occursIn<number, readonly number[]>(holds, ids)],
        });
      }
    },
  });
