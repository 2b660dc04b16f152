import test from 'ava';
import fc from 'fast-check';
import {systemOf} from '../../../model/engine/system.js';
import {audit, check, ModelError} from '../../../model/index.js';
import {type Named, orbitCount, orders, type Renaming, reachable, sorted} from './brute-orbits.js';
import {modelOf} from './symmetric-model.js';
import {MISTAKES, type Mistake, type Rule, type Spec, symmetricSpec} from './symmetric-spec.js';

/** The referee's patience, in states. */
const MOST = 250;

type Message = {readonly from: number; readonly say: number};

/** Every renaming of processes and tokens, as the declaration means it: what a mistake leaves out stays as it is. */
const renamingsOf = ({processes, tokens}: Spec, mistake: Mistake | null): readonly Renaming[] =>
  orders(processes).flatMap(p =>
    orders(tokens).map(token => (state: Named) => {
      const image: Record<string, unknown> = {global: state['global']};
      const at = (i: number): number => p[i] as number;
      const ids = (values: unknown) => sorted((values as number[]).map(at));
      const leader = state['leader'] as number | null;
      image['leader'] = leader === null || mistake === 'leader' ? leader : at(leader);
      image['members'] = mistake === 'members' ? state['members'] : ids(state['members']);
      for (let i = 0; i < processes; i++) {
        const messages = state[`mail[${i}]`] as readonly Message[];
        image[`local[${at(i)}]`] = state[`local[${i}]`];
        image[`mail[${at(i)}]`] =
          mistake === 'mail' ? messages : sorted(messages.map(({from, say}) => ({from: at(from), say})));
        image[`holds[${at(i)}]`] = sorted((state[`holds[${i}]`] as number[]).map(each => token[each] as number));
        for (let j = 0; j < tokens; j++) {
          image[`vote[[${mistake === 'votes' ? i : at(i)},${token[j] as number}]]`] = state[`vote[[${i},${j}]]`];
        }
      }
      return image;
    }),
  );

test('with symmetry, random models have the same verdicts, as long counterexamples, and a state for each orbit', async t => {
  const counts = {holds: 0, violated: 0, saved: 0, tokens: 0};
  const property = fc.asyncProperty(symmetricSpec, async spec => {
    const system = systemOf(modelOf(spec), {});
    const states = reachable(system, MOST);
    if (states === null) return;
    const orbits = orbitCount(system, states, renamingsOf(spec, null));
    const full = await check(modelOf(spec, null, false));
    const reduced = await check(modelOf(spec));
    t.is(reduced.verdict, full.verdict);
    t.is(reduced.violation?.trace.length, full.violation?.trace.length);
    t.is(reduced.depth, full.depth);
    if (full.verdict === 'holds') {
      t.is(full.distinct, states.size);
      t.is(reduced.distinct, orbits ?? 0);
    }
    const {verdict, reductions} = await audit(modelOf(spec));
    t.is(verdict, 'proved', JSON.stringify(reductions));
    t.deepEqual(
      reductions.map(({full, reduced}) => [full, reduced]),
      [[states.size, orbits]],
    );
    if (full.verdict !== 'incomplete') counts[full.verdict]++;
    if (orbits !== null && orbits < states.size) counts.saved++;
    if (spec.tokens > 1 && states.size > 30) counts.tokens++;
  });
  await fc.assert(property, {numRuns: 80, seed: 7});
  for (const [what, count] of Object.entries(counts)) t.true(count > 0, `${what}: only ${count}`);
});

/** Votes by what a process is like, so that they belong to it. */
const VOTING: Rule = {
  fair: false,
  about: 'token',
  table: [[[{what: 'vote', who: 'self', value: 1}]], [[{what: 'local', who: 'self', value: 1}]], []],
};

for (const mistake of MISTAKES) {
  test(`a wrong declaration is found by the audit: ${mistake}`, async t => {
    let [wrong, harmless] = [0, 0];
    const property = fc.asyncProperty(symmetricSpec, async random => {
      const spec = mistake === 'votes' ? {...random, tokens: 1, rules: [...random.rules, VOTING]} : random;
      const model = modelOf(spec, mistake);
      const system = systemOf(model, {});
      const states = reachable(system, MOST);
      if (states === null) return;
      const orbits = orbitCount(system, states, renamingsOf(spec, mistake));
      const {verdict, reductions} = await audit(model);
      if (orbits === null) {
        t.is(verdict, 'refuted');
        wrong++;
      } else if (verdict === 'proved') {
        t.is(reductions[0]?.reduced, orbits);
        const full = await check(modelOf(spec, mistake, false));
        const reduced = await check(model);
        t.is(reduced.verdict, full.verdict);
        harmless++;
      } else {
        // Which action leads where may differ although the same states are reached.
        t.regex(reductions[0]?.flaw?.claim ?? '', /symmetry|orbit|stands for|reduced/);
      }
      if (reductions[0]?.flaw) t.true(reductions[0].flaw.states.length > 0 || /in \{/.test(reductions[0].flaw.claim));
    });
    await fc.assert(property, {numRuns: 40, seed: 7});
    t.true(wrong > 0, `only ${wrong} wrong, ${harmless} harmless`);
  });
}

test('a search refuses many wrong declarations by itself', async t => {
  let [refused, wrong] = [0, 0];
  const property = fc.asyncProperty(symmetricSpec, fc.constantFrom(...MISTAKES), async (spec, mistake) => {
    const model = modelOf(spec, mistake);
    const system = systemOf(model, {});
    const states = reachable(system, MOST);
    if (states === null || orbitCount(system, states, renamingsOf(spec, mistake)) !== null) return;
    wrong++;
    await check(model).catch(error => {
      t.true(error instanceof ModelError && /symmetr/.test(error.message), String(error));
      refused++;
    });
  });
  await fc.assert(property, {numRuns: 40, seed: 7});
  t.true(refused > 0, `only ${refused} of ${wrong}`);
});
