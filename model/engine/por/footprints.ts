import {type Access, keyOf} from './accesses.js';
import type {Analysis, Instance, Situation} from './analysis.js';
import {addBit, addBits, type Bits, noBits} from './bits.js';
import {placesIn} from './decision-tree.js';

/** Is anything to be done in this situation? Where a function throws, the search has to come there and find out. */
export const isEnabled = ({answer}: Situation): boolean => answer === null || answer.length > 0;

/** How the instances meet the slots, in any state there may be. */
export class Footprints {
  readonly analysis: Analysis;
  /** By slot: every way in which any instance may meet it, and who may do so. */
  readonly holders: readonly ReadonlyMap<string, {readonly access: Access; readonly by: Bits}>[];
  /** By place: the slots that its value depends on. */
  readonly slotsOf: readonly (readonly number[])[];

  constructor(analysis: Analysis) {
    this.analysis = analysis;
    this.slotsOf = slotsByPlace(analysis);
    const holders = analysis.system.slots.map(() => new Map<string, {access: Access; by: Bits}>());
    for (const instance of analysis.instances) {
      for (const situation of instance.tree.leaves.filter(isEnabled)) {
        for (const access of this.of(instance, situation)) {
          const known = holders[access.slot]!;
          const key = keyOf(access);
          const holder = known.get(key) ?? {access, by: this.nobody()};
          known.set(key, holder);
          addBit(holder.by, instance.number);
        }
      }
    }
    this.holders = holders;
  }

  /** How an instance meets the slots where it is enabled: what lets it be so, and what it changes. */
  of({delivery, message}: Instance, {path, answer}: Situation): readonly Access[] {
    const read = new Set(path.flatMap(({place, sought}) => (sought === null ? this.slotsOf[place]! : [])));
    return [
      ...path.flatMap(({place, sought}): readonly Access[] =>
        sought === null ? [] : [{type: 'Seek', slot: place, elements: sought}],
      ),
      ...[...read].map((slot): Access => ({type: 'Read', slot})),
      ...(delivery === null ? [] : [{type: 'Receive', slot: delivery.inbox, message: message!} as const]),
      ...(answer ?? []).flat(),
    ];
  }

  /** Who may meet a slot in a way that is meant. */
  by(slot: number, isMeant: (access: Access) => boolean): Bits {
    const all = this.nobody();
    for (const {access, by} of this.holders[slot]!.values()) if (isMeant(access)) addBits(all, by);
    return all;
  }

  /** An empty set of instances. */
  nobody(): Bits {
    return noBits(this.analysis.instances.length);
  }
}

const slotsByPlace = ({abstraction}: Analysis): readonly (readonly number[])[] => {
  const {slotCount, width, derivations} = abstraction;
  const known: (readonly number[] | undefined)[] = [];
  const slotsOf = (place: number): readonly number[] => {
    if (place < slotCount) return [place];
    known[place] ??= [...new Set([...placesIn(derivations[place]?.root ?? null, width)].flatMap(slotsOf))];
    return known[place];
  };
  return Array.from({length: width}, (_, place) => slotsOf(place));
};
