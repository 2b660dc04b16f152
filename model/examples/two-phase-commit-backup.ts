import {type Change, flag, integer, model, next, product, range} from '../index.js';
import {perWitness} from './witness.js';

type Manager = 'working' | 'prepared' | 'committed' | 'aborted' | 'failed';
type Tally = {readonly prepared: number; readonly committed: number; readonly aborted: number};

/** Demirbas's two-phase commit with a backup transaction manager (2PCwithBTM.tla of the TLA+ examples). */
export const twoPhaseCommitBackup = model({
  name: 'two-phase-commit-backup',
  summary: 'Two-phase commit with failures and a backup transaction manager (2PCwithBTM.tla).',
  options: {
    rms: integer({default: 3, min: 1, max: 8, about: 'resource managers'}),
    reliableRms: flag({about: 'no resource manager fails; else at most one does'}),
    reliableTm: flag({about: 'the transaction manager never fails'}),
  },
  build(m, {rms, reliableRms, reliableTm}) {
    const managers = range(rms);
    const rm = m.slots('rm', managers, 'working' as Manager);
    const isDone = m.slots('isDone', managers, false);
    const tm = m.slot<'init' | 'commit' | 'abort' | 'hidden'>('tm', 'init');
    const tmAt = m.slot<'decide' | 'commit' | 'abort' | 'decided' | 'done'>('tmAt', 'decide');
    const backupAt = m.slot<'decide' | 'commit' | 'abort' | 'done'>('backupAt', 'decide');

    const tally = m.fold('tally', rm.members, {prepared: 0, committed: 0, aborted: 0} as Tally, (sum, state) => ({
      prepared: sum.prepared + (state === 'prepared' ? 1 : 0),
      committed: sum.committed + (state === 'committed' ? 1 : 0),
      aborted: sum.aborted + (state === 'aborted' || state === 'failed' ? 1 : 0),
    }));
    const failed = m.fold('failed', rm.members, false, (any, state) => any || state === 'failed');
    const allDone = m.fold('allDone', isDone.members, true, (all, done) => all && done);

    /** The two decisions, each once per reason: every manager is prepared or somebody committed; somebody aborted. */
    const decisions = ({prepared, committed, aborted}: Tally, choose: (decision: 'commit' | 'abort') => Change) => [
      ...perWitness((committed + 1) ** prepared * committed ** (rms - prepared), next(choose('commit'))),
      ...perWitness(committed === 0 ? aborted : 0, next(choose('abort'))),
    ];

    m.action('RM', {each: managers, fair: 'weak'}, (read, r: number) => {
      if (read(isDone(r))) return [];
      const state = read(rm(r));
      if (state !== 'working' && state !== 'prepared') return [next(isDone(r).set(true))];
      return [
        ...perWitness([state === 'working'], next(rm(r).set('prepared'))),
        ...perWitness([read(tm) === 'commit'], next(rm(r).set('committed'))),
        ...perWitness([state === 'working', read(tm) === 'abort'], next(rm(r).set('aborted'))),
        reliableRms || read(failed) ? next() : next(rm(r).set('failed')),
      ];
    });
    m.action('TMDecide', {fair: 'weak'}, read =>
      read(tmAt) === 'decide' ? decisions(read(tally), decision => tmAt.set(decision)) : [],
    );
    m.action('TMAnnounce', {fair: 'weak'}, read => {
      const decision = read(tmAt);
      return decision === 'commit' || decision === 'abort' ? [next(tm.set(decision), tmAt.set('decided'))] : [];
    });
    m.action('TMFail', {fair: 'weak'}, read => {
      if (read(tmAt) !== 'decided') return [];
      return [reliableTm ? next(tmAt.set('done')) : next(tmAt.set('done'), tm.set('hidden'))];
    });
    m.action('BackupDecide', {fair: 'weak'}, read =>
      read(backupAt) === 'decide' && read(tm) === 'hidden'
        ? decisions(read(tally), decision => backupAt.set(decision))
        : [],
    );
    m.action('BackupAnnounce', {fair: 'weak'}, read => {
      const decision = read(backupAt);
      return decision === 'commit' || decision === 'abort' ? [next(tm.set(decision), backupAt.set('done'))] : [];
    });
    m.action('Terminating', read =>
      read(tmAt) === 'done' && read(backupAt) === 'done' && read(allDone) ? [next()] : [],
    );

    m.invariant(
      'Consistency',
      {each: product(managers, managers)},
      (read, a, b) => !(read(rm(a)) === 'aborted' && read(rm(b)) === 'committed'),
    );
  },
});
