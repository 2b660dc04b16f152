import type {System} from '../../define/system.js';
import type {Flaw} from '../../report/audit.js';
import {Normalisers} from '../normalise.js';
import type {Vector} from '../vector.js';
import {counting} from './breath.js';
import type {Explored} from './explored.js';
import {translation} from './translation.js';

/** What one normaliser makes of a state (ids of slots). */
type Single = {readonly name: string; readonly slot: number; readonly apply: (ids: Int32Array) => Int32Array};

const singlesOf = (system: System, vector: Vector): readonly Single[] =>
  system.normalisers.map(({name, slot, value, parameters}) => {
    const cell = vector.memo.cell();
    const of = {index: slot, name: vector.nameOf(slot)};
    const answer = (): number => {
      const old = vector.after<unknown>(of);
      return -vector.sortOf[slot]!.id(value(old as never, vector.after, ...(parameters as never[]))) - 1;
    };
    const apply = (ids: Int32Array): Int32Array => {
      vector.ids.set(ids, vector.width);
      vector.forget(vector.width);
      const leaf = vector.walk(cell) || vector.tracer.ask(cell, () => `normaliser ${name}`, answer);
      return ids.with(slot, -leaf - 1);
    };
    return {name, slot, apply};
  });

/**
 * Why the states of the reduced search are not the normal forms of the reachable ones, or judged differently; null
 * when they are.
 */
export const formFlaw = async (
  system: System,
  {full, reduced}: {readonly full: Explored; readonly reduced: Explored},
  signal: AbortSignal | undefined,
): Promise<Flaw | null> => {
  const {vector} = reduced.searcher;
  const {told, numberOf, idsOf, states} = reduced;
  const translated = translation(full.searcher.vector, vector);
  const singles = singlesOf(system, vector);
  const normalisers = new Normalisers(system, vector);
  const isForm = new Uint8Array(states);
  for await (const state of counting(full.states, signal)) {
    const ids = translated(full.idsOf(state));
    const reachable = () => ({what: 'reachable', state: told(ids)});
    for (const {name, slot, apply} of singles) {
      const once = apply(ids);
      const twice = apply(once);
      if (once[slot] === twice[slot]) continue;
      const applied = [
        {what: 'normalised', state: told(once)},
        {what: 'normalised again', state: told(twice)},
      ];
      return {claim: `the normaliser ${name} is not idempotent`, states: [reachable(), ...applied]};
    }
    vector.ids.set(ids, vector.width);
    vector.forget(vector.width);
    normalisers.runAll();
    const form = vector.ids.slice(vector.width, vector.width + vector.slotCount);
    const number = numberOf(form);
    if (number < 0) {
      const claim = 'the reduced search does not find the normal form of a state that can be reached';
      return {claim, states: [reachable(), {what: 'normal form', state: told(form)}]};
    }
    isForm[number] = 1;
  }
  const stranger = isForm.indexOf(0);
  if (stranger >= 0) {
    const claim = 'the reduced search finds a state that is the normal form of no state that can be reached';
    return {claim, states: [{what: 'found', state: told(idsOf(stranger))}]};
  }
  const [only] = full.failing.filter(each => !reduced.failing.includes(each));
  if (only !== undefined)
    return {claim: `in the full search ${only} fails, in the reduced one it does not`, states: []};
  const [more] = reduced.failing.filter(each => !full.failing.includes(each));
  if (more !== undefined)
    return {claim: `in the reduced search ${more} fails, in the full one it does not`, states: []};
  return null;
};
