import test from 'ava';
import fc from 'fast-check';
import {mermaidText} from '../../model/report/sequence/mermaid.js';
import {storyOf} from '../../model/report/sequence/story.js';
import {printable} from '../../model/report/value.js';
import {played} from './post.js';
import {told} from './telling.js';

/** What Mermaid takes for nothing but text: see LINE and TXT in its grammar of sequence diagrams. */
const TEXT = "(?:[\\p{L}\\p{N} _.,:()[\\]{}+*/=!?'-]|#\\d+;|<br/>)+";
const LINES = [
  /^sequenceDiagram$/u,
  new RegExp(`^ {2}title ${TEXT}$`, 'u'),
  new RegExp(`^ {2}participant p\\d+ as ${TEXT}$`, 'u'),
  new RegExp(`^ {2}Note over p\\d+(?:,p\\d+)?: ${TEXT}$`, 'u'),
  new RegExp(`^ {2}p\\d+(?:--\\)|->>|-x|--x)p\\d+: \\d+ ${TEXT}$`, 'u'),
  /^ {2}loop again and again$/,
  /^ {2}end$/,
];

/** The text that a label shows. */
const shown = (label: string): string =>
  label.replaceAll('<br/>', ' ').replace(/#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)));

test('a diagram has its participants, a dotted arrow for each sending, and a solid or crossed one for each end', async t => {
  const {result, violation} = await played('multiset', ['Tell', 'Hear', 'Tell', 'Lose', 'Tell', 'Forget']);
  t.is(
    mermaidText(result, violation),
    `
sequenceDiagram
  title post: Unfinished
  participant p0 as a
  participant p1 as b
  Note over p0: 1 Tell(a)
  p0--)p1: 1 Letter {n: 0}
  p0->>p1: 2 Letter {n: 0}
  Note over p1: 2 Hear(b)
  Note over p0: 3 Tell(a)
  p0--)p1: 3 Letter {n: 0}
  p0-xp1: 4 Letter {n: 0}
  Note over p1: 4 Lose(b)
  Note over p0: 5 Tell(a)
  p0--)p1: 5 Letter {n: 0}
  p0--xp1: 6 Letter {n: 0}
  Note over p0,p1: 6 Forget
`.slice(1),
  );
});

test('steps that come again and again stand in a loop, and an end in which nothing happens is said', async t => {
  const {result, violation} = await played('multiset', ['Tell', 'Wait', 'Hear']);
  const lines = (loop: number) => mermaidText(result, {...violation, kind: 'temporal', loop}).split('\n');
  t.deepEqual(lines(1).slice(6), [
    '  loop again and again',
    '  Note over p0,p1: 2 Wait',
    '  p0->>p1: 3 Letter {n: 0}',
    '  Note over p1: 3 Hear(b)',
    '  end',
    '',
  ]);
  t.deepEqual(lines(3).slice(-2), ['  Note over p0,p1: Nothing happens any more.', '']);
});

test('whatever a model calls its parts, every line is of the grammar, and shows the names', t => {
  t.notThrows(() =>
    fc.assert(
      fc.property(told, ({result, violation}) => {
        const lines = mermaidText(result, violation).trimEnd().split('\n');
        for (const line of lines) {
          if (!LINES.some(form => form.test(line))) throw new Error(`not of the grammar: ${line}`);
        }
        const names = storyOf(result, violation).lifelines.map(name => printable(name).replace(/\s+/g, ' '));
        const participants = lines.flatMap(line => / as (.*)$/u.exec(line)?.slice(1) ?? []).map(shown);
        return names.every((name, i) => participants[i]?.replace(/\s+/g, ' ') === name);
      }),
      {numRuns: 500},
    ),
  );
});
