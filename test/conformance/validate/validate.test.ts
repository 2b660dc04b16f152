// Logs of a cluster are judged: as they are, and with lines dropped, moved, doubled and altered.

import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import fc from 'fast-check';
import {judgeFor} from '../../../conformance/validate/laws.js';
import {validationText} from '../../../conformance/validate/text.js';
import {type Limits, validate} from '../../../conformance/validate/validate.js';
import type {Answer, Validation, ViolationKind} from '../../../conformance/validate/validation.js';
import '../../seed.js';
import {clusterLogs, type Logs} from './cluster-logs.js';
import {altered, doubled, lineAt, renumbered, type Spot, saying, spotIn, swapped, without} from './mutations.js';

const root = mkdtempSync(join(tmpdir(), 'holdfast-logs-'));
test.after.always(() => rmSync(root, {recursive: true, force: true}));

const logs = clusterLogs();
let folders = 0;

/** The files of these logs; the text of each ends as it is given. */
const filesOf = (all: Logs): readonly string[] => {
  const folder = join(root, String(folders++));
  mkdirSync(folder);
  return [...all].map(([host, lines]) => {
    const file = join(folder, `${host}.ndjson`);
    writeFileSync(file, `${lines.join('\n')}\n`);
    return file;
  });
};

const judged = (all: Logs, limits?: Limits): Promise<Validation> => validate(filesOf(all), judgeFor, limits);

const find = (fits: (line: ReturnType<typeof lineAt>) => boolean): Spot => {
  for (const [host, lines] of logs) {
    const index = lines.findIndex((text, place) => place > 0 && fits(JSON.parse(text)));
    if (index > 0) return {host, line: index + 1};
  }
  throw new Error('no line is like that');
};

const always = (runs: number, property: (spot: Spot, pick: number) => Promise<void>, spots = spotIn(logs)) =>
  fc.assert(fc.asyncProperty(spots, fc.nat(), property), {numRuns: runs, endOnFailure: true});

test('each host may write its fields in an order of its own', async t => {
  const turned = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(turned)
      : value !== null && typeof value === 'object'
        ? Object.fromEntries(
            Object.entries(value)
              .toReversed()
              .map(([key, part]) => [key, turned(part)]),
          )
        : value;
  const others = [...logs].map(
    ([host, lines], index) =>
      [host, index % 2 === 0 ? lines : lines.map(line => JSON.stringify(turned(JSON.parse(line))))] as const,
  );
  const {answer, messages} = await judged(new Map(others));
  t.is(answer, 'consistent');
  t.deepEqual([messages.unknown, messages.foreign], [0, 0]);
});

test('the log of a cluster by the reference is consistent, line by line', async t => {
  const {answer, lines, modules, messages, assumptions, unjudged} = await judged(logs);
  t.is(answer, 'consistent');
  const steps = [...logs.values()].reduce((sum, own) => sum + own.length - 1, 0);
  t.is(lines, steps + logs.size);
  t.is(
    modules.reduce((sum, module) => sum + module.judged, 0),
    steps,
  );
  t.true(messages.matched > steps / 2);
  t.deepEqual([messages.foreign, messages.unknown, assumptions, unjudged.length], [0, 0, 0, 0]);
  const rules = modules.flatMap(module => module.rules.map(({id}) => id));
  for (const rule of ['FB-14', 'EL-01', 'FO-01', 'DR-01', 'HO-19'] as const) t.true(rules.includes(rule), rule);
  t.true(modules.some(({roles}) => roles.some(({change}) => change === 'electing > primary')));
});

test('an effect that is not what it was is told at its line, with what was allowed', async t => {
  await always(
    5,
    async (spot, pick) => {
      const {answer, violation} = await judged(altered(logs, spot, 'effects', pick));
      t.is(answer, 'violated');
      t.like(violation, {host: spot.host, line: spot.line, kind: 'step'});
      t.true((violation?.allowed.length ?? 0) > 0);
      t.deepEqual(violation?.allowed[0]?.effects, lineAt(logs, spot).effects, 'the nearest is the one that it was');
    },
    spotIn(logs, ({effects}) => effects.length > 0),
  );
});

test('an event that is not what it was is told at its line, and what would fit is named', async t => {
  await always(
    5,
    async (spot, pick) => {
      const {answer, violation} = await judged(altered(logs, spot, 'event', pick));
      t.is(answer, 'violated');
      t.like(violation, {host: spot.host, line: spot.line});
      t.true((violation?.fitting.length ?? 0) > 0);
    },
    spotIn(logs, ({effects}) => effects.some(effect => 'to' in effect)),
  );
});

test('where a message is not what was sent, that is told beside what is wrong with the step', async t => {
  const spot = find(({event, effects}) => typeOf(event) === 'Retrieve' && effects.length > 0);
  const line = lineAt(logs, spot);
  const {message} = line.event as {readonly message: {readonly term: number}};
  const event = {...line.event, message: {...message, term: message.term + 1}};
  const {reason} = await judged(saying(logs, spot, JSON.stringify({...line, event})));
  t.regex(reason ?? '', /^TM-01 is broken; what it has received h\d has not sent, or not logged that$/);
});

test('where more steps may be hidden than can be tried, that is told, and nothing is said to be wrong', async t => {
  const spot = find(({event, effects}) => typeOf(event) === 'Retrieve' && effects.length > 0);
  const line = lineAt(logs, spot);
  const {answer, reason, violation} = await judged(
    saying(
      logs,
      spot,
      JSON.stringify({...line, effects: [{type: 'Report', vm: 'db', value: 'protected', generation: 7}]}),
    ),
    {hidden: 5},
  );
  t.deepEqual([answer, violation], ['inconclusive', null]);
  t.regex(reason ?? '', /too many steps may have been left out before it$/);
});

test('lines that have changed places, or stand there twice, are told by their numbers', async t => {
  const spots = spotIn(logs, ({seq, host}) => seq + 1 < (logs.get(host)?.length ?? 0));
  await always(
    3,
    async spot => {
      t.like((await judged(swapped(logs, spot))).violation, {host: spot.host, line: spot.line, kind: 'order'});
      t.like((await judged(doubled(logs, spot))).violation, {host: spot.host, line: spot.line + 1, kind: 'order'});
    },
    spots,
  );
});

test('a line that is missing makes the answer partial: what happened is guessed, or it is said that nothing fits', async t => {
  const spots = spotIn(logs, ({seq, host}) => seq + 1 < (logs.get(host)?.length ?? 0));
  await always(
    5,
    async spot => {
      const {answer, assumed, unjudged} = await judged(without(logs, spot));
      t.is(answer, 'partial');
      const [place] = [...assumed, ...unjudged];
      t.like(place, {host: spot.host, line: spot.line});
    },
    spots,
  );
});

test('logs that end at different times, or lack many lines, are of the same lawful run: never violated', async t => {
  const hosts = [...logs.keys()];
  const share = fc.integer({min: 0, max: 99});
  await fc.assert(
    fc.asyncProperty(
      fc.array(share, {minLength: hosts.length, maxLength: hosts.length}),
      fc.infiniteStream(share),
      fc.boolean(),
      async (ends, luck, isCut) => {
        const left = [...logs].map(([host, [head = '', ...lines]], index) => {
          const kept = isCut
            ? lines.slice(0, Math.ceil((lines.length * (ends[index] ?? 0)) / 100))
            : lines.filter(() => Number(luck.next().value) >= 10);
          return [host, [head, ...kept]] as const;
        });
        const {answer, violation} = await judged(new Map(left));
        t.is(violation, null);
        t.is(answer, 'partial');
      },
    ),
    {numRuns: 4, endOnFailure: true},
  );
});

test('the log of a host that has sent something without saying so is found out by its peers', async t => {
  const spot = find(({event, effects}) => 'vm' in event && effects.some(effect => 'network' in effect));
  const {answer, violation} = await judged(renumbered(without(logs, spot), spot.host));
  t.is(answer, 'violated');
  t.true(['step', 'unsent'].includes(violation?.kind ?? ''));
});

test('a step that was not logged is taken as a hidden move only if that is granted', async t => {
  const spot = find(
    ({event, effects}) => typeOf(event) === 'PlaceAnswer' && effects.every(effect => !('to' in effect)),
  );
  const gone = renumbered(without(logs, spot), spot.host);
  const strict = await judged(gone);
  t.like(strict.violation, {host: spot.host, kind: 'step'});
  t.regex(strict.reason ?? '', /or a step before it was not logged, as: h\d sends .*PlaceAnswer /);
  const granted = await judged(gone, {hidden: 1});
  t.like(granted, {answer: 'partial', violation: null});
  t.regex(granted.assumed[0]?.steps.join() ?? '', /^h\d sends .*PlaceAnswer /);
});

test('nobody lives to log a crash: whoever starts may have crashed before', async t => {
  const spot = find(({event}) => (event as {type?: string}).type === 'Crashed');
  t.is((await judged(renumbered(without(logs, spot), spot.host))).answer, 'consistent');
});

test('where too much is missing nothing is judged until the module starts again', async t => {
  const crash = find(({event}) => (event as {type?: string}).type === 'Crashed');
  const restart = {...crash, line: crash.line + 1};
  const {durable} = findPersisted(crash);
  const marked = saying(logs, restart, JSON.stringify({...lineAt(logs, restart), durable}));
  const {answer, unjudged} = await judged(without(marked, {...crash, line: crash.line - 15}, 10));
  t.is(answer, 'partial');
  t.like(unjudged[0], {host: crash.host, line: crash.line - 15, until: restart.line - 10});
});

/** What the host has persisted last before this line. */
const findPersisted = ({host, line}: Spot): {readonly durable: unknown} => {
  const effects = (logs.get(host) ?? []).slice(1, line - 1).flatMap(text => JSON.parse(text).effects);
  return effects.filter(({type}) => type === 'Persist').at(-1);
};

test('one log alone is judged too: that its messages were sent is believed', async t => {
  const [first] = filesOf(logs);
  const {answer, messages} = await validate([first ?? ''], judgeFor);
  t.is(answer, 'consistent');
  t.true(messages.foreign > 0);
  t.is(messages.matched, 0);
});

test('several hosts may share a file', async t => {
  const longest = Math.max(...[...logs.values()].map(lines => lines.length));
  const mixed = Array.from({length: longest}, (_, index) => [...logs.values()].flatMap(lines => lines[index] ?? []));
  const {answer, messages} = await judged(new Map([['all', mixed.flat()]]));
  t.is(answer, 'consistent');
  t.is(messages.foreign, 0);
});

test('what is no line, and no event, is told; a last line that was cut off is only left out', async t => {
  const spot = {host: 'h2', line: 40};
  t.like((await judged(saying(logs, spot, '{"host": "h2", '))).violation, {...spot, kind: 'form', seq: null});
  const line = lineAt(logs, spot);
  const odd = await judged(saying(logs, spot, JSON.stringify({...line, event: {type: 'Sneezed'}})));
  t.like(odd.violation, {...spot, kind: 'form'});
  const head = JSON.parse(logs.get('h2')?.[0] ?? '');
  for (const config of [{...head.config, hosts: ['h3', 'h1']}, {}]) {
    const other = await judged(saying(logs, {host: 'h2', line: 1}, JSON.stringify({...head, config})));
    t.like(other.violation, {line: 1, kind: 'form'});
    t.regex(other.reason ?? '', /^the configuration is none of the specification: /);
  }
  const {seq: _, ...unnumbered} = line;
  const nowhere = await judged(saying(logs, spot, JSON.stringify(unnumbered)));
  t.is(nowhere.reason, 'it is no line of holdfast-log/1: seq: it is missing');
  const file = join(root, 'torn.ndjson');
  const lines = logs.get('h2') ?? [];
  writeFileSync(file, `${lines.slice(0, 30).join('\n')}\n${lines[30]?.slice(0, 20)}`);
  t.is((await validate([file], judgeFor)).answer, 'partial');
});

test('what is said of a violation names the line, the rule, what was allowed and what would fit', async t => {
  const spot = find(({event, effects}) => 'AccessAnswer' === typeOf(event) && effects.length > 0);
  const line = lineAt(logs, spot);
  const event = {...line.event, message: {...(line.event as {message: object}).message, generation: 7}};
  const text = validationText(await judged(saying(logs, spot, JSON.stringify({...line, event}))));
  t.regex(text, new RegExp(`^violated: \\S+${spot.host}\\.ndjson:${spot.line}\\s`));
  for (const part of ['FB-23 (MUST)', 'Allowed were, the nearest first:', 'would be allowed if, instead:']) {
    t.true(text.includes(part), part);
  }
});

const typeOf = (event: object): unknown => (event as {message?: {type?: unknown}}).message?.type;

test('every answer and every kind of violation is explained in the guide', t => {
  const guide = readFileSync(join(import.meta.dirname, '../../../conformance/README.md'), 'utf8');
  const answers: readonly Answer[] = ['consistent', 'partial', 'violated', 'inconclusive'];
  const kinds: readonly ViolationKind[] = ['step', 'unsent', 'early', 'order', 'form'];
  for (const name of [...answers, ...kinds]) t.true(guide.includes(`\n| \`${name}\` |`), name);
});
