import {integer, model, next, product, range} from '../index.js';

/** What two-phase commit and Paxos commit implement: all commit or all abort (TCommit.tla of the TLA+ examples). */
export const transactionCommit = model({
  name: 'transaction-commit',
  summary: 'What every commit protocol must do: all commit or all abort (TCommit.tla).',
  options: {rms: integer({default: 3, min: 1, max: 12, about: 'resource managers'})},
  build(m, {rms}) {
    const managers = range(rms);
    const rm = m.slots('rm', managers, 'working' as 'working' | 'prepared' | 'committed' | 'aborted');
    const canCommit = m.fold('canCommit', rm.members, true, (can, state) => can && /prepared|committed/.test(state));
    const notCommitted = m.fold('notCommitted', rm.members, true, (not, state) => not && state !== 'committed');

    m.action('Prepare', {each: managers}, (read, r) =>
      read(rm(r)) === 'working' ? [next(rm(r).set('prepared'))] : [],
    );
    m.action('DecideCommit', {each: managers}, (read, r) =>
      read(rm(r)) === 'prepared' && read(canCommit) ? [next(rm(r).set('committed'))] : [],
    );
    m.action('DecideAbort', {each: managers}, (read, r) =>
      ['working', 'prepared'].includes(read(rm(r))) && read(notCommitted) ? [next(rm(r).set('aborted'))] : [],
    );
    m.allowDeadlock(); // the transaction ends

    m.invariant(
      'Consistent',
      {each: product(managers, managers)},
      (read, a, b) => !(read(rm(a)) === 'aborted' && read(rm(b)) === 'committed'),
    );
  },
});
