// Orders about timers that a subject may give or leave out.

import test from 'ava';
import {withoutNeedless} from '../../conformance/ha/needless.js';

const SILENCE = {type: 'Silence'};
const ROUND = {type: 'Failover', vm: 'v1', stage: 'starting', round: 2, attempt: 0};
const set = (timer: object) => ({type: 'SetTimer', timer});
const cancel = (timer: object) => ({type: 'CancelTimer', timer});
const fired = (timer: object) => ({type: 'TimerFired', timer});
const sent = {type: 'Send', to: 'h2'};

const SAME: Readonly<Record<string, readonly [given: readonly object[], meant: readonly object[]]>> = {
  'of several orders about one timer the last': [
    [set(SILENCE), sent, set(SILENCE)],
    [sent, set(SILENCE)],
  ],
  'of one that is set anew no cancelling': [[cancel(SILENCE), set(SILENCE)], [set(SILENCE)]],
  'of one that may have run before that it is cancelled': [[set(SILENCE), cancel(SILENCE)], [cancel(SILENCE)]],
  'of one that is new with its round, and over in the step, nothing': [[set(ROUND), cancel(ROUND), sent], [sent]],
  'of one that runs, whatever comes between, that it is cancelled': [
    [cancel(ROUND), set(ROUND), cancel(ROUND)],
    [cancel(ROUND)],
  ],
  'of other timers each its own': [
    [set(ROUND), cancel(SILENCE)],
    [set(ROUND), cancel(SILENCE)],
  ],
};

for (const [claim, [given, meant]] of Object.entries(SAME)) {
  test(`what counts is, ${claim}`, t => {
    t.deepEqual(withoutNeedless({type: 'Restarted'}, given), meant);
  });
}

test('a timer that has just fired need not be cancelled', t => {
  t.deepEqual(withoutNeedless(fired({...ROUND}), [cancel(ROUND), cancel(SILENCE)]), [cancel(SILENCE)]);
  t.deepEqual(withoutNeedless(fired(ROUND), [set(ROUND)]), [set(ROUND)]);
});
