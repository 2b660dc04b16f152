import test from 'ava';
import {check} from '../../../model/engine/check.js';
import {twoPhaseCommit} from '../../../model/examples/two-phase-commit.js';

test('the tables take less than eighteen bytes per distinct state while they are small, and are counted', async t => {
  const {distinct, tableBytes} = await check(twoPhaseCommit, {rms: 7});
  t.is(distinct, 296_448);
  t.true(tableBytes !== undefined && tableBytes > 4 * distinct && tableBytes < 18 * distinct, `${tableBytes}`);
});
