// In which fields an effect differs from the one that was meant: a misspelt name is found sooner there than in the
// whole.

import {textOf} from '../../model/report/value.js';
import {canonical, type Fields, isRecord, isSame, type Path} from '../canonical.js';

/** Where more differs than this, it is another effect altogether. */
const MOST = 4;

/** What differs, in words; nothing where too much does. Ids of the subject's own, at `ids`, are not compared. */
export const fieldsApart = (expected: unknown, observed: unknown, ids: readonly Path[]): readonly string[] => {
  const all = apart(expected, observed, [], new Set(ids.map(path => path.join('.'))));
  return all.length > MOST ? [] : all;
};

const areRecords = (value: unknown): value is readonly Fields[] => Array.isArray(value) && value.every(isRecord);

/** `told` is the path in words: what has a name is found by it, wherever it stands. */
const apart = (
  expected: unknown,
  observed: unknown,
  path: Path,
  ids: ReadonlySet<string>,
  told: Path = path,
): readonly string[] => {
  const name = told.join('.');
  if (isSame(expected, observed)) return [];
  if (isRecord(expected) && isRecord(observed) && isSame(expected['type'], observed['type'])) {
    const names = Object.keys(expected);
    return [
      ...names.flatMap(key =>
        Object.hasOwn(observed, key)
          ? apart(expected[key], observed[key], [...path, key], ids, [...told, key])
          : [`${[...told, key].join('.')} is missing`],
      ),
      ...Object.keys(observed).flatMap(key =>
        names.includes(key) ? [] : [`${[...told, key].join('.')} is no field of it`],
      ),
    ];
  }
  if (areRecords(expected) && areRecords(observed) && expected.length === observed.length) {
    return expected.flatMap((each, index) => {
      const place = String(index);
      const known = nameOf(each);
      return apart(each, observed[index], [...path, place], ids, known === null ? [...told, place] : [known]);
    });
  }
  const [is, should] = [kindOf(observed), kindOf(expected)];
  if (ids.has(path.join('.')) && is === should) return [];
  return [
    is === should || [is, should].includes('null')
      ? `${name} is ${shown(observed)} instead of ${shown(expected)}`
      : `${name} is ${is}, ${shown(observed)}, instead of ${should}, ${shown(expected)}`,
  ];
};

/** What an element of a list goes by; null where that is not its name alone. */
export const nameOf = (element: unknown): string | null => {
  if (!isRecord(element)) return null;
  const name = element['object'] ?? element['vm'] ?? element['host'];
  return typeof name === 'string' ? textOf(name) : null;
};

const isScalar = (value: unknown): boolean => typeof value !== 'object' || value === null;

const kindOf = (value: unknown): string => {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return (
    {object: 'an object', string: 'a text', number: 'a number', boolean: 'a truth value'}[String(typeof value)] ?? ''
  );
};

const shown = (value: unknown): string => {
  const text = isScalar(value) ? canonical(value) : textOf(value);
  return text.length > 60 ? `${text.slice(0, 60)}...` : text;
};
