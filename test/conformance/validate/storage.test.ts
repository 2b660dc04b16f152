// Logs of storage modules are judged: as they are, and with lines dropped, moved, doubled and altered. Whether a log is
// still a behaviour is said by going through it once more, as the relation has one outcome for whatever happens.

import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import fc from 'fast-check';
import {at, canonical, type Path, replaced} from '../../../conformance/canonical.js';
import {judgeFor} from '../../../conformance/validate/laws.js';
import {validationText} from '../../../conformance/validate/text.js';
import {validate} from '../../../conformance/validate/validate.js';
import type {Validation} from '../../../conformance/validate/validation.js';
import {
  awake,
  firstDurable,
  type Outcome,
  type StorageConfig,
  type StorageEffect,
  type StorageEvent,
  type StorageState,
  storageOutcomes,
} from '../../../src/index.js';
import '../../seed.js';
import type {Logs} from './cluster-logs.js';
import {doubled, lineAt, renumbered, type Spot, saying, spotIn, swapped, without} from './mutations.js';
import {storageLogs} from './storage-logs.js';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-storage-'));
test.after.always(() => rmSync(folder, {recursive: true, force: true}));

let files = 0;

const judged = (logs: Logs): Promise<Validation> => {
  const written = [...logs.values()].map(lines => {
    const file = join(folder, `${files++}.ndjson`);
    writeFileSync(file, `${lines.join('\n')}\n`);
    return file;
  });
  return validate(written, judgeFor);
};

const RUNS = [1, 2, 3, 4].map(seed => storageLogs(seed, 300));
const [logs = new Map()] = RUNS;

type Step = {readonly event: StorageEvent; readonly effects: readonly StorageEffect[]};

const stepsOf = ([, ...steps]: readonly string[]): readonly Step[] => steps.map(text => JSON.parse(text));

/** Whether each module does what the relation says. Whoever starts may have crashed before without logging it. */
const isAllowed = (lines: readonly string[]): boolean => {
  const {config}: {readonly config: StorageConfig} = JSON.parse(lines[0] ?? '');
  let state: StorageState = awake(firstDurable(config));
  for (const {event, effects} of stepsOf(lines)) {
    const down: StorageState = {role: 'down', durable: state.durable};
    const ways: readonly StorageState[] = event.type === 'Restarted' ? [state, down] : [state];
    const next: Outcome<StorageState, StorageEffect> | undefined = ways
      .map(way => storageOutcomes(config, way, event)[0])
      .find(outcome => canonical(outcome.effects) === canonical(effects));
    if (next === undefined) return false;
    state = next.state;
  }
  return true;
};

/** Whether all can be put in one order, in which each message is received once for each time it was sent, and later. */
const isDelivered = (all: Logs): boolean => {
  const under = new Map<string, number>();
  const left = new Map([...all].map(([host, lines]) => [host, [...stepsOf(lines)]]));
  const goesOn = (host: string, steps: Step[]): boolean => {
    const [next] = steps;
    if (next === undefined) return false;
    const {event, effects} = next;
    if (event.type === 'Received') {
      const key = canonical([event.from, host, event.message]);
      const count = under.get(key) ?? 0;
      if (count === 0) return false;
      under.set(key, count - 1);
    }
    for (const each of effects) {
      if (each.type !== 'Send') continue;
      const key = canonical([host, each.to, each.message]);
      under.set(key, (under.get(key) ?? 0) + 1);
    }
    steps.shift();
    return true;
  };
  while ([...left].some(([host, steps]) => goesOn(host, steps)));
  return [...left.values()].every(({length}) => length === 0);
};

const spots = spotIn(logs);

const always = (runs: number, property: (spot: Spot, pick: number) => Promise<void>, where = spots) =>
  fc.assert(fc.asyncProperty(where, fc.nat(), property), {numRuns: runs, endOnFailure: true});

test('logs of storage modules by the reference are consistent, line by line', async t => {
  const rules = new Set<string>();
  for (const run of RUNS) {
    const {answer, modules, messages} = await judged(run);
    t.is(answer, 'consistent');
    t.deepEqual([messages.foreign, messages.unknown], [0, 0]);
    for (const {id} of modules.flatMap(module => module.rules)) rules.add(id);
  }
  for (const rule of ['DR-12', 'DR-18', 'OB-15', 'OB-20', 'ST-10', 'LK-03', 'LK-07', 'CH-03'])
    t.true(rules.has(rule), rule);
});

const DAMAGES: Readonly<Record<string, (spot: Spot) => Logs>> = {
  'without a line': spot => renumbered(without(logs, spot), spot.host),
  'with two lines that have changed places': spot => renumbered(swapped(logs, spot), spot.host),
  'with a line that stands there twice': spot => renumbered(doubled(logs, spot), spot.host),
};

for (const [name, damaged] of Object.entries(DAMAGES)) {
  test(`a log ${name}, whose numbers do not show it, is violated just where it is no behaviour`, async t => {
    const found = new Set<boolean>();
    await always(
      15,
      async spot => {
        const all = damaged(spot);
        const isBehaviour = [...all.values()].every(isAllowed) && isDelivered(all);
        const {answer} = await judged(all);
        // What a host has sent may stand behind the end of its log.
        if (answer !== 'partial') t.is(answer, isBehaviour ? 'consistent' : 'violated');
        else t.true([...all.values()].every(isAllowed));
        found.add(isBehaviour);
      },
      spots.filter(({host, line}) => line < (logs.get(host)?.length ?? 0)),
    );
    t.is(found.size, 2);
  });
}

const partsOf = (value: unknown, path: Path = []): readonly Path[] =>
  typeof value === 'object' && value !== null
    ? Object.keys(value).flatMap(key => [[...path, key], ...partsOf(at(value, [key]), [...path, key])])
    : [];

/** Whatever may stand in a log by mistake. */
const ODD: readonly unknown[] = [null, -1, 1.5, '', 'odd', true, [], {}, [null], {toString: 1}, {type: {toString: 1}}];

test('an effect with something in it that cannot be is told at its line, with what was allowed', async t => {
  await always(
    20,
    async (spot, pick) => {
      const {effects, ...line} = lineAt(logs, spot);
      const parts = partsOf(effects);
      const odd = replaced(effects, parts[pick % parts.length] ?? [], ODD[pick % ODD.length]);
      const found = await judged(saying(logs, spot, JSON.stringify({...line, effects: odd})));
      t.like(found.violation, {host: spot.host, line: spot.line, kind: 'step'});
      t.deepEqual(found.violation?.allowed[0]?.effects, effects);
      t.notThrows(() => validationText(found));
    },
    spotIn(logs, ({effects}) => effects.length > 0),
  );
});
