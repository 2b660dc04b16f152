// Properties of whole behaviours, as TLA+ reads them: endless sequences of states in which a step may change nothing.

import {type Each, type EachPair, type Predicate, tuples} from './each.js';
import type {Read, TemporalDefinition} from './system.js';

type Holds = TemporalDefinition['holds'];

type LeadsTo = {
  (name: string, from: (read: Read) => boolean, to: (read: Read) => boolean): void;
  <A, B>(
    name: string,
    settings: EachPair<A, B>,
    from: (read: Read, a: A, b: B) => boolean,
    to: (read: Read, a: A, b: B) => boolean,
  ): void;
  <A>(name: string, settings: Each<A>, from: (read: Read, a: A) => boolean, to: (read: Read, a: A) => boolean): void;
};

/** The temporal properties; `add` takes each as it is declared. */
export const temporal = (add: (definition: TemporalDefinition) => void) => {
  const declare = (form: TemporalDefinition['form'], name: string, rest: readonly unknown[]): void => {
    const [first] = rest;
    const settings = typeof first === 'function' ? {} : (first as Partial<Each<unknown>>);
    const [holds, ...more] = rest.filter((each): each is Holds => typeof each === 'function');
    const wanted = form === 'leadsTo' ? 1 : 0;
    if (holds === undefined || more.length !== wanted)
      throw new RangeError(`${form} ${name} takes ${wanted + 1} functions of the state`);
    add({form, name, instances: tuples(settings.each), holds, goal: more[0] ?? null});
  };
  const ofOne = (form: TemporalDefinition['form']): Predicate =>
    ((name: string, ...rest: readonly unknown[]) => declare(form, name, rest)) as Predicate;

  return {
    /** Every behaviour comes to a state of which this is true: ◇p. */
    eventually: ofOne('eventually'),

    /** Every state of which `from` is true is itself, or is followed by, one of which `to` is true: □(p ⇒ ◇q). */
    leadsTo: ((name: string, ...rest: readonly unknown[]) => declare('leadsTo', name, rest)) as LeadsTo,

    /** Every behaviour comes to such a state again and again: □◇p. */
    alwaysEventually: ofOne('alwaysEventually'),

    /** Every behaviour comes to a point from which on this is always true: ◇□p. */
    eventuallyAlways: ofOne('eventuallyAlways'),
  };
};
