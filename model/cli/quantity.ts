import {Refusal} from './refusal.js';

/** A parser for a whole number from `min` to `max`. */
export const wholeNumber =
  (flag: string, max = Number.MAX_SAFE_INTEGER, min = 1) =>
  (text: string): number => {
    if (/^\d+$/.test(text) && Number(text) >= min && Number(text) <= max) return Number(text);
    const range = max === Number.MAX_SAFE_INTEGER ? `from ${min}` : `from ${min} to ${max}`;
    throw new Refusal(`${flag} is a whole number ${range}, not "${text}"`);
  };

/** A parser for an amount of time, in seconds: `60`, `0.5`. */
export const timeSpan =
  (flag: string) =>
  (text: string): number => {
    if (/^\d+(\.\d+)?$/.test(text) && Number(text) > 0) return Number(text);
    throw new Refusal(`${flag} is a number of seconds, as 60 or 0.5, not "${text}"`);
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
