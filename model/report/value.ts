// Values of a state as a person reads them: JSON without the quotes that nobody needs, tagged records by their tag.

const WORD = /^[\p{L}_@#][\p{L}\p{N}_.:@/#-]*$/u;
const RESERVED = new Set(['null', 'true', 'false', 'undefined']);
// Everything that could move a cursor or hide text: C0 and C1 controls, line separators, direction marks.
const UNPRINTABLE = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/** The text with every control character spelt out, so that no name can paint or move on a terminal. */
export const printable = (text: string): string =>
  text.replace(UNPRINTABLE, character => `\\u{${character.codePointAt(0)?.toString(16)}}`);

const ofText = (text: string): string =>
  WORD.test(text) && !RESERVED.has(text) ? text : `"${printable(text.replace(/["\\]/g, '\\$&'))}"`;

/** What to say of a record; null where nothing else is to be said of it. */
type OwnWords = (record: object) => string | null;

/** As `textOf`, but that of some records, wherever they are in a value, something else is said. */
export const textWith = (own: OwnWords): ((value: unknown) => string) => {
  const text = (value: unknown): string => {
    if (typeof value === 'string') return ofText(value);
    if (Array.isArray(value)) return `[${value.map(text).join(', ')}]`;
    if (typeof value !== 'object' || value === null) return String(value);
    return own(value) ?? ofRecord(value as Record<string, unknown>);
  };
  const ofRecord = (record: Readonly<Record<string, unknown>>): string => {
    const {type, ...rest} = record;
    const isTagged = typeof type === 'string' && WORD.test(type);
    const fields = Object.entries(isTagged ? rest : record).map(([key, value]) => `${ofText(key)}: ${text(value)}`);
    const body = `{${fields.join(', ')}}`;
    return !isTagged ? body : fields.length === 0 ? type : `${type} ${body}`;
  };
  return text;
};

/** One line that shows a plain value. A string that could be taken for something else keeps its quotes. */
export const textOf = textWith(() => null);
