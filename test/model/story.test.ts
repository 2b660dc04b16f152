import test from 'ava';
import {model, next} from '../../model/index.js';
import type {Message} from '../../model/report/sequence/messages.js';
import {storyOf} from '../../model/report/sequence/story.js';
import {played, type Scene, violated} from './post.js';

const storyFrom = async (kind: Parameters<typeof played>[0], ...script: readonly Scene[]) => {
  const {result, violation} = await played(kind, script);
  return storyOf(result, violation);
};

const letter = (sent: number, ...ends: Message['ends']): Message => ({
  from: 'a',
  to: 'b',
  text: 'Letter {n: 0}',
  sent,
  ends,
});

test('a message is drawn from the step that sent it to the step that received it, and says what the envelope holds', async t => {
  const {lifelines, moments, messages} = await storyFrom('multiset', 'Tell', 'Wait', 'Hear');
  t.deepEqual(lifelines, ['a', 'b']);
  t.deepEqual(
    moments.map(({step, name, lifelines: who}) => [step, name, ...who]),
    [
      [1, 'Tell(a)', 'a'],
      [2, 'Wait'],
      [3, 'Hear(b)', 'b'],
    ],
  );
  t.deepEqual(messages, [letter(1, {step: 3, fate: 'received'})]);
});

test('a lost message ends where it was lost, a forgotten one where it left its inbox, another is under way', async t => {
  const {messages} = await storyFrom('multiset', 'Tell', 'Lose', 'Tell', 'Forget', 'Tell');
  t.deepEqual(messages, [letter(1, {step: 2, fate: 'lost'}), letter(3, {step: 4, fate: 'dropped'}), letter(5)]);
});

test('a message that was received and stays has an end for each receipt', async t => {
  const {messages} = await storyFrom('set', 'Tell', 'Hear twice', 'Hear');
  t.deepEqual(messages, [letter(1, {step: 2, fate: 'received'}, {step: 3, fate: 'received'})]);
  const sticky = await storyFrom('sticky', 'Tell', 'Hear', 'Hear');
  t.deepEqual(sticky.messages, messages);
});

test('of equal messages the one that was sent first is received first', async t => {
  const {messages} = await storyFrom('multiset', 'Tell', 'Tell', 'Hear', 'Lose');
  t.deepEqual(messages, [letter(1, {step: 3, fate: 'received'}), letter(2, {step: 4, fate: 'lost'})]);
});

test('messages of a queue are told apart by what they say', async t => {
  const {messages} = await storyFrom('fifo', 'Tell', 'Tell', 'Hear');
  t.deepEqual(
    messages.map(({text, ends}) => [text, ...ends.map(({step}) => step)]),
    [['Letter {n: 0}', 3], ['Letter {n: 1}']],
  );
});

test('an inbox whose key is a pair is a link from one to the other, and the receiver takes part in a delivery', async t => {
  const {result, violation} = await violated(
    model({
      name: 'links',
      summary: '',
      build(m) {
        const heard = m.slot('heard', false);
        const link = m.channel<string, readonly number[]>('link', [[2, 1]], {kind: 'fifo'});
        m.action('Call', read =>
          read(heard) || read(link([2, 1])).length > 0 ? [] : [next(link([2, 1]).send('hello'))],
        );
        m.receive(link, {name: 'Hear'}, () => [next(heard.set(true))]);
        m.invariant('Deaf', read => !read(heard));
      },
    }),
  );
  const {lifelines, moments, messages} = storyOf(result, violation);
  t.deepEqual(lifelines, ['2', '1']);
  t.deepEqual(messages, [{from: '2', to: '1', text: 'hello', sent: 1, ends: [{step: 2, fate: 'received'}]}]);
  t.deepEqual(moments[1]?.lifelines, ['1']);
});

test('a model without channels is told on the lifelines of its keys, one without keys on its own', async t => {
  const counting = (keyed: boolean) =>
    model({
      name: 'counting',
      summary: '',
      build(m) {
        const counts = m.slots<string, number>('count', ['x', 'y'], 0);
        const total = m.slot('total', 0);
        if (keyed) m.action('Count', {each: ['y']}, (read, key) => [next(counts(key).set(read(counts(key)) + 1))]);
        else m.action('Count', read => [next(total.set(read(total) + 1))]);
        m.invariant('Small', read => read(counts('y')) + read(total) < 2);
      },
    });
  const keyed = await violated(counting(true));
  t.deepEqual(storyOf(keyed.result, keyed.violation).lifelines, ['y']);
  const alone = await violated(counting(false));
  t.deepEqual(storyOf(alone.result, alone.violation).lifelines, ['counting']);
});

test('whoever a message names as its sender has a lifeline, behind those of the keys', async t => {
  const {result, violation} = await violated(
    model({
      name: 'client',
      summary: '',
      build(m) {
        const inbox = m.channel<{from: string; what: string; n: number}, string>('inbox', ['server'], {kind: 'set'});
        m.action('Ask', read =>
          read(inbox('server')).length > 0 ? [] : [next(inbox('server').send({from: 'client', what: 'read', n: 1}))],
        );
        m.invariant('Silence', read => read(inbox('server')).length === 0);
      },
    }),
  );
  const {lifelines, messages} = storyOf(result, violation);
  t.deepEqual(lifelines, ['server', 'client']);
  t.deepEqual(messages, [{from: 'client', to: 'server', text: '{what: read, n: 1}', sent: 1, ends: []}]);
});
