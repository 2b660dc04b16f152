import {flag, integer, model, next, product, type Read, range, subsets} from '../index.js';
import {perWitness} from './witness.js';

type Manager = 'working' | 'prepared' | 'committed' | 'aborted';
type Value = 'prepared' | 'aborted';
type Proposal = {readonly bal: number; readonly val: Value};
/** The highest ballot that an acceptor joined, and its last vote; `bal` is -1 before the first. */
type Acceptor = {readonly mbal: number; readonly bal: number; readonly val: Value | 'none'};

/** Gray and Lamport's Paxos commit: one Paxos instance per resource manager (PaxosCommit.tla of the TLA+ examples). */
export const paxosCommit = model({
  name: 'paxos-commit',
  summary: 'A transaction commits by consensus on each resource manager (PaxosCommit.tla).',
  options: {
    rms: integer({default: 2, min: 1, max: 4, about: 'resource managers'}),
    acceptors: integer({default: 3, min: 1, max: 5, about: 'acceptors'}),
    ballots: integer({default: 2, min: 1, max: 4, about: 'ballots; ballot 0 is the resource manager’s own'}),
    symmetry: flag({about: 'search one state for all that differ in the names of managers and acceptors only'}),
  },
  build(m, {rms, acceptors, ballots, symmetry}) {
    const managers = range(rms);
    const everyone = range(acceptors);
    const laterBallots = range(ballots).slice(1);
    const majorities = subsets(everyone).filter(each => each.length === Math.floor(acceptors / 2) + 1);
    // Acceptor a in the instance of manager r, as one key.
    const seats = range(rms * acceptors);
    const seat = (r: number, a: number) => r * acceptors + a;

    const rm = m.slots('rm', managers, 'working' as Manager);
    const acceptor = m.slots('acceptor', seats, {mbal: 0, bal: -1, val: 'none'} as Acceptor);
    // Every message that was ever sent, by kind, instance and sender.
    const phase1a = m.sets<number, number>('phase1a', managers);
    const phase1b = m.sets<number, Acceptor>('phase1b', seats);
    const phase2a = m.sets<number, Proposal>('phase2a', managers);
    const phase2b = m.sets<number, Proposal>('phase2b', seats);
    const decision = m.set<'commit' | 'abort'>('decision');

    m.action('RMPrepare', {each: managers}, (read, r) =>
      read(rm(r)) === 'working' ? [next(rm(r).set('prepared'), phase2a(r).add({bal: 0, val: 'prepared'}))] : [],
    );
    m.action('RMChooseToAbort', {each: managers}, (read, r) =>
      read(rm(r)) === 'working' ? [next(rm(r).set('aborted'), phase2a(r).add({bal: 0, val: 'aborted'}))] : [],
    );
    m.action('RMRcvCommitMsg', {each: managers}, (read, r) =>
      read(decision.has('commit')) ? [next(rm(r).set('committed'))] : [],
    );
    m.action('RMRcvAbortMsg', {each: managers}, (read, r) =>
      read(decision.has('abort')) ? [next(rm(r).set('aborted'))] : [],
    );

    m.action('Phase1a', {each: product(managers, laterBallots)}, (_, r, bal) => [next(phase1a(r).add(bal))]);
    m.action('Phase1b', {each: product(managers, everyone)}, (read, r, a) => {
      const {mbal: joined, bal, val} = read(acceptor(seat(r, a)));
      return read(phase1a(r))
        .filter(mbal => mbal > joined)
        .map(mbal => next(acceptor(seat(r, a)).set({mbal, bal, val}), phase1b(seat(r, a)).add({mbal, bal, val})));
    });
    m.action('Phase2a', {each: product(managers, laterBallots)}, (read, r, ballot) => {
      if (read(phase2a(r)).some(({bal}) => bal === ballot)) return [];
      return majorities.flatMap(majority => {
        const promises = majority.flatMap(a => read(phase1b(seat(r, a))).filter(({mbal}) => mbal === ballot));
        if (promises.length < majority.length) return [];
        const {val} = promises.reduce((latest, promise) => (promise.bal > latest.bal ? promise : latest));
        return [next(phase2a(r).add({bal: ballot, val: val === 'none' ? 'aborted' : val}))];
      });
    });
    m.action('Phase2b', {each: product(managers, everyone)}, (read, r, a) =>
      read(phase2a(r))
        .filter(({bal}) => read(acceptor(seat(r, a))).mbal <= bal)
        .map(({bal, val}) =>
          next(acceptor(seat(r, a)).set({mbal: bal, bal, val}), phase2b(seat(r, a)).add({bal, val})),
        ),
    );

    /** In how many ballots, and by how many majorities, the instance of manager r chose the value. */
    const choices = (read: Read, r: number, val: Value) =>
      range(ballots).flatMap(bal =>
        majorities.filter(majority => majority.every(a => read(phase2b(seat(r, a)).has({bal, val})))),
      ).length;
    const prepared = m.derives('prepared', managers, (read, r) => choices(read, r, 'prepared'));
    const aborted = m.derives('aborted', managers, (read, r) => choices(read, r, 'aborted'));
    m.action('DecideCommit', read =>
      perWitness(
        prepared.members.map(read).reduce((product, ways) => product * ways, 1),
        next(decision.add('commit')),
      ),
    );
    m.action('DecideAbort', read =>
      perWitness(
        aborted.members.map(read).reduce((sum, ways) => sum + ways, 0),
        next(decision.add('abort')),
      ),
    );

    m.invariant(
      'Consistent',
      {each: product(managers, managers)},
      (read, a, b) => !(read(rm(a)) === 'aborted' && read(rm(b)) === 'committed'),
    );

    if (!symmetry) return;
    const bySeat = [acceptor, phase1b, phase2b];
    m.symmetry(managers, {
      families: [rm, phase1a, phase2a, ...everyone.flatMap(a => bySeat.map(of => (r: number) => of(seat(r, a))))],
    });
    m.symmetry(everyone, {families: managers.flatMap(r => bySeat.map(of => (a: number) => of(seat(r, a))))});
  },
});
