/** Bits that hold the ids 0 to `size` - 1. */
export const bitsFor = (size: number): number => (size <= 1 ? 0 : 32 - Math.clz32(size - 1));

/**
 * Where each slot's id lives in the words of a packed state. The last word keeps its top bit free for the visited
 * table, which marks taken places with it.
 */
export type Layout = {
  readonly words: number;
  /** By slot: how many bits, in which word, how far from its low end. */
  readonly bits: Int32Array;
  readonly word: Int32Array;
  readonly shift: Int32Array;
  readonly mask: Int32Array;
  /** By bit of the words, from the low end of the first: the slot to which it belongs. */
  readonly slotAt: Int32Array;
  /** Bits in use in the last word. */
  readonly topBits: number;
};

const WORD = 32;
/** A state that one word would hold has two: its words then seldom become more, for which all would be packed anew. */
const LEAST_WORDS = 2;

/** First-fit decreasing: wide slots first, each into the first word with room. The fullest word comes first. */
export const layoutOf = (bits: readonly number[]): Layout => {
  const order = bits.map((_, slot) => slot).sort((a, b) => bits[b]! - bits[a]! || a - b);
  const bins: {used: number; slots: number[]}[] = [];
  for (const slot of order) {
    const bin = bins.find(({used}) => used + bits[slot]! <= WORD);
    if (bin === undefined) bins.push({used: bits[slot]!, slots: [slot]});
    else {
      bin.used += bits[slot]!;
      bin.slots.push(slot);
    }
  }
  bins.sort((a, b) => b.used - a.used);
  while (bins.length < LEAST_WORDS || bins.at(-1)!.used === WORD) bins.push({used: 0, slots: []});
  const layout = {
    words: bins.length,
    bits: Int32Array.from(bits),
    word: new Int32Array(bits.length),
    shift: new Int32Array(bits.length),
    // A shift by 32 does nothing, hence the two cases.
    mask: Int32Array.from(bits, width => (width === WORD ? -1 : (1 << width) - 1)),
    slotAt: new Int32Array(WORD * bins.length),
    topBits: bins.at(-1)!.used,
  };
  bins.forEach(({slots}, word) => {
    let shift = 0;
    for (const slot of slots) {
      layout.word[slot] = word;
      layout.shift[slot] = shift;
      layout.slotAt.fill(slot, WORD * word + shift, WORD * word + shift + bits[slot]!);
      shift += bits[slot]!;
    }
  });
  return layout;
};

/** Writes the ids of the state at `from` of `states` into `ids`. */
export const unpack = ({word, shift, mask}: Layout, states: Int32Array, from: number, ids: Int32Array): void => {
  for (let slot = 0; slot < mask.length; slot++) {
    ids[slot] = (states[from + word[slot]!]! >>> shift[slot]!) & mask[slot]!;
  }
};

/** Writes the state with these ids to `to` of `states`. */
export const pack = ({words, bits, word, shift}: Layout, ids: Int32Array, states: Int32Array, to: number): void => {
  for (let i = 0; i < words; i++) states[to + i] = 0;
  for (let slot = 0; slot < bits.length; slot++) {
    if (bits[slot]! > 0) states[to + word[slot]!]! |= ids[slot]! << shift[slot]!;
  }
};

/** Rewrites packed states from one layout to another. */
export const repack = (from: Layout, to: Layout, states: Int32Array, count: number, ids: Int32Array): Int32Array => {
  const packed = new Int32Array(count * to.words);
  for (let i = 0; i < count; i++) {
    unpack(from, states, i * from.words, ids);
    pack(to, ids, packed, i * to.words);
  }
  return packed;
};
