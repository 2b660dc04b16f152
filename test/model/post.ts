// A model whose only behaviour is a given script, for tests of what is told of a behaviour.

import {check, model, next, type Result, type Violation} from '../../model/index.js';

export type Violated = {readonly result: Result; readonly violation: Violation};

/** Host a tells b; b hears it, hears it and leaves it in its inbox, or forgets it; it gets lost; or nothing happens. */
export type Scene = 'Tell' | 'Hear' | 'Hear twice' | 'Lose' | 'Forget' | 'Wait';

/** Checks a model and expects a violation. */
export const violated = async (of: Parameters<typeof check>[0]): Promise<Violated> => {
  const result = await check(of);
  if (result.violation === null) throw new Error(`nothing is violated: ${result.verdict}`);
  return {result, violation: result.violation};
};

/** The trace of a script, over a channel of the given kind. */
export const played = (kind: 'set' | 'multiset' | 'fifo' | 'sticky', script: readonly Scene[]): Promise<Violated> =>
  violated(
    model({
      name: 'post',
      summary: 'letters from a to b',
      build(m) {
        const done = m.slot('done', 0);
        const inbox = m.channel<{from: string; message: {type: string; n: number}}, string>('inbox', ['a', 'b'], {
          kind,
        });
        const scene = (name: Scene, at: number) => script[at] === name;
        m.action('Tell', {each: ['a']}, (read, from) => {
          const n = read(done);
          const letter = {from, message: {type: 'Letter', n: kind === 'fifo' ? n : 0}};
          return scene('Tell', n) ? [next(done.set(n + 1), inbox('b').send(letter))] : [];
        });
        m.receive(inbox, {name: 'Hear'}, read => (scene('Hear', read(done)) ? [next(done.set(read(done) + 1))] : []));
        m.duplicate(inbox, {name: 'Hear twice'}, read =>
          scene('Hear twice', read(done)) ? [next(done.set(read(done) + 1))] : [],
        );
        m.lose(inbox, {name: 'Lose', spend: {slot: done, f: at => (scene('Lose', at) ? at + 1 : null)}});
        for (const name of ['Forget', 'Wait'] as const) {
          m.action(name, read => (scene(name, read(done)) ? [next(done.set(read(done) + 1))] : []));
        }
        m.normalise('forget', {of: inbox('b')}, (letters, read) => (scene('Forget', read(done) - 1) ? [] : letters));
        m.invariant('Unfinished', read => read(done) < script.length);
      },
    }),
  );
