import {flaw} from '../define/flaw.js';
import type {Change, Outcome} from '../define/outcome.js';
import {ModelError, shown} from './errors.js';

const FIELDS = ['changes', 'rules', 'note'];

const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every(each => typeof each === 'string');

/** Throws a ModelError where it is no outcome. */
export const checkOutcome = (outcome: unknown): void => {
  if (typeof outcome !== 'object' || outcome === null || !Array.isArray((outcome as Outcome).changes))
    throw new ModelError(`it returned ${shown(outcome)} among its outcomes; an outcome is next(...) or by(...)`);
  const {rules, note} = outcome as Outcome;
  const stranger = Object.keys(outcome).find(key => !FIELDS.includes(key));
  if (stranger !== undefined) throw new ModelError(`an outcome has no "${stranger}"; it has ${FIELDS.join(', ')}`);
  if (rules !== undefined && !isTexts(rules))
    throw new ModelError(`the rules of an outcome are a list of texts, not ${shown(rules)}`);
  if (note !== undefined && typeof note !== 'string')
    throw new ModelError(`the note of an outcome is a text, not ${shown(note)}`);
};

/** Throws a ModelError where an update of a slot was given what is no plain data. */
export const checkArgument = (slot: string, {update, argument}: Change & {readonly type: 'Update'}): void => {
  const found = flaw(argument);
  if (found === null) return;
  throw new ModelError(`${update.name} of ${slot} was given ${found}, which is not plain data: ${shown(argument)}`);
};
