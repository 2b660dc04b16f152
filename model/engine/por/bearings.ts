import {ModelError} from '../errors.js';
import type {Transitions} from '../transitions.js';
import type {Vector} from '../vector.js';
import type {Analysis, Instance, Situation} from './analysis.js';
import {addBit, type Bits, hasBit, noBits} from './bits.js';
import {isLeaf} from './decision-tree.js';

/** The search met what no combination of values leads to. */
export const astrayIn = (name: string): ModelError =>
  new ModelError(`in ${name}: it answered differently for the same values`);

/** Where the search is, in the terms of the analysis: the situation of every instance in the state at hand. */
export class Bearings {
  readonly #analysis: Analysis;
  readonly #vector: Vector;
  readonly #transitions: Transitions;
  readonly #sortOf: readonly number[];
  /** By sort and id of the search: the id of the analysis plus one. */
  readonly #translated: readonly number[][];
  /** By inbox and id: the deliveries that it gives rise to, and the text of what is first in it. */
  readonly #offers = new Map<number, Offer[]>();
  /** By number in the search: the instance. */
  readonly #instances: Instance[] = [];
  readonly #byKey: ReadonlyMap<string, Instance>;
  readonly #situations: (Situation | null)[];
  readonly #looked: Float64Array;
  #state = 0;

  constructor(analysis: Analysis, vector: Vector, transitions: Transitions) {
    this.#analysis = analysis;
    this.#vector = vector;
    this.#transitions = transitions;
    const {system, instances} = analysis;
    this.#sortOf = [...system.slots, ...system.derived].map(({sort}) => sort);
    this.#translated = system.sorts.map(() => []);
    this.#byKey = new Map(instances.map(each => [keyOf(each.action, each.at, each.message), each]));
    this.#situations = instances.map(() => null);
    this.#looked = new Float64Array(instances.length);
  }

  /** Another state is at hand. */
  move(): void {
    this.#state++;
  }

  /** The instance that has this number in the search. */
  instance(id: number): Instance {
    this.#instances[id] ??= this.#find(id);
    return this.#instances[id];
  }

  #find(id: number): Instance {
    const {action, definition, parameters, delivery, message} = this.#transitions.instances[id]!;
    const at = definition.instances.findIndex(each => each.parameters === parameters && each.delivery === delivery);
    const found = this.#byKey.get(keyOf(action, at, delivery === null ? null : JSON.stringify(message)));
    if (found === undefined) throw astrayIn(definition.name);
    return found;
  }

  /** Where the instance finds itself, by what it reads. */
  situation(instance: Instance): Situation {
    const {number} = instance;
    if (this.#looked[number] !== this.#state) {
      this.#looked[number] = this.#state;
      this.#situations[number] = this.#walk(instance);
    }
    return this.#situations[number]!;
  }

  /** Can the message that it delivers be received now? So it is for whatever is no delivery. */
  isOffered({delivery, number}: Instance): boolean {
    return delivery === null || hasBit(this.#offer(delivery.inbox).instances, number);
  }

  /** What is first in a sequence that is not empty; null for every other inbox. */
  head(inbox: number): string | null {
    return this.#offer(inbox).head;
  }

  #offer(inbox: number): Offer {
    const id = this.#vector.ids[inbox]!;
    let offers = this.#offers.get(inbox);
    if (offers === undefined) {
      offers = [];
      this.#offers.set(inbox, offers);
    }
    offers[id] ??= this.#offerOf(inbox, id);
    return offers[id];
  }

  #offerOf(inbox: number, id: number): Offer {
    const {system, instances: all} = this.#analysis;
    const instances = noBits(all.length);
    for (const each of this.#transitions.deliveriesOf(inbox, id)) addBit(instances, this.instance(each).number);
    const messages = this.#vector.sortOf[inbox]!.values[id] as readonly unknown[];
    const isSequence = system.slots[inbox]!.holds === 'sequence';
    return {instances, head: isSequence && messages.length > 0 ? JSON.stringify(messages[0]) : null};
  }

  #walk({definition, tree}: Instance): Situation {
    let branch = tree.root!;
    while (!isLeaf(branch)) {
      const next = branch.children.get(this.#idAt(branch.place));
      if (next === undefined) throw astrayIn(definition.name);
      branch = next;
    }
    return branch;
  }

  /** The id in the analysis of what a place holds in the state at hand. */
  #idAt(place: number): number {
    const vector = this.#vector;
    let id = vector.ids[place]!;
    if (id < 0) id = vector.derive(place);
    const translated = this.#translated[this.#sortOf[place]!]!;
    const known = translated[id];
    if (known !== undefined) return known;
    const {abstraction} = this.#analysis;
    const met = abstraction.idOf(place, vector.sortOf[place]!.values[id]);
    translated[id] = met;
    return met;
  }
}

type Offer = {readonly instances: Bits; readonly head: string | null};

const keyOf = (action: number, at: number, message: string | null): string => `${action} ${at} ${message}`;
