import test from 'ava';
import {by, product, range} from '../../../model/index.js';
import {violates} from './sample.js';

test('a counterexample tells who, what, by which rule, and what changed', async t => {
  const result = await violates(
    t,
    m => {
      const sum = m.slot('sum', 0);
      const inbox = m.channel<{readonly add: number}, string>('inbox', ['p'], {kind: 'set'});
      m.action('Ask', {each: product(range(2), ['x'])}, (read, n, why) =>
        read(inbox('p')).length === 0 && n === 1
          ? [{rules: ['R-1'], note: `because of ${why}`, changes: [inbox('p').send({add: 7})]}]
          : [],
      );
      m.receive(inbox, {name: 'Add'}, (read, _, {add}) => [by('R-2', sum.set(read(sum) + add))]);
      m.invariant('Small', read => read(sum) < 7);
    },
    ['Small', 3],
    [4, 4, 3],
  );
  const message = {add: 7};
  t.deepEqual(result?.violation?.trace, [
    {
      step: 0,
      action: null,
      parameters: [],
      message: null,
      delivery: null,
      rules: [],
      note: null,
      changes: [],
      state: {sum: 0, 'inbox[p]': []},
    },
    {
      step: 1,
      action: 'Ask',
      parameters: [1, 'x'],
      message: null,
      delivery: null,
      rules: ['R-1'],
      note: 'because of x',
      changes: [{slot: 'inbox[p]', before: [], after: [message]}],
      state: {sum: 0, 'inbox[p]': [message]},
    },
    {
      step: 2,
      action: 'Add',
      parameters: ['p'],
      message,
      delivery: {inbox: 'inbox[p]', fate: 'received', isRemoved: true},
      rules: ['R-2'],
      note: null,
      changes: [
        {slot: 'sum', before: 0, after: 7},
        {slot: 'inbox[p]', before: [message], after: []},
      ],
      state: {sum: 7, 'inbox[p]': []},
    },
  ]);
});
