// Properties of whole behaviours, as TLA+ reads them: endless sequences of states in which a step may change nothing.

import {type Each, type EachOf, type Given, instancesOf, type Predicate} from './each.js';
import {checkSettings} from './settings.js';
import type {Read, TemporalDefinition} from './system.js';

type Holds = TemporalDefinition['holds'];

type LeadsTo = {
  (name: string, from: (read: Read) => boolean, to: (read: Read) => boolean): void;
  <P extends readonly unknown[]>(
    name: string,
    settings: EachOf<P>,
    from: (read: Read, ...parameters: Given<P>) => boolean,
    to: (read: Read, ...parameters: Given<P>) => boolean,
  ): void;
  <A>(name: string, settings: Each<A>, from: (read: Read, a: A) => boolean, to: (read: Read, a: A) => boolean): void;
};

/** The temporal properties; `add` takes each as it is declared. */
export const temporal = (add: (definition: TemporalDefinition) => void) => {
  const declare = (form: TemporalDefinition['form'], name: string, rest: readonly unknown[]): void => {
    const what = `property ${name}`;
    const count = form === 'leadsTo' ? 2 : 1;
    const settings = rest.length > count ? rest[0] : {};
    checkSettings(what, settings, ['each']);
    const functions = rest.length > count ? rest.slice(1) : rest;
    if (functions.length !== count)
      throw new RangeError(`${form} ${name} takes ${count === 1 ? 'a function' : 'two functions'} of the state`);
    const instances = instancesOf(what, settings as Partial<Each<unknown>>, functions);
    const [holds, goal = null] = functions as readonly [Holds, Holds?];
    add({form, name, instances, holds, goal});
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
