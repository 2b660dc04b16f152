import {Refusal} from './refusal.js';

/** A parser for a whole number from 1 to `max`. */
export const wholeNumber =
  (flag: string, max = Number.MAX_SAFE_INTEGER) =>
  (text: string): number => {
    if (/^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= max) return Number(text);
    const range = max === Number.MAX_SAFE_INTEGER ? 'from 1' : `from 1 to ${max}`;
    throw new Refusal(`${flag} is a whole number ${range}, not "${text}"`);
  };

const UNITS = {k: 2 ** 10, m: 2 ** 20, g: 2 ** 30, t: 2 ** 40};

/** A parser for an amount of memory, in bytes: `512m`, `4g`, `1.5g`. */
export const memorySize =
  (flag: string) =>
  (text: string): number => {
    const [, amount, unit] = /^(\d+(?:\.\d+)?)([kmgt])(?:i?b)?$/.exec(text.toLowerCase()) ?? [];
    const bytes = Number(amount) * (UNITS[unit as keyof typeof UNITS] ?? Number.NaN);
    if (bytes >= 1) return Math.floor(bytes);
    throw new Refusal(`${flag} is a number with a unit, as 512m or 4g, not "${text}"`);
  };
