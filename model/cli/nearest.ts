/** How many letters must be inserted, removed or replaced to make one word of the other (Levenshtein). */
const distance = (from: string, to: string): number => {
  const first = Array.from({length: to.length + 1}, (_, i) => i);
  const last = [...from].reduce<readonly number[]>((above, letter, row) => {
    const line = [row + 1];
    for (const [i, other] of [...to].entries()) {
      const replaced = (above[i] ?? 0) + (letter === other ? 0 : 1);
      line.push(Math.min(replaced, (above[i + 1] ?? 0) + 1, (line[i] ?? 0) + 1));
    }
    return line;
  }, first);
  return last[to.length] ?? 0;
};

/** The word that was probably meant; null when none is near. */
export const nearest = (word: string, words: readonly string[]): string | null => {
  const ranked = words.map(each => ({each, far: distance(word.toLowerCase(), each.toLowerCase())}));
  const [best] = ranked.sort((a, b) => a.far - b.far);
  return best !== undefined && best.far <= Math.max(1, word.length * 0.4) ? best.each : null;
};

/** `; did you mean "…"?`, or nothing. */
export const hint = (word: string, words: readonly string[]): string => {
  const meant = nearest(word, words);
  return meant === null ? '' : `; did you mean "${meant}"?`;
};
