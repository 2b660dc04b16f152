import {flag, integer, model, next, occursIn, range, setOf} from '../index.js';

type Manager = 'working' | 'prepared' | 'committed' | 'aborted';

/** Two-phase commit, after Gray and Lamport's "Consensus on Transaction Commit" (TwoPhase.tla of the TLA+ examples). */
export const twoPhaseCommit = model({
  name: 'two-phase-commit',
  summary: 'Resource managers vote and a transaction manager decides (TwoPhase.tla).',
  options: {
    rms: integer({default: 3, min: 1, max: 12, about: 'resource managers'}),
    symmetry: flag({about: 'search one state for all that differ in the names of resource managers only'}),
  },
  build(m, {rms, symmetry}) {
    const managers = range(rms);
    const rm = m.slots('rm', managers, 'working' as Manager);
    const tm = m.slot<'init' | 'committed' | 'aborted'>('tm', 'init');
    const tmPrepared = m.set<number>('tmPrepared');
    const msgs = m.set<number | 'commit' | 'abort'>('msgs'); // a number stands for "prepared", from that manager

    m.action('TMRcvPrepared', {each: managers}, (read, r) =>
      read(tm) === 'init' && read(msgs.has(r)) ? [next(tmPrepared.add(r))] : [],
    );
    m.action('TMCommit', read =>
      read(tm) === 'init' && read(tmPrepared).length === rms ? [next(tm.set('committed'), msgs.add('commit'))] : [],
    );
    m.action('TMAbort', read => (read(tm) === 'init' ? [next(tm.set('aborted'), msgs.add('abort'))] : []));
    m.action('RMPrepare', {each: managers}, (read, r) =>
      read(rm(r)) === 'working' ? [next(rm(r).set('prepared'), msgs.add(r))] : [],
    );
    m.action('RMChooseToAbort', {each: managers}, (read, r) =>
      read(rm(r)) === 'working' ? [next(rm(r).set('aborted'))] : [],
    );
    m.action('RMRcvCommitMsg', {each: managers}, (read, r) =>
      read(msgs.has('commit')) ? [next(rm(r).set('committed'))] : [],
    );
    m.action('RMRcvAbortMsg', {each: managers}, (read, r) =>
      read(msgs.has('abort')) ? [next(rm(r).set('aborted'))] : [],
    );

    // Nobody commits while another aborts: what was decided so far, taken manager by manager.
    const decided = m.fold('decided', rm.members, [] as readonly Manager[], (seen, state) =>
      (state === 'committed' || state === 'aborted') && !seen.includes(state) ? [...seen, state].sort() : seen,
    );
    m.invariant('Consistent', read => read(decided).length < 2);

    if (!symmetry) return;
    m.symmetry(managers, {
      families: [rm],
      renamed: [
        occursIn(tmPrepared, (prepared, renamed: (r: number) => number) => setOf(prepared.map(renamed))),
        occursIn(msgs, (sent, renamed: (r: number) => number) =>
          setOf(sent.map(each => (typeof each === 'number' ? renamed(each) : each))),
        ),
      ],
    });
  },
});
