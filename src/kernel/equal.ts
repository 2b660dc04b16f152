/**
 * Whether two plain values mean the same. What another implementation sends has its keys in an order of its own, so
 * text tells only of values that were made here.
 */
export const isEqual = (a: unknown, b: unknown): boolean => {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const parts = Object.entries(a);
  const others = new Map(Object.entries(b));
  return (
    parts.length === others.size && parts.every(([key, part]) => others.has(key) && isEqual(part, others.get(key)))
  );
};
