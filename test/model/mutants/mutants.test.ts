import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import {CATALOGUE} from '../../../model/catalogue.js';
import {check} from '../../../model/index.js';
import {allTrials, isAsExpected, type Kills, killOf, killsWith, premiseOf} from '../../../model/mutants/kills.js';
import {pageText} from '../../../model/mutants/page.js';
import {PROMISES} from '../../../model/mutants/promises.js';
import {MUTATED_SCENES, optionsOf} from '../../../model/mutants/scenes.js';
import {RULES} from '../../../src/index.js';

const spec = (name: string): string => readFileSync(join(import.meta.dirname, '../../../spec', name), 'utf8');
const record: Kills = JSON.parse(spec('mutants.json'));
const trialIn = ({scene, mutant, choices}: ReturnType<typeof allTrials>[number]) => ({scene, mutant, choices});

/** What takes longer than this many states is left to `holdfast mutants`. */
const QUICK = 10_000;

test('the page of the mutants is what the file says', t => {
  t.is(spec('mutants.md'), pageText(record));
});

test('the file has every mutant, and each came out as it has to', t => {
  t.true(record.kills.length >= 30);
  t.deepEqual(record.kills.map(trialIn), allTrials().map(trialIn));
  t.deepEqual(
    record.kills.filter(kill => !isAsExpected(kill)),
    [],
  );
});

test('every property was broken by something, and is promised but where the protocol itself breaks it', t => {
  for (const {scene, properties, unpromised = []} of MUTATED_SCENES) {
    const promised = PROMISES.flatMap(each => (each.scene === scene ? [each.property] : []));
    t.deepEqual([...promised, ...unpromised].sort(), [...properties].sort(), scene);
    t.deepEqual(
      properties.filter(property => killsWith(record.kills, scene, property).length === 0),
      [],
    );
    for (const property of unpromised) {
      t.true(
        killsWith(record.kills, scene, property).some(({mutant, choices}) => mutant === null && !choices['without']),
      );
    }
  }
});

test('each promise cites rules that there are, is about what comes about, and is broken by something', t => {
  const named = (kind: string) => new Set(PROMISES.filter(each => each.kind === kind).map(({property}) => property));
  t.is(named('safety').size, 15, 'the fourteen, of which the last has two names');
  t.is(named('liveness').size, 10);
  for (const {property, scene, rules} of PROMISES) {
    t.true(MUTATED_SCENES.find(each => each.scene === scene)?.properties.includes(property), property);
    t.true(rules.length > 0 && rules.every(rule => rule in RULES), property);
    t.true((premiseOf(record.kills, scene, property)?.steps ?? 0) > 0, `${property}: its premise never comes about`);
    t.true(killsWith(record.kills, scene, property).length > 0, `nothing breaks ${property}`);
  }
});

for (const kept of record.kills.filter(({distinct}) => distinct <= QUICK)) {
  const {scene, mutant, choices} = kept;
  test(`in ${scene}, ${mutant ?? 'the protocol'} with ${JSON.stringify(choices)} does as the file says`, async t => {
    const entry = CATALOGUE.find(({name}) => name === scene);
    if (entry === undefined) throw new Error(`there is no scene ${scene}`);
    t.deepEqual(killOf(kept, await check(await entry.load(), optionsOf(kept))), kept);
  });
}
