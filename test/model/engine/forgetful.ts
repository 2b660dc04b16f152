import {model, next} from '../../../model/index.js';

/** Asked often enough, it takes back what it said of the values that it was asked about first. */
export const forgetful = () => {
  const first = new Set<number>();
  let asked = 0;
  return model({
    name: 'forgetful',
    summary: 'It counts to 400.',
    build(m) {
      const x = m.slot('x', 0);
      m.action('Up', read => {
        asked++;
        if (first.size < 10) first.add(read(x));
        return read(x) < 400 && !(asked > 200 && first.has(read(x))) ? [next(x.set(read(x) + 1))] : [];
      });
      m.allowDeadlock();
    },
  });
};
