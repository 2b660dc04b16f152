// However long a log is, what is remembered of it is not.

import test from 'ava';
import {Follower, MOST_REMEMBERED} from '../../../conformance/validate/follower.js';
import {hostLaw} from '../../../conformance/validate/laws/host.js';
import {clusterLogs} from './cluster-logs.js';

test('what is remembered of steps has a limit, and to forget it changes no answer', t => {
  const [[head, first] = []] = clusterLogs().values();
  const {event, effects} = JSON.parse(first ?? '');
  const follower = new Follower(hostLaw, JSON.parse(head ?? '').config, null);
  const note = 'so that no two steps are alike '.repeat(500);
  const rules = follower.look({stimulus: event, observed: effects, line: 2})?.rules;
  const sizes = Array.from({length: 100}, (_, step) => {
    const taken = follower.look({stimulus: {...event, note: `${note}${step}`}, observed: effects, line: 2});
    t.deepEqual(taken?.rules, rules);
    return follower.remembered;
  });
  t.true((rules ?? []).length > 0);
  t.true(Math.max(...sizes) > MOST_REMEMBERED, 'something was forgotten');
  t.true(Math.max(...sizes) < MOST_REMEMBERED + 2 * note.length);
  t.true(sizes.some((size, step) => size < (sizes[step - 1] ?? 0)));
});
