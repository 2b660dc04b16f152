import type {Access} from './accesses.js';
import type {Instance, Situation} from './analysis.js';
import {addBits, type Bits} from './bits.js';
import {type Branch, isLeaf, type Node} from './decision-tree.js';
import {type Footprints, isEnabled} from './footprints.js';
import type {Operations} from './operations.js';

type Wanted = ReadonlySet<number>;

/**
 * Necessary enabling sets: of an instance that is disabled, sets of instances of which one must happen before it can be
 * enabled. There are several for most; any of them will do.
 */
export class Enabling {
  readonly #footprints: Footprints;
  readonly #sets: Bits[][][] = [];
  readonly #arrivals = new Map<string, Bits>();
  readonly #leads = new WeakMap<Node<Operations>, boolean>();
  /**
   * By instance: how many of its situations are enabled, and by place that these read, how many read it, and what
   * they find.
   */
  readonly #demands: {readonly count: number; readonly at: ReadonlyMap<number, Demand>}[] = [];

  constructor(footprints: Footprints) {
    this.#footprints = footprints;
  }

  /** For an instance that what it reads keeps disabled. */
  sets(instance: Instance, situation: Situation): readonly Bits[] {
    this.#sets[instance.number] ??= [];
    const known = this.#sets[instance.number]![situation.serial];
    if (known !== undefined) return known;
    const sets = this.#setsFor(instance, situation);
    this.#sets[instance.number]![situation.serial] = sets;
    return sets;
  }

  #setsFor(instance: Instance, {path}: Situation): Bits[] {
    const {count, at} = this.#demand(instance);
    // It must leave the way that its reads take where another turn still leads to a situation in which it is enabled.
    const turning = this.#footprints.nobody();
    let branch: Branch<Operations> = instance.tree.root!;
    for (const {place, id} of path) {
      const node = branch as Node<Operations>;
      const wanted = new Set(
        [...node.children].filter(([n, child]) => n !== id && this.#leadsOn(child)).map(([n]) => n),
      );
      if (wanted.size > 0) addBits(turning, this.#writers(place, id, wanted)[0]!);
      branch = node.children.get(id)!;
    }
    // Or something that every such situation finds otherwise must change.
    const changing = path.flatMap(({place, id}) => {
      const demand = at.get(place);
      return demand === undefined || demand.count < count || demand.ids.has(id)
        ? []
        : this.#writers(place, id, demand.ids);
    });
    return [turning, ...changing];
  }

  #demand(instance: Instance): {readonly count: number; readonly at: ReadonlyMap<number, Demand>} {
    const known = this.#demands[instance.number];
    if (known !== undefined) return known;
    const enabled = instance.tree.leaves.filter(isEnabled);
    const at = new Map<number, Demand>();
    for (const {path} of enabled) {
      for (const {place, id} of path) {
        const demand = at.get(place) ?? {count: 0, ids: new Set()};
        at.set(place, {count: demand.count + 1, ids: demand.ids.add(id)});
      }
    }
    this.#demands[instance.number] = {count: enabled.length, at};
    return this.#demands[instance.number]!;
  }

  /**
   * Sets of which each has an instance that must happen before the place, which has the value `id`, has one that is
   * wanted. The first has everybody who may do that.
   */
  #writers(place: number, id: number, wanted: Wanted): readonly Bits[] {
    const {slotsOf, analysis} = this.#footprints;
    const all = this.#footprints.nobody();
    for (const slot of slotsOf[place]!) {
      const isItself = slot === place;
      const isMeant = (access: Access): boolean =>
        access.type === 'Update' || (access.type === 'Set' && (!isItself || wanted.has(access.id)));
      addBits(all, this.#footprints.by(slot, isMeant));
    }
    const {holds} = analysis.system.slots[place] ?? {holds: 'value'};
    return [all, ...(holds === 'set' || holds === 'bag' ? this.#elementWriters(place, id, wanted) : [])];
  }

  /** Elements that are missing, or too many, whatever else the slot is to hold. */
  #elementWriters(slot: number, id: number, wanted: Wanted): readonly Bits[] {
    const textsOf = (at: number): readonly string[] => {
      const elements = this.#footprints.analysis.abstraction.valueOf(slot, at);
      return Array.isArray(elements) ? elements.map(each => JSON.stringify(each)) : [];
    };
    const here = new Set(textsOf(id));
    const there = [...wanted].map(textsOf);
    const missing = (there[0] ?? []).filter(each => !here.has(each) && there.every(texts => texts.includes(each)));
    const superfluous = [...here].filter(each => !there.some(texts => texts.includes(each)));
    const moving = (verb: 'put' | 'take') => (element: string) =>
      this.#footprints.by(
        slot,
        access =>
          access.type === 'Set' ||
          (access.type === 'Update' &&
            (access.steps === null || access.steps.some(step => step.verb === verb && step.element === element))),
      );
    return [...missing.map(moving('put')), ...superfluous.map(moving('take'))];
  }

  /**
   * For a delivery whose message is not there, or not first: `head` is what is first in a sequence that is not empty.
   */
  arrival({delivery, message}: Instance, head: string | null): Bits {
    const {inbox} = delivery!;
    const [verb, element] = head === null ? ['put', message!] : ['take', head];
    const key = `${inbox} ${verb} ${element}`;
    const known = this.#arrivals.get(key);
    if (known !== undefined) return known;
    const all = this.#footprints.by(
      inbox,
      access => access.type === 'Update' && access.steps!.some(step => step.verb === verb && step.element === element),
    );
    this.#arrivals.set(key, all);
    return all;
  }

  /** Does a situation lie ahead in which something is to be done? */
  #leadsOn(branch: Branch<Operations>): boolean {
    if (isLeaf(branch)) return isEnabled(branch);
    const known = this.#leads.get(branch);
    if (known !== undefined) return known;
    const leads = [...branch.children.values()].some(child => this.#leadsOn(child));
    this.#leads.set(branch, leads);
    return leads;
  }
}

type Demand = {readonly count: number; readonly ids: Set<number>};
