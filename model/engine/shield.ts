// Clocks and chance, out of reach of a model's functions: what they say would differ from one search to the next, and
// asking twice finds that out now and then only.

import {ModelError} from './errors.js';

const refused = (what: string) => (): never => {
  throw new ModelError(`it asked ${what}, which is no part of the state`);
};

const noChance = refused('Math.random');
const noClock = refused('the clock');

/** Dates can be worked with, but not be asked for the time: a proxy of the class, made when it is first needed. */
const timeless = (date: DateConstructor): DateConstructor =>
  new Proxy(date, {
    construct: (target, given, as) => (given.length === 0 ? noClock() : Reflect.construct(target, given, as)),
    apply: noClock,
    get: (target, key, as) => (key === 'now' ? noClock : Reflect.get(target, key, as)),
  });

let isShielded = false;
const shieldedDate = timeless(Date);

/** Runs a model's function. It throws a ModelError where it asks for the time or for a random number. */
export const shielded = <T>(run: () => T): T => {
  if (isShielded) return run();
  const {random} = Math;
  const {now} = performance;
  const date = globalThis.Date;
  isShielded = true;
  Math.random = noChance;
  performance.now = noClock;
  globalThis.Date = shieldedDate;
  try {
    return run();
  } finally {
    Math.random = random;
    performance.now = now;
    globalThis.Date = date;
    isShielded = false;
  }
};

/** Nothing waits in a model. Throws where an answer is a promise, which is then of no interest any more. */
export const refusePromise = (answer: unknown): void => {
  if (typeof answer !== 'object' || answer === null || !('then' in answer) || typeof answer.then !== 'function') return;
  answer.then(
    () => {},
    () => {},
  );
  throw new ModelError('it returned a promise; nothing in a model may be async');
};
