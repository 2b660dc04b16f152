import {textOf} from '../../model/report/value.js';
import {isSame} from '../canonical.js';
import {nameOf} from './fields.js';

/** Completes "it acts as if": what a subject takes something for, and what it is where that can be told in a word. */
export const supposed = (name: string, actual: unknown, value: unknown): string => {
  if (Array.isArray(actual) && Array.isArray(value)) {
    const gone = actual.filter(each => !value.some(other => isSame(each, other)));
    if (gone.length === 1 && value.length === actual.length - 1)
      return `${name} were without ${nameOf(gone[0]) ?? textOf(gone[0])}`;
    if (isSame(value, actual.toReversed())) return `${name} were in the opposite order`;
  }
  const isShort = typeof actual !== 'object' || actual === null;
  return `${name} were ${textOf(value)}${isShort ? ` (it is ${textOf(actual)})` : ''}`;
};
