import {integer, model, next, range} from '../index.js';

type Manager = 'working' | 'prepared' | 'committed' | 'aborted';
type Decision = 'commit' | 'abort';

/**
 * Two-phase commit by messages that are consumed. Each resource manager votes on a channel of its own, and then waits
 * on another for the decision; the transaction manager takes the votes as they come, until it has all or will not
 * wait.
 */
export const twoPhaseCommitMessages = model({
  name: 'two-phase-commit-messages',
  summary: 'Resource managers vote and hear of the decision over channels, each message once.',
  options: {rms: integer({default: 4, min: 1, max: 12, about: 'resource managers'})},
  build(m, {rms}) {
    const managers = range(rms);
    const rm = m.slots('rm', managers, 'working' as Manager);
    const tm = m.slot<'init' | 'committed' | 'aborted'>('tm', 'init');
    const tmPrepared = m.set<number>('tmPrepared');
    const votes = m.channel<'prepared', number>('votes', managers, {kind: 'fifo'});
    const decisions = m.channel<Decision, number>('decisions', managers, {kind: 'fifo'});
    const announce = (decision: Decision) => managers.map(r => decisions(r).send(decision));

    m.action('RMPrepare', {each: managers}, (read, r) =>
      read(rm(r)) === 'working' ? [next(rm(r).set('prepared'), votes(r).send('prepared'))] : [],
    );
    m.action('RMChooseToAbort', {each: managers}, (read, r) =>
      read(rm(r)) === 'working' ? [next(rm(r).set('aborted'))] : [],
    );
    m.receive(votes, {name: 'TMRcvPrepared'}, (read, r) => (read(tm) === 'init' ? [next(tmPrepared.add(r))] : []));
    m.action('TMCommit', read =>
      read(tm) === 'init' && read(tmPrepared).length === rms ? [next(tm.set('committed'), ...announce('commit'))] : [],
    );
    m.action('TMAbort', read => (read(tm) === 'init' ? [next(tm.set('aborted'), ...announce('abort'))] : []));
    m.receive(decisions, {name: 'RMRcvDecision'}, (read, r, decision) =>
      read(rm(r)) === 'prepared' ? [next(rm(r).set(decision === 'commit' ? 'committed' : 'aborted'))] : [],
    );

    // Nobody commits while another aborts: what was decided so far, taken manager by manager.
    const decided = m.fold('decided', rm.members, [] as readonly Manager[], (seen, state) =>
      (state === 'committed' || state === 'aborted') && !seen.includes(state) ? [...seen, state].sort() : seen,
    );
    m.invariant('Consistent', read => read(decided).length < 2);
    m.terminal(read => read(tm) !== 'init');
  },
});
