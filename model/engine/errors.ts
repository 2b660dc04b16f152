/**
 * The model itself is broken: it threw, answered nonsense, or broke a rule of modelling. Exit code 2 at the command
 * line.
 */
export class ModelError extends Error {
  override readonly name = 'ModelError';
}

/** One line that names a value, however long or odd it is. */
export const shown = (value: unknown): string => {
  const text = (() => {
    try {
      return JSON.stringify(value) ?? String(value);
    } catch {
      return String(value);
    }
  })();
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
};
