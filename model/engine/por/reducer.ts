import {Dispatch} from '../dispatch.js';
import type {Searcher} from '../searcher.js';
import {BATCH} from '../successors.js';
import {LEAF_HEAD} from '../transitions.js';
import type {Instance} from './analysis.js';
import {astrayIn, Bearings} from './bearings.js';
import {addBit, type Bits, hasBit, noBits} from './bits.js';
import {Candidates} from './candidates.js';
import {Frontier} from './frontier.js';
import {Patience} from './patience.js';
import type {Plan} from './plan.js';
import {Stubborn} from './stubborn.js';

/** An action that applies to the state at hand: where its outcomes begin in the code, and who does it. */
type Offer = {readonly place: number; readonly instance: Instance};

/**
 * Expands states as an expander does, but takes only the actions of a stubborn set where that is enough; see
 * `plan.ts` for why it is.
 */
export class Reducer {
  readonly #expander: Searcher;
  readonly #plan: Plan;
  readonly #bearings: Bearings;
  readonly #candidates: Candidates;
  readonly #enabled: Bits;
  readonly #patience = new Patience();
  #frontier: Frontier | null = null;
  #queue: Searcher['store']['queue'] | null = null;
  #dispatch: Dispatch | null = null;
  #newsSeen = -1;
  /** Number and place of the state at hand. */
  #source = -1;
  #block: Int32Array = new Int32Array(0);
  #at = 0;
  readonly #offers: Offer[] = [];
  #fairChanges = false;
  /** Are the actions of stubborn sets being taken, rather than all that are left? */
  #isTrying = false;
  /** Did a harmless step lead to a state that is still to be expanded? */
  #isAhead = false;
  /** By successor in the batch: was the step to it harmless? */
  readonly #harmless = new Uint8Array(BATCH);

  constructor(expander: Searcher, plan: Plan) {
    const {vector, transitions} = expander;
    const {system, instances} = plan.analysis;
    this.#expander = expander;
    this.#plan = plan;
    this.#bearings = new Bearings(plan.analysis, vector, transitions);
    const stubborn = new Stubborn(plan, this.#bearings);
    this.#candidates = new Candidates(stubborn, this.#bearings, instances.length, system.quiescent.length > 0);
    this.#enabled = noBits(instances.length);
  }

  /** As `Expander.run`. */
  run(block: Int32Array, from: number, to: number, number: number): number {
    const {store, successors} = this.#expander;
    if (store.queue !== this.#queue) {
      this.#queue = store.queue;
      this.#frontier = new Frontier(store.queue, number);
    }
    this.#block = block;
    for (let i = from; i < to; ) {
      const rest = Math.min(this.#patience.resting, to - i);
      if (rest > 0) {
        const done = this.#expander.run(block, i, i + rest, number + i - from);
        this.#patience.resting -= done - i;
        if (done < i + rest) return done;
        i = done;
        continue;
      }
      this.#source = number + i - from;
      this.#at = i * successors.layout.words;
      const isDone = this.#expandOne();
      this.#flush();
      if (!isDone) return i;
      i++;
    }
    return to;
  }

  /** Has a slot outgrown its bits? */
  get #isOutgrown(): boolean {
    const {vector, successors} = this.#expander;
    if (vector.news.count === this.#newsSeen) return false;
    if (successors.isOutgrown) return true;
    this.#newsSeen = vector.news.count;
    return false;
  }

  /** Follows what has to be followed of one state; false when a slot has outgrown its bits on the way. */
  #expandOne(): boolean {
    const {vector, successors, properties, applied, transitions} = this.#expander;
    if (this.#isOutgrown) return false;
    properties.atState(this.#source, vector.load(successors.layout, this.#block, this.#at));
    vector.ids.copyWithin(vector.width, 0, vector.slotCount);
    this.#look();
    if (this.#isOutgrown) return false;
    applied.clear();
    this.#fairChanges = false;
    this.#isAhead = false;
    const all = this.#offers.length;
    const taken = all > 1 ? this.#takeFew() : new Set<Offer>();
    if (taken === null) return false;
    this.#isTrying = false;
    if (!this.#isAhead) for (const offer of this.#offers) if (!taken.has(offer) && !this.#take(offer)) return false;
    const left = this.#isAhead ? all - taken.size : 0;
    this.#plan.isOfUse ||= left > 0;
    if (all > 1) this.#patience.note(all, all - left);
    const outcomes = applied.settle(transitions.code);
    this.#expander.generated += outcomes;
    if (outcomes === 0 || !this.#fairChanges) properties.atRest(this.#source, outcomes, this.#fairChanges);
    return true;
  }

  /** Takes stubborn sets one after another, until one leads ahead; null when a slot has outgrown its bits. */
  #takeFew(): Set<Offer> | null {
    const taken = new Set<Offer>();
    this.#isTrying = true;
    this.#bearings.move();
    this.#enabled.fill(0);
    for (const {instance} of this.#offers) addBit(this.#enabled, instance.number);
    const enabled = this.#offers.map(({instance}) => instance);
    for (const set of this.#candidates.of(enabled, this.#enabled)) {
      for (const offer of this.#offers) {
        if (!hasBit(set, offer.instance.number) || taken.has(offer)) continue;
        taken.add(offer);
        if (!this.#take(offer)) return null;
      }
      this.#flush();
      if (this.#isAhead) break;
    }
    return taken;
  }

  /** Finds out who is enabled in the state at hand. */
  #look(): void {
    const {vector, transitions} = this.#expander;
    this.#dispatch ??= new Dispatch(transitions, vector);
    this.#offers.length = 0;
    this.#dispatch.forEach(place => {
      const {instance} = transitions.leaves[transitions.code[place]!]!;
      this.#offers.push({place, instance: this.#bearings.instance(instance)});
    });
    this.#offers.sort((a, b) => a.instance.number - b.instance.number);
  }

  /** Takes every outcome of an action; false when a slot has outgrown its bits. */
  #take({place, instance}: Offer): boolean {
    const {successors, transitions, applied} = this.#expander;
    const {code} = transitions;
    applied.note(place);
    for (let outcome = 0, x = place + LEAF_HEAD; outcome < code[place + 2]!; outcome++) {
      const operations = x + 1;
      x = operations + 2 * code[x]!;
      const differs = this.#apply(operations, x);
      if (this.#isOutgrown) return false;
      if (!differs) continue;
      if (code[place + 1] === 1) this.#fairChanges = true;
      this.#harmless[successors.waiting] = this.#isTrying && this.#isHarmless(instance, outcome) ? 1 : 0;
      successors.leaf[successors.waiting] = code[place]!;
      successors.outcome[successors.waiting] = outcome;
      successors.source[successors.waiting] = this.#source;
      if (++successors.waiting === BATCH) this.#flush();
    }
    return true;
  }

  /**
   * Packs a successor into the batch, where the operations from `x` to before `end` of the code lead; false if that
   * is no change.
   */
  #apply(x: number, end: number): boolean {
    const {vector, successors, transitions, properties} = this.#expander;
    const {ids, width} = vector;
    const {words, word, shift} = successors.layout;
    const into = successors.waiting * words;
    for (let w = 0; w < words; w++) successors.batch[into + w] = this.#block[this.#at + w]!;
    let touched = 0;
    let differs = 0;
    for (let at = x; at < end; at += 2) {
      const slot = transitions.code[at]!;
      const to = transitions.operate(transitions.code[at + 1]!, ids[slot]!);
      const difference = ids[slot]! ^ to;
      if (difference === 0) continue;
      differs |= difference;
      touched |= properties.stepsOf[slot]!;
      successors.batch[into + word[slot]!]! ^= difference << shift[slot]!;
      ids[width + slot] = to;
    }
    if (differs === 0) return false;
    if (touched !== 0) {
      vector.forget(width);
      properties.atStep(this.#source, touched);
    }
    for (let at = x; at < end; at += 2) ids[width + transitions.code[at]!] = ids[transitions.code[at]!]!;
    return true;
  }

  #isHarmless(instance: Instance, outcome: number): boolean {
    const situation = this.#bearings.situation(instance);
    const operations = situation.answer?.[outcome];
    if (operations === undefined) throw astrayIn(instance.definition.name);
    return this.#plan.harm.isHarmless(situation, operations);
  }

  /** Hands the batch to the store, and looks whether a harmless step in it leads ahead. */
  #flush(): void {
    const {successors} = this.#expander;
    const {waiting} = successors;
    if (waiting === 0) return;
    successors.flush();
    this.#frontier!.takeIn(this.#source);
    for (let i = 0; i < waiting && !this.#isAhead; i++) {
      this.#isAhead =
        this.#harmless[i] === 1 && this.#frontier!.has(successors.batch, i * successors.layout.words, this.#source);
    }
  }
}
